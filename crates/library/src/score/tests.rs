use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn query(title: &str, year: impl Into<Option<i32>>) -> Query {
    Query { title: title.to_owned(), year: year.into() }
}

fn candidate(trakt_id: i64, name: &str, year: impl Into<Option<i32>>) -> Candidate {
    Candidate {
        trakt_id,
        name: name.to_owned(),
        other_names: Vec::new(),
        year: year.into(),
        overview: None,
        poster_url: None,
        found_by: None,
    }
}

fn tmdb(id: &str) -> ExternalId {
    ExternalId { provider: IdProvider::Tmdb, id: id.to_owned() }
}

fn verdict(outcome: &Outcome) -> (&'static str, Option<i64>) {
    match outcome {
        Outcome::Matched(all) => ("matched", all.first().map(|best| best.candidate.trakt_id)),
        Outcome::Ambiguous(_) => ("ambiguous", None),
        Outcome::Unmatched(_) => ("unmatched", None),
    }
}

#[rstest]
#[case::same_name_and_year(query("The Matrix", 1999), vec![candidate(1, "The Matrix", 1999)], "matched")]
#[case::year_one_off(query("Metropolis", 1926), vec![candidate(1, "Metropolis", 1927)], "matched")]
#[case::year_distinguishes_remakes(
    query("Dune", 1984), vec![candidate(2, "Dune", 2021), candidate(1, "Dune", 1984)], "matched")]
#[case::remakes_without_a_year(
    query("Dune", None), vec![candidate(2, "Dune", 2021), candidate(1, "Dune", 1984)], "ambiguous")]
#[case::only_one_of_that_name(query("Sintel", None), vec![candidate(1, "Sintel", 2010)], "matched")]
#[case::same_name_same_year_twice(
    query("Hamlet", 1990), vec![candidate(2, "Hamlet", 1990), candidate(1, "Hamlet", 1990)], "ambiguous")]
#[case::article_and_ampersand(
    query("Fast and Furious", 2009), vec![candidate(1, "The Fast & Furious", 2009)], "matched")]
#[case::roman_numeral(query("Rocky 4", 1985), vec![candidate(1, "Rocky IV", 1985)], "matched")]
#[case::sequel_is_not_the_film(query("Rocky", 1976), vec![candidate(1, "Rocky II", 1979)], "unmatched")]
#[case::typing_error(query("Nosferratu", 1922), vec![candidate(1, "Nosferatu", 1922)], "matched")]
#[case::another_year_entirely(query("Dune", 1999), vec![candidate(1, "Dune", 2021)], "unmatched")]
#[case::something_else(query("Holiday 2019 Beach", None), vec![candidate(1, "The Beach", 2000)], "unmatched")]
#[case::nothing_found(query("Xyzzy", 2020), vec![], "unmatched")]
fn candidates_are_matched_ambiguous_or_unmatched(
    #[case] query: Query,
    #[case] candidates: Vec<Candidate>,
    #[case] expected: &str,
) {
    let outcome = rank(&query, candidates);
    assert_eq!(verdict(&outcome).0, expected, "{outcome:?}");
}

#[test]
fn the_year_selects_the_right_remake() {
    let outcome = rank(&query("Dune", 1984), vec![candidate(2, "Dune", 2021), candidate(1, "Dune", 1984)]);
    assert_eq!(verdict(&outcome), ("matched", Some(1)));
}

#[test]
fn an_id_takes_precedence_over_any_name() {
    let by_id = Candidate { found_by: Some(tmdb("603")), ..candidate(1, "The Matrix", 1999) };
    let outcome = rank(&query("Matrix Reloaded", 2003), vec![candidate(2, "Matrix Reloaded", 2003), by_id]);
    let Outcome::Ambiguous(all) = &outcome else {
        assert_eq!(verdict(&outcome), ("matched", Some(1)));
        return;
    };
    panic!("a candidate found by its id must be matched: {all:?}");
}

#[test]
fn contradictory_ids_are_ambiguous() {
    let by_id = |id, tmdb_id| Candidate { found_by: Some(tmdb(tmdb_id)), ..candidate(id, "Film", 2000) };
    let outcome = rank(&query("Film", 2000), vec![by_id(1, "603"), by_id(2, "604")]);
    assert_eq!(verdict(&outcome).0, "ambiguous");
}

#[test]
fn other_names_of_a_title_are_compared() {
    let translated = Candidate {
        other_names: vec!["Le Voyage dans la Lune".to_owned()],
        ..candidate(1, "A Trip to the Moon", 1902)
    };
    assert_eq!(verdict(&rank(&query("Le voyage dans la lune", 1902), vec![translated])).0, "matched");
}

#[test]
fn a_score_includes_its_evidence() {
    let scored = score(&query("Dune", 1984), candidate(2, "Dune", 2021));
    let year = YearEvidence::Different { queried: 1984, candidate: 2021 };
    assert_eq!(scored.evidence, Evidence::Names { name: NameEvidence::Same, year });
}

proptest! {
    #[test]
    fn ranking_keeps_and_sorts_all_candidates(
        title in "[a-z ]{0,12}",
        names in proptest::collection::vec(("[a-z ]{0,12}", proptest::option::of(1990..2000)), 0..6),
    ) {
        let candidates: Vec<Candidate> =
            names.iter().zip(1..).map(|((name, year), id)| candidate(id, name, *year)).collect();
        let (Outcome::Matched(all) | Outcome::Ambiguous(all) | Outcome::Unmatched(all)) =
            rank(&query(&title, 1995), candidates);
        prop_assert_eq!(all.len(), names.len());
        prop_assert!(all.windows(2).all(|pair| pair[0].score >= pair[1].score));
    }

    #[test]
    fn the_order_of_the_candidates_does_not_matter(mut years in proptest::collection::vec(1990..2000, 1..6)) {
        let build = |years: &[i32]| -> Vec<Candidate> {
            years.iter().map(|&year| candidate(i64::from(year), "Dune", year)).collect()
        };
        let forwards = verdict(&rank(&query("Dune", 1995), build(&years)));
        years.reverse();
        prop_assert_eq!(forwards, verdict(&rank(&query("Dune", 1995), build(&years))));
    }
}

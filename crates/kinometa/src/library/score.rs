//! How well a title of Trakt fits a name on disk: a pure judgement that always says why.
//!
//! The rule of the house is that nothing is guessed silently. One candidate must fit well **and** stand clear of
//! the next one; otherwise a person chooses on the match page.

use super::text::fold;

/// What the names on disk say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Title as parsed, or as the NFO states it.
    pub title: String,
    /// Year as parsed.
    pub year: Option<i32>,
}

/// A title that Trakt offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Trakt's id.
    pub trakt_id: i64,
    /// Name in Trakt's words.
    pub name: String,
    /// Other names of the same title.
    pub other_names: Vec<String>,
    /// Year of release or first airing.
    pub year: Option<i32>,
    /// First lines of what it is about.
    pub overview: Option<String>,
    /// Address of a poster at Trakt.
    pub poster_url: Option<String>,
    /// The id on disk that led here ("tmdb 603"), when the candidate was not found by its name.
    pub found_by: Option<String>,
}

/// A candidate with its judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// The title of Trakt.
    pub candidate: Candidate,
    /// 0 (nothing in common) to 100 (certain).
    pub score: u8,
    /// One sentence for the match page.
    pub why: String,
}

/// The judgement over all candidates, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// One candidate is certain enough; the others are kept for "Fix match".
    Matched(Vec<Scored>),
    /// Several would do: a person decides.
    Ambiguous(Vec<Scored>),
    /// None is close. What was found is kept for the match page.
    Unmatched(Vec<Scored>),
}

impl Outcome {
    /// The best candidate.
    pub fn best(&self) -> Option<&Scored> {
        let (Self::Matched(all) | Self::Ambiguous(all) | Self::Unmatched(all)) = self;
        all.first()
    }

    /// Every candidate, best first.
    pub fn into_scored(self) -> Vec<Scored> {
        let (Self::Matched(all) | Self::Ambiguous(all) | Self::Unmatched(all)) = self;
        all
    }
}

/// From here on a candidate may be taken without asking.
const CERTAIN: u8 = 85;
/// How far the best must be ahead of the next.
const CLEAR_LEAD: u8 = 10;
/// From here on a candidate is worth asking about.
const PLAUSIBLE: u8 = 60;

/// Judges the candidates.
pub fn judge(wanted: &Wanted, candidates: Vec<Candidate>) -> Outcome {
    let mut scored: Vec<Scored> = candidates.into_iter().map(|candidate| score(wanted, candidate)).collect();
    scored.sort_by(|a, b| b.score.cmp(&a.score).then(a.candidate.trakt_id.cmp(&b.candidate.trakt_id)));
    scored.dedup_by_key(|scored| scored.candidate.trakt_id);
    let best = scored.first().map_or(0, |scored| scored.score);
    let next = scored.get(1).map_or(0, |scored| scored.score);
    let by_id = scored.iter().filter(|scored| scored.candidate.found_by.is_some()).count();
    let clear = best.saturating_sub(next) >= CLEAR_LEAD;
    if by_id == 1 || (by_id == 0 && best >= CERTAIN && clear) {
        Outcome::Matched(scored)
    } else if best >= PLAUSIBLE {
        Outcome::Ambiguous(scored)
    } else {
        Outcome::Unmatched(scored)
    }
}

/// The score of one candidate.
pub fn score(wanted: &Wanted, candidate: Candidate) -> Scored {
    if let Some(id) = &candidate.found_by {
        let why = format!("the {id} in the name or NFO leads to this title");
        return Scored { score: 100, why, candidate };
    }
    let (name_points, name_why) = name_score(&wanted.title, &candidate);
    let (year_factor, year_why) = year_score(wanted.year, candidate.year);
    let score = (name_points * year_factor / 100).min(99) as u8;
    Scored { score, why: format!("{name_why}; {year_why}"), candidate }
}

/// 0 to 100 for the name.
fn name_score(title: &str, candidate: &Candidate) -> (u32, &'static str) {
    let wanted = comparable(title);
    let main = comparable(&candidate.name);
    if wanted == main {
        return (100, "the name is the same");
    }
    if candidate.other_names.iter().any(|name| comparable(name) == wanted) {
        return (97, "another name of this title is the same");
    }
    let best = std::iter::once(&candidate.name)
        .chain(&candidate.other_names)
        .map(|name| similarity(&wanted, &comparable(name)))
        .max()
        .unwrap_or(0);
    let why = match best {
        90.. => "the name is nearly the same",
        70..90 => "the name is similar",
        _ => "the name differs",
    };
    (best, why)
}

/// Factor in percent for the year, and what to say about it.
fn year_score(wanted: Option<i32>, offered: Option<i32>) -> (u32, String) {
    match (wanted, offered) {
        (Some(wanted), Some(offered)) => match wanted.abs_diff(offered) {
            0 => (100, "the year is the same".to_owned()),
            1 => (89, format!("the year is one off ({offered} instead of {wanted})")),
            2..=3 => (70, format!("the year is {offered}, not {wanted}")),
            _ => (45, format!("the year is {offered}, not {wanted}")),
        },
        (Some(_), None) => (80, "Trakt knows no year".to_owned()),
        (None, Some(offered)) => (92, format!("the name on disk has no year, this one is from {offered}")),
        (None, None) => (90, "no year to compare".to_owned()),
    }
}

/// Folded, without articles, with small roman numerals as digits: what two spellings of one title share.
fn comparable(name: &str) -> String {
    let words: Vec<String> = fold(name)
        .split(' ')
        .filter(|word| !matches!(*word, "the" | "a" | "an"))
        .map(|word| roman_as_digit(word).to_owned())
        .collect();
    if words.is_empty() { fold(name) } else { words.join(" ") }
}

/// "i" is left alone: it is a pronoun more often than a number.
fn roman_as_digit(word: &str) -> &str {
    match word {
        "ii" => "2",
        "iii" => "3",
        "iv" => "4",
        "v" => "5",
        "vi" => "6",
        "vii" => "7",
        "viii" => "8",
        "ix" => "9",
        other => other,
    }
}

/// Likeness in percent: the better of letters in order (typing errors) and words shared (subtitles left out).
fn similarity(a: &str, b: &str) -> u32 {
    letters_in_order(a, b).max(words_shared(a, b))
}

/// One minus the edit distance over the longer length.
fn letters_in_order(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(128).collect(), b.chars().take(128).collect());
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, letter) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(letter != other);
            diagonal = row[column + 1];
            row[column + 1] = substituted.min(row[column] + 1).min(diagonal + 1);
        }
    }
    ((longest - row[b.len()]) * 100 / longest) as u32
}

/// Dice coefficient of the words, a little below what equal names get.
fn words_shared(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let shared = a.iter().filter(|word| b.contains(word)).count();
    ((2 * shared * 95) / (a.len() + b.len())).min(95) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn wanted(title: &str, year: impl Into<Option<i32>>) -> Wanted {
        Wanted { title: title.to_owned(), year: year.into() }
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

    fn verdict(outcome: &Outcome) -> (&'static str, Option<i64>) {
        match outcome {
            Outcome::Matched(all) => ("matched", all.first().map(|best| best.candidate.trakt_id)),
            Outcome::Ambiguous(_) => ("ambiguous", None),
            Outcome::Unmatched(_) => ("unmatched", None),
        }
    }

    #[rstest]
    #[case::same_name_and_year(wanted("The Matrix", 1999), vec![candidate(1, "The Matrix", 1999)], "matched")]
    #[case::year_one_off(wanted("Metropolis", 1926), vec![candidate(1, "Metropolis", 1927)], "matched")]
    #[case::year_tells_remakes_apart(
        wanted("Dune", 1984), vec![candidate(2, "Dune", 2021), candidate(1, "Dune", 1984)], "matched")]
    #[case::remakes_without_a_year(
        wanted("Dune", None), vec![candidate(2, "Dune", 2021), candidate(1, "Dune", 1984)], "ambiguous")]
    #[case::only_one_of_that_name(wanted("Sintel", None), vec![candidate(1, "Sintel", 2010)], "matched")]
    #[case::same_name_same_year_twice(
        wanted("Hamlet", 1990), vec![candidate(2, "Hamlet", 1990), candidate(1, "Hamlet", 1990)], "ambiguous")]
    #[case::article_and_ampersand(
        wanted("Fast and Furious", 2009), vec![candidate(1, "The Fast & Furious", 2009)], "matched")]
    #[case::roman_numeral(wanted("Rocky 4", 1985), vec![candidate(1, "Rocky IV", 1985)], "matched")]
    #[case::sequel_is_not_the_film(wanted("Rocky", 1976), vec![candidate(1, "Rocky II", 1979)], "unmatched")]
    #[case::typing_error(wanted("Nosferratu", 1922), vec![candidate(1, "Nosferatu", 1922)], "matched")]
    #[case::another_year_entirely(wanted("Dune", 1999), vec![candidate(1, "Dune", 2021)], "unmatched")]
    #[case::something_else(wanted("Holiday 2019 Beach", None), vec![candidate(1, "The Beach", 2000)], "unmatched")]
    #[case::nothing_found(wanted("Xyzzy", 2020), vec![], "unmatched")]
    fn verdicts(#[case] wanted: Wanted, #[case] candidates: Vec<Candidate>, #[case] expected: &str) {
        let outcome = judge(&wanted, candidates);
        assert_eq!(verdict(&outcome).0, expected, "{outcome:?}");
    }

    #[test]
    fn the_year_picks_the_right_remake() {
        let outcome =
            judge(&wanted("Dune", 1984), vec![candidate(2, "Dune", 2021), candidate(1, "Dune", 1984)]);
        assert_eq!(verdict(&outcome), ("matched", Some(1)));
    }

    #[test]
    fn an_id_beats_any_name() {
        let by_id = Candidate { found_by: Some("tmdb 603".to_owned()), ..candidate(1, "The Matrix", 1999) };
        let outcome =
            judge(&wanted("Matrix Reloaded", 2003), vec![candidate(2, "Matrix Reloaded", 2003), by_id]);
        let Outcome::Ambiguous(all) = &outcome else {
            assert_eq!(verdict(&outcome), ("matched", Some(1)));
            return;
        };
        panic!("an id is certain: {all:?}");
    }

    #[test]
    fn two_ids_that_disagree_are_left_to_a_person() {
        let by_id =
            |id, name: &str| Candidate { found_by: Some(name.to_owned()), ..candidate(id, name, 2000) };
        let outcome = judge(&wanted("Film", 2000), vec![by_id(1, "tmdb 603"), by_id(2, "imdb tt1")]);
        assert_eq!(verdict(&outcome).0, "ambiguous");
    }

    #[test]
    fn another_name_of_the_title_counts() {
        let translated = Candidate {
            other_names: vec!["Le Voyage dans la Lune".to_owned()],
            ..candidate(1, "A Trip to the Moon", 1902)
        };
        assert_eq!(verdict(&judge(&wanted("Le voyage dans la lune", 1902), vec![translated])).0, "matched");
    }

    #[test]
    fn every_score_comes_with_a_reason() {
        let scored = score(&wanted("Dune", 1984), candidate(2, "Dune", 2021));
        assert_eq!(scored.why, "the name is the same; the year is 2021, not 1984");
    }

    proptest! {
        #[test]
        fn judging_keeps_every_candidate_and_orders_them(
            title in "[a-z ]{0,12}",
            names in proptest::collection::vec(("[a-z ]{0,12}", proptest::option::of(1990..2000)), 0..6),
        ) {
            let candidates: Vec<Candidate> =
                names.iter().zip(1..).map(|((name, year), id)| candidate(id, name, *year)).collect();
            let (Outcome::Matched(all) | Outcome::Ambiguous(all) | Outcome::Unmatched(all)) =
                judge(&wanted(&title, 1995), candidates);
            prop_assert_eq!(all.len(), names.len());
            prop_assert!(all.windows(2).all(|pair| pair[0].score >= pair[1].score));
        }

        #[test]
        fn the_order_of_the_candidates_does_not_matter(mut years in proptest::collection::vec(1990..2000, 1..6)) {
            let build = |years: &[i32]| -> Vec<Candidate> {
                years.iter().map(|&year| candidate(i64::from(year), "Dune", year)).collect()
            };
            let forwards = verdict(&judge(&wanted("Dune", 1995), build(&years)));
            years.reverse();
            prop_assert_eq!(forwards, verdict(&judge(&wanted("Dune", 1995), build(&years))));
        }
    }
}

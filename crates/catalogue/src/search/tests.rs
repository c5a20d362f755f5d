use rstest::rstest;

use super::*;
use crate::testing::TestLibrary;

fn view() -> View {
    let mut rows = TestLibrary::default();
    rows.movie(1, "The Matrix", 1999);
    rows.movie(2, "The Matrix Reloaded", 2003);
    rows.movie(3, "Amélie", 2001);
    rows.movie(4, "Dune", 1984);
    rows.movie(5, "Dune", 2021);
    rows.movie(6, "Animatrix", 2003);
    rows.movie(7, "Alien", 1979).genres = serde_json::json!(["horror", "science-fiction"]);
    rows.show(1000, "Planet Earth", 1, 2);
    rows.view()
}

#[rstest]
#[case::whole_name_first("the matrix", vec![1, 2])]
#[case::beginning_after_the_article("matrix", vec![1, 2, 6])]
#[case::prefix("matr", vec![1, 2, 6])]
#[case::diacritics("AMELIE", vec![3])]
#[case::with_diacritics("amélie", vec![3])]
#[case::words_in_any_order("reloaded matrix", vec![2])]
#[case::inside_a_word("elie", vec![3])]
#[case::year_distinguishes_remakes("dune 2021", vec![5])]
#[case::year("1984", vec![4])]
#[case::genre("horror", vec![7])]
#[case::genre_of_several_words("science fiction", vec![7])]
#[case::genre_and_year("horror 1979", vec![7])]
#[case::genre_of_another_year("horror 1980", vec![])]
#[case::letter_missing("reloded", vec![2])]
#[case::letters_swapped("matirx", vec![1, 2])]
#[case::two_letters_wrong_in_a_long_word("matrix reloatet", vec![2])]
#[case::typo_and_year("dnue 2021", vec![5])]
#[case::short_words_are_not_corrected("xun", vec![])]
#[case::nothing("xyzzy", vec![])]
#[case::empty("  ", vec![])]
fn movies_are_found(#[case] query: &str, #[case] expected: Vec<i64>) {
    let found: Vec<i64> = search(&view(), query, 10).movies.iter().map(|card| card.id.0).collect();
    assert_eq!(found, expected);
}

#[test]
fn shows_and_episodes_are_found_too() {
    let found = search(&view(), "planet", 1);
    assert_eq!(found.shows.len(), 1);
    assert_eq!(found.episodes.len(), 1, "the limit applies to each kind");
    assert_eq!(found.episodes[0].show_name.as_deref(), Some("Planet Earth"));
}

#[rstest]
#[case::number("s01e02", vec!["Planet Earth 1x2"])]
#[case::other_notation("1x2", vec!["Planet Earth 1x2"])]
#[case::with_its_show("planet S1E1", vec!["Planet Earth 1x1"])]
#[case::misspelt_show("plantet earth s01e02", vec!["Planet Earth 1x2"])]
#[case::of_another_show("matrix s01e02", vec![])]
#[case::that_does_not_exist("s09e09", vec![])]
#[case::too_large("s99999999999e1", vec![])]
#[case::without_digits("se", vec![])]
fn episodes_are_found_by_number(#[case] query: &str, #[case] expected: Vec<&str>) {
    let found: Vec<String> =
        search(&view(), query, 10).episodes.iter().map(|card| card.name.to_string()).collect();
    assert_eq!(found, expected);
}

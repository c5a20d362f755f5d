use rstest::rstest;

use super::AtLeast;
use crate::spec::Media;
use crate::spec::tests::spec;

#[rstest]
#[case("genre: action, comedy", "genre: action, comedy")]
#[case("rating.gte: 7.5", "critic_rating.gte: 7.5")]
#[case("released: 30", "release: 30")]
#[case("release.gte: 01/02/2020", "release.after: 01/02/2020")]
#[case("added.before: 2020-01-31", "added.before: 2020-01-31")]
#[case("release.after: today", "release.after: today")]
#[case("year: [current_year, current_year-5, 1999]", "year: current_year, current_year-5, 1999")]
#[case("year.gte: current_year - 6", "year.gte: current_year - 6")]
#[case("title.begins: 'The, A'", "title.begins: \"The, A\"")]
#[case("title.regex: ^The.*$", "title.regex: \"^The.*$\"")]
#[case("language: en", "original_language: en")]
#[case("actor.count_gte: 3", "actor.count_gte: 3")]
#[case("has_collection: false", "has_collection: false")]
#[case("history: 7", "history: 7")]
#[case("resolution: 4k", "resolution: 4k")]
fn filters_are_parsed(#[case] written: &str, #[case] read: &str) {
    let (spec, reported) = spec(&format!("trakt_trending: 5\nfilters:\n  {written}\n"), Media::Movies);
    assert_eq!(reported, "");
    assert_eq!(spec.filters[0][0].to_string(), read);
}

#[rstest]
#[case("rating.greater: 7", "critic_rating.gt: 7")]
#[case("Year.Less: 1990", "year.lt: 1990")]
#[case("release.greater: 2020-01-01", "release.after: 2020-01-01")]
fn deprecated_modifiers_are_replaced(#[case] written: &str, #[case] read: &str) {
    let (spec, reported) = spec(&format!("trakt_trending: 5\nfilters:\n  {written}\n"), Media::Movies);
    assert_eq!(spec.filters[0][0].to_string(), read);
    assert!(
        reported.starts_with("Note f.yml:3:3: filters.") && reported.contains(": runs as "),
        "{reported}"
    );
}

#[test]
fn a_list_of_filters_is_read_as_alternative_groups() {
    let (spec, reported) =
        spec("trakt_trending: 5\nfilter: [{genre: a, year.gt: 1990}, {genre: b}]", Media::Movies);
    assert_eq!(reported, "Note f.yml:2:9: filter: runs as filters\n");
    assert_eq!(spec.filters.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
}

#[rstest]
#[case("gnere: x", "Error f.yml:3:3: filters.gnere: unknown key \"gnere\"; did you mean \"genre\"?")]
#[case(
    "versions.gt: 1",
    "Error f.yml:3:3: filters.versions.gt: is documented for Kometa, but Kometa refuses it, too"
)]
#[case("percentage: 50", "unknown key \"percentage\"")]
#[case("tmdb_vote_average.gte: 11", "\"11\" must be a number from 0 to 10, such as 7 or 7.5")]
#[case("user_rating: 8.5x", "\"8.5x\" must be a number from 0 to 10, such as 7 or 7.5")]
#[case("plays.gt: many", "\"many\" must be a number, 0 or greater")]
#[case("network: HBO", "is a filter for shows only")]
#[case("year.begins: 19", "\".begins\" is not one of: .not, .gt, .gte, .lt, .lte")]
#[case("critic_rating.gte: 11", "must be a number from 0 to 10")]
#[case("release: soon", "\"soon\" must be a whole number, 1 or greater")]
#[case("release.after: 13/40/2020", "must be a date")]
#[case("title.regex: '('", "is not a valid regular expression")]
#[case("has_edition: maybe", "must be true or false")]
#[case("history: 31", "must be day, month or a number from 1 to 30")]
#[case("genre:", "is blank")]
#[case("{validate: false, gnere: x}", "Warning f.yml:3:21")]
fn invalid_filters_are_reported(#[case] written: &str, #[case] expected: &str) {
    let (_, reported) = spec(&format!("trakt_trending: 5\nfilters:\n  {written}\n"), Media::Movies);
    assert!(reported.contains(expected), "{reported}");
}

#[rstest]
#[case("{resolution: 4k, percentage: 30}", AtLeast::Percent(30))]
#[case("{resolution: 4k, count: 3}", AtLeast::Count(3))]
#[case("{director: a}", AtLeast::Percent(50))]
fn nested_filters_are_parsed(#[case] written: &str, #[case] at_least: AtLeast) {
    let (spec, reported) =
        spec(&format!("trakt_trending: 5\nfilters: {{episodes: {written}}}"), Media::Shows);
    assert_eq!(reported, "");
    let inside = spec.filters[0][0].inside.as_ref().unwrap();
    assert_eq!((inside.filters.len(), inside.at_least), (1, at_least));
}

#[rstest]
#[case("{director: a}", "is a filter for movies and episodes only")]
#[case(
    "{episodes: {percentage: 101, year: 1999}}",
    "episodes: percentage: \"101\" must be a whole number from 1 to 100"
)]
#[case("{episodes: {gnere: a}}", "episodes: gnere: unknown key \"gnere\"")]
#[case("{episodes: 4k}", "must be a mapping, not text")]
#[case("{edition: a}", "is a filter for movies only")]
fn invalid_filters_for_shows_are_reported(#[case] written: &str, #[case] expected: &str) {
    let (_, reported) = spec(&format!("trakt_trending: 5\nfilters: {written}"), Media::Shows);
    assert!(reported.contains(expected), "{reported}");
}

#[test]
fn the_director_filter_works_for_episodes() {
    let (_, reported) =
        spec("trakt_list: lists/1\nbuilder_level: episode\nfilters: {director: a}", Media::Shows);
    assert_eq!(reported, "");
}

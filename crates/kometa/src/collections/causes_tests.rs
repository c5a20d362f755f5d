use rstest::rstest;

use crate::collections::tests::loaded;

const A: &str = "collections:\n  A:\n    trakt_popular: 5\n  B:\n    trakt_popular: 6\n";

/// The deduplicated findings of the libraries, one line each, with paths relative to the config folder.
fn reported(config: &str) -> Vec<String> {
    let files = [("config/config.yml", config), ("config/a.yml", A), ("config/b.yml", A)];
    let loaded = loaded(&files);
    let names = loaded.libraries.iter().map(|library| library.name.clone());
    let lines = names.zip(loaded.deduplicated_findings()).flat_map(|(name, findings)| {
        findings.into_iter().map(move |finding| format!("{name}: {finding}")).collect::<Vec<_>>()
    });
    let short = |line: String| {
        let words: Vec<_> =
            line.split(' ').map(|word| word.rsplit_once("/config/").map_or(word, |(_, file)| file)).collect();
        words.join(" ")
    };
    lines.map(short).collect()
}

#[rstest]
#[case::a_variable_in_two_blocks(
    "libraries:\n  Movies:\n    collection_files:\n      - default: trakt\n        template_variables: {limt: 3}\n  TV Shows:\n    collection_files:\n      - default: trakt\n        template_variables: {limt: 5}\n",
    &["Movies: config.yml:5:30: template_variables: unknown key \"limt\"; did you mean \"limit\"? (also at config.yml:9:30)"]
)]
#[case::an_anchor_used_by_two_libraries(
    "libraries:\n  Movies:\n    collection_files: &files\n      - default: trakt\n        template_variables: {limt: 3}\n  TV Shows:\n    collection_files: *files\n",
    &["Movies: config.yml:5:30: template_variables: unknown key \"limt\"; did you mean \"limit\"?"]
)]
#[case::unsupported_default_files(
    "libraries:\n  Movies:\n    collection_files: [{default: imdb}, {default: imdb}, {default: tmdb}]\n  More Movies:\n    collection_files: [default: imdb]\n",
    &[
        "Movies: config.yml:3:34: libraries.Movies.collection_files.default: the default file \"imdb\" is not built in; only `trakt` is (also at config.yml:3:51, config.yml:5:33)",
        "Movies: config.yml:3:68: libraries.Movies.collection_files.default: the default file \"tmdb\" is not built in; only `trakt` is"
    ]
)]
#[case::a_default_file_twice(
    "libraries:\n  Movies:\n    collection_files:\n      - default: trakt\n      - default: trakt\n",
    &["Movies: config.yml:5:18: the collections \"Trakt Collected\", \"Trakt Popular\", \"Trakt Recommended\", \"Trakt Trending\", \"Trakt Watched\" are already defined, the first at config.yml:4:18; these are skipped"]
)]
#[case::two_files_with_the_same_names(
    "libraries:\n  Movies:\n    collection_files: [a.yml, b.yml]\n  TV Shows:\n    collection_files: [a.yml, b.yml]\n",
    &[
        "Movies: b.yml:2:3: the collections \"A\", \"B\" are already defined, the first at a.yml:2:3; these are skipped",
        "TV Shows: b.yml:2:3: the collections \"A\", \"B\" are already defined, the first at a.yml:2:3; these are skipped"
    ]
)]
#[case::errors_are_not_merged(
    "libraries:\n  Movies:\n    collections: {}\n  TV Shows:\n    collections: {}\n",
    &[
        "Movies: config.yml:3:5: libraries.Movies.collections: definitions belong in separate files, listed in collection_files",
        "TV Shows: config.yml:5:5: libraries.TV Shows.collections: definitions belong in separate files, listed in collection_files"
    ]
)]
fn findings_with_the_same_cause_are_reported_once(#[case] config: &str, #[case] expected: &[&str]) {
    assert_eq!(reported(config), expected);
}

#[test]
fn places_beyond_the_first_ones_are_counted() {
    let files = "{default: imdb}, ".repeat(6);
    let reported = reported(&format!("libraries:\n  Movies:\n    collection_files: [{files}]\n"));
    assert_eq!(reported.len(), 1);
    assert!(reported[0].ends_with(" and 2 more places)"), "{reported:?}");
}

#[rstest]
#[case("item_label: a", Some("item_label"))]
#[case("item_label.sync: a\n    collection_mode: hide", Some("collection_mode, item_label.sync"))]
#[case("label: a\n    visible_home: true", None)]
fn plex_only_attributes_are_reported_once_without_a_plex_server(
    #[case] attributes: &str,
    #[case] named: Option<&str>,
) {
    let file = format!("collections:\n  A: &a\n    trakt_popular: 5\n    {attributes}\n  B:\n    <<: *a\n");
    let of = |plex: &str| {
        let config = format!("{plex}libraries:\n  Movies:\n    collection_files: [c.yml]\n");
        let loaded = loaded(&[("config/config.yml", &config), ("config/c.yml", &file)]);
        loaded.findings.iter().map(ToString::to_string).filter(|one| one.contains("Plex")).collect::<Vec<_>>()
    };
    let expected = named.map(|named| {
        format!(
            "only for Plex, and without effect in Kinometa's own library: {named} (in 2 of the collections)"
        )
    });
    assert_eq!(of(""), expected.into_iter().collect::<Vec<_>>());
    assert_eq!(of("plex: {url: 'http://x', token: y}\n"), Vec::<String>::new());
}

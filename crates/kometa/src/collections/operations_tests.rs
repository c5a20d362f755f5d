use rstest::rstest;

use crate::collections::tests::{loaded, reported};

const WITHOUT_LABEL: &str = "without its label";
const WITH_LABEL: &str = "with its label";
const OF_FILES: &str = "that its files define";
const IN_NO_FILE: &str = "in none of its files";
const SMALL: &str = "small collections";

/// Exactly the expected warnings are reported, and none of the others.
#[rstest]
#[case::without_kometa_label("{delete_collections: {managed: false}}", false, &[WITHOUT_LABEL])]
#[case::with_kometa_label("{delete_collections: {managed: false}}", true, &[])]
#[case::managed_with_kometa_label("{delete_collections: {managed: true}}", true, &[WITH_LABEL])]
#[case::managed_without_kometa_label("{delete_collections: {managed: true}}", false, &[])]
#[case::configured("{delete_collections: {configured: true}}", false, &[OF_FILES])]
#[case::not_configured("{delete_collections: {configured: false}}", false, &[IN_NO_FILE])]
#[case::few_titles("{delete_collections: {less: 3}}", false, &[SMALL])]
#[case::few_titles_but_managed_without_kometa_label("{delete_collections: {managed: true, configured: false, less: 3}}", false, &[])]
#[case::few_titles_and_unmanaged("{delete_collections: {managed: false, less: 3}}", false, &[WITHOUT_LABEL, SMALL])]
#[case::deprecated_names(
    "{delete_unmanaged_collections: true, delete_collections_with_less: 2}",
    false,
    &[WITHOUT_LABEL, SMALL]
)]
#[case::deprecated_name_set_to_false("{delete_unmanaged_collections: false}", false, &[])]
#[case::several(
    "[{schedule: daily, delete_collections: {less: 2}}, {delete_collections: {managed: false}}]",
    false,
    &[WITHOUT_LABEL, SMALL]
)]
#[case::several_without_deletions("[{mass_genre_update: trakt}, ]", false, &[])]
#[case::blank("", false, &[])]
fn operations_that_would_delete_collections_are_reported(
    #[case] operations: &str,
    #[case] label: bool,
    #[case] expected: &[&str],
) {
    let config = format!(
        "settings: {{kometa_label: {label}}}\nlibraries:\n  Movies:\n    collection_files: a.yml\n    operations: {operations}\n"
    );
    let file = "collections:\n  A:\n    trakt_popular: 5\n";
    let reported = reported(&loaded(&[("config/config.yml", &config), ("config/a.yml", file)]));
    for one in [WITHOUT_LABEL, WITH_LABEL, OF_FILES, IN_NO_FILE, SMALL] {
        assert_eq!(reported.matches(one).count(), usize::from(expected.contains(&one)), "{one}: {reported}");
    }
}

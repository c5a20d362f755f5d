use rstest::rstest;

use super::super::tests::{loaded, reported, value};
use super::super::{Collection, Loaded};
use super::*;

fn dynamic(block: &str, file: &str) -> Loaded {
    let config = format!("libraries:\n  Movies:\n    collection_files:\n    - file: movies.yml\n{block}");
    loaded(&[("config/config.yml", &config), ("config/movies.yml", file)])
}

fn lists() -> Vec<FoundKey> {
    vec![
        FoundKey::list("me", "best", "The Best List"),
        FoundKey::list("me", "worst", "Worst List"),
        FoundKey::list("anna", "noir", "Noir"),
    ]
}

const BEST: &str = "https://trakt.tv/users/me/lists/best";
const NOIR: &str = "https://trakt.tv/users/anna/lists/noir";

/// Returns the titles that a definition creates from three lists, each with the lists that it contains.
fn created_titles(block: &str, definition: &str) -> String {
    let file = format!(
        "dynamic_collections:\n  Mine:\n    type: trakt_user_lists\n    data: [me, anna]\n{definition}"
    );
    let mut loaded = dynamic(block, &file);
    loaded.libraries[0].expand("Mine", &lists());
    assert!(!reported(&loaded).contains("Error"), "{}", reported(&loaded));
    let slug = |request: &str| request.split('/').nth(4).unwrap_or_default().to_owned();
    let one = |collection: &Collection| {
        let lists: Vec<_> =
            collection.spec.builders.iter().map(|builder| slug(&builder.request(Media::Movies))).collect();
        format!("{} ({})", collection.name, lists.join(" "))
    };
    loaded.libraries[0].collections.iter().map(one).collect::<Vec<_>>().join(", ")
}

use crate::spec::Media;

#[rstest]
#[case::plain("", "The Best List (best), Worst List (worst), Noir (noir)")]
#[case::exclude_by_title("    exclude: [Noir]\n", "The Best List (best), Worst List (worst)")]
#[case::exclude_by_key(&format!("    exclude: ['{BEST}']\n"), "Worst List (worst), Noir (noir)")]
#[case::include(&format!("    include: ['{NOIR}']\n"), "Noir (noir)")]
#[case::other_keys(&format!("    include: ['{NOIR}']\n    other_name: Other <<library_type>>s\n"), "Noir (noir), Other movies (best worst)")]
#[case::addons(&format!("    addons: {{'{BEST}': ['{NOIR}', gone]}}\n"), "The Best List (best noir), Worst List (worst)")]
#[case::custom_key(&format!("    addons: {{Both: ['{BEST}', '{NOIR}']}}\n"), "Worst List (worst), Both (best noir)")]
#[case::no_custom_keys(&format!("    addons: {{Both: ['{BEST}', '{NOIR}']}}\n    custom_keys: false\n"), "Worst List (worst)")]
#[case::prefix_and_suffix(
    "    remove_prefix: The\n    remove_suffix: 'List, x'\n",
    "Best (best), Worst (worst), Noir (noir)"
)]
#[case::suffix_list("    remove_suffix: [List]\n", "The Best (best), Worst (worst), Noir (noir)")]
#[case::title_format(
    "    title_format: Top <<library_typeU>>s of <<key_name>>\n    exclude: Noir\n",
    "Top Movies of The Best List (best), Top Movies of Worst List (worst)"
)]
#[case::key_names(&format!("    key_name_override: {{'{NOIR}': Dark}}\n    title_format: <<title>>!\n"), "The Best List! (best), Worst List! (worst), Dark! (noir)")]
#[case::deprecated_name(&format!("    post_format_override: {{'{NOIR}': Dark}}\n    title_format: <<title>>!\n"), "The Best List! (best), Worst List! (worst), Dark (noir)")]
fn a_definition_creates_collections(#[case] definition: &str, #[case] titles: &str) {
    assert_eq!(created_titles("", definition), titles);
}

#[rstest]
#[case("exclude: Noir", "The Best List (best), Worst List (worst)")]
#[case("append_exclude: Noir", "The Best List (best)")]
#[case("remove_exclude: Worst List", "The Best List (best), Worst List (worst), Noir (noir)")]
#[case("title_format: 'X <<key_name>>', append_exclude: Noir", "X The Best List (best)")]
#[case(
    "append_addons: {Both: ['https://trakt.tv/users/anna/lists/noir']}",
    "The Best List (best), Both (noir)"
)]
fn template_variables_change_a_definition(#[case] variables: &str, #[case] titles: &str) {
    let block = format!("      template_variables: {{{variables}}}\n");
    assert_eq!(created_titles(&block, "    exclude: Worst List\n"), titles);
}

#[test]
fn templates_can_use_the_key_and_its_variables() {
    let definition = format!(
        "    template: [t]\n    include: ['{BEST}', '{NOIR}']\n    template_variables:\n      size: {{'{NOIR}': 5, default: 9}}\ntemplates:\n  t: {{trakt_list: <<trakt_user_lists>>, limit: <<size>>, summary: <<key_name>> <<key>>}}\n"
    );
    let file =
        format!("dynamic_collections:\n  Mine:\n    type: trakt_user_lists\n    data: me\n{definition}");
    let mut loaded = dynamic("", &file);
    assert_eq!(loaded.libraries[0].dynamic[0].source, DynamicSource::UserLists(vec!["me".into()]));
    loaded.libraries[0].expand("Mine", &lists());
    let [best, noir] = loaded.libraries[0].collections.as_slice() else { panic!("{}", reported(&loaded)) };
    assert_eq!((value(best, "limit"), value(noir, "limit")), (Some("9".into()), Some("5".into())));
    assert_eq!(value(noir, "summary").unwrap(), format!("\"Noir {NOIR}\"").replace('"', ""));
    assert_eq!(
        (value(noir, "append_label").unwrap(), noir.attributes[1].template.as_deref()),
        ("Mine".into(), Some("t"))
    );
}

#[test]
fn people_become_person_builders() {
    let file = "dynamic_collections:\n  P:\n    type: trakt_people_list\n    data: https://trakt.tv/users/a/lists/actors\n    sync: true\n";
    let mut loaded = dynamic("", file);
    let definition = &loaded.libraries[0].dynamic[0];
    assert_eq!(
        (definition.source.requests(), definition.sync),
        (vec!["GET /users/a/lists/actors/items".into()], true)
    );
    loaded.libraries[0].expand("P", &[FoundKey::person(287, "Brad Pitt")]);
    let collection = &loaded.libraries[0].collections[0];
    assert_eq!(collection.name, "Brad Pitt");
    let request = collection.spec.builders[0].request(Media::Movies);
    assert_eq!(request, "GET /search/tmdb/287?type=person, GET /people/ID/movies");
    assert!(!reported(&loaded).contains("Warning"), "{}", reported(&loaded));
}

#[test]
fn a_second_list_with_the_same_name_is_reported() {
    let mut loaded = dynamic("", "dynamic_collections:\n  L: {type: trakt_liked_lists}\n");
    assert_eq!(loaded.libraries[0].dynamic[0].source, DynamicSource::LikedLists);
    let found = [FoundKey::list("a", "x", "Same"), FoundKey::list("b", "x", "Same")];
    loaded.libraries[0].expand("L", &found);
    assert_eq!(loaded.libraries[0].collections.len(), 1);
    assert!(
        reported(&loaded).contains("the collection \"Same\" is already defined at"),
        "{}",
        reported(&loaded)
    );
}

#[rstest]
#[case(
    "{type: genre}",
    "Warning movies.yml:2:6: dynamic_collections.A: this type is not based on Trakt lists"
)]
#[case("{type: trakt_user_list}", "did you mean \"trakt_user_lists\"?")]
#[case("{data: me}", "the type is missing")]
#[case("[a]", "must be a mapping, not a list")]
#[case("{type: trakt_user_lists}", "data: is missing")]
#[case("{type: trakt_people_list, data: nothing/2}", "\"nothing/2\" is not the address of a list")]
#[case("{type: trakt_liked_lists, exlude: x}", "unknown key \"exlude\"; did you mean \"exclude\"?")]
#[case("{type: trakt_liked_lists, title_format: x}", "title_format: must contain <<key_name>>")]
#[case("{type: trakt_liked_lists, template: u}", "there is no template named \"u\"; did you mean \"t\"?")]
#[case("{type: trakt_liked_lists, template: t}", "uses none of <<value>>")]
#[case("{type: trakt_liked_lists, template_variables: {x: 1}}", "must be a mapping of keys and default")]
#[case("{type: trakt_liked_lists, test: maybe}", "test: must be true or false")]
#[case("{type: trakt_liked_lists, pre_format_override: {a: b}}", "Note")]
fn problems_are_reported(#[case] definition: &str, #[case] expected: &str) {
    let file = format!("dynamic_collections:\n  A: {definition}\ntemplates:\n  t: {{trakt_popular: 5}}\n");
    let reported = reported(&dynamic("", &file));
    assert!(reported.contains(expected.trim_start_matches("Warning movies.yml:2:6: ")), "{reported}");
    assert!(!expected.starts_with("Warning") || reported.contains("Warning"), "{reported}");
}

#[test]
fn an_empty_response_is_reported() {
    let mut loaded = dynamic("", "dynamic_collections:\n  L: {type: trakt_liked_lists}\n");
    loaded.libraries[0].expand("L", &[]);
    assert!(
        reported(&loaded).contains("Trakt returned nothing to create collections from"),
        "{}",
        reported(&loaded)
    );
}

#[test]
fn keys_ignore_case() {
    let file = "dynamic_collections:\n  Mine:\n    Type: trakt_user_lists\n    Data: me\n    Title_Format: My <<key_name>>\n";
    let mut loaded = dynamic("", file);
    loaded.libraries[0].expand("Mine", &lists()[2..]);
    assert_eq!(reported(&loaded), "");
    assert_eq!(loaded.libraries[0].collections[0].name, "My Noir");
}

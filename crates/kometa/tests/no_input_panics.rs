//! Any input is read or rejected: without panics, and in reasonable time.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails")]

use kometa::collections::{LoadOptions, load};
use kometa::config::{self, Authorization, Secrets};
use kometa::edit;
use proptest::prelude::*;

const CONFIG: &str = "trakt: &t\n  client_id: abc # id\n  pin: '12'\n  authorization:\n    access_token: <<x>>\n    scope: public\nlibraries:\n  Movies:\n    template_variables: {a: 1}\n    collection_files:\n    - file: movies.yml\n      template_variables: {key: popular, default: {v: 2}}\n    - default: trakt\n    settings: {sync_mode: sync}\n  TV Shows: {collection_files: [movies.yml], library_name: Shows}\nsettings: {minimum_items: 2, ignore_ids: [1]}\n";

const FILE: &str = "external_templates: [{file: movies.yml}]\ntemplates:\n  t:\n    default: {limit: <<current_year-1>>, w: <<limit>>}\n    optional: [o]\n    move_prefix: The\n    conditionals: {c: {default: 1, conditions: [{key: [a, b], v.not: 1, w.exists: true, value: 2}]}}\n    trakt_chart: {chart: <<key>>, limit: <<limit_<<key>>>>, years: 1990-1999, ratings: 0-50}\n    'x<<o>>': [<<o>>, {a: <<c+1>>}]\ncollections:\n  The A: &a\n    template: [{name: t, key: popular, limit_popular: 5}, {name: t, o: null}]\n    variables: {v: <<w>>}\n  B:\n    <<: *a\n    trakt_list: [https://trakt.tv/users/a/lists/b, lists/1]\n    trakt_userlist: {userlist: watchlist, user: me, sort_by: rank}\n    schedule: [weekly(mon|tue), 'all[daily, range(12/01-01/02)]', hourly(22-3)]\n    filters: [{year.gte: current_year-5, title.regex: ^a, added: 5}, {genre: 'a, b'}]\n    collection_order: custom\n    ignore_ids: 1, 2\n";

/// Pieces of text with a special meaning in YAML, templates or schedules.
const PIECES: [&str; 34] = [
    "<<",
    ">>",
    "<<key>>",
    "<<name>>",
    "<<: *a",
    "&a ",
    "*a",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "'",
    "\"",
    "|",
    ">",
    "#",
    "!!str ",
    "~",
    ",",
    "(",
    ")",
    "é",
    "\u{feff}",
    "\r\n",
    "0",
    "-1",
    "99999999999999999999",
    "\u{0}",
];

fn read(config: &str, file: &str) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("movies.yml"), file).unwrap();
    let secrets = Secrets::new([("KOMETA_X".to_owned(), "<<y>>".to_owned())], config);
    if let Ok(read) = config::read("config.yml", config, &secrets) {
        let loaded = load(
            &read,
            LoadOptions { folder: folder.path(), secrets: &secrets, today: (2026, 2, 29), known_media: &[] },
        );
        for collection in loaded.libraries.iter().flat_map(|library| &library.collections) {
            let _ =
                collection.attributes.iter().map(|attribute| attribute.value.to_yaml().len()).sum::<usize>();
        }
    }
    let pair = Authorization {
        access_token: "new".to_owned().into(),
        token_type: "bearer".into(),
        expires_in: 1,
        refresh_token: None,
        scope: "public".into(),
        created_at: 1,
    };
    let _ = edit::write_pair("config.yml", config, &pair);
}

/// The text with a few pieces removed or inserted.
fn changed(text: &'static str) -> impl Strategy<Value = String> {
    proptest::collection::vec(
        (any::<prop::sample::Index>(), 0..12usize, prop::sample::select(&PIECES[..])),
        1..6,
    )
    .prop_map(move |changes| {
        let mut chars: Vec<char> = text.chars().collect();
        for (at, cut, piece) in changes {
            let start = at.index(chars.len() + 1).min(chars.len());
            let end = (start + cut).min(chars.len());
            chars.splice(start..end, piece.chars());
        }
        chars.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_config_is_read_or_rejected(config in changed(CONFIG)) {
        read(&config, FILE);
    }

    #[test]
    fn a_changed_collection_file_is_read_or_rejected(file in changed(FILE)) {
        read(CONFIG, &file);
    }

    #[test]
    fn pieces_in_any_order_are_read_or_rejected(pieces in proptest::collection::vec(prop::sample::select(&PIECES[..]), 0..40)) {
        let text = pieces.concat();
        read(&text, &text);
    }
}

#[test]
fn the_unchanged_files_are_valid() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("movies.yml"), FILE).unwrap();
    let secrets = Secrets::default();
    let read = config::read("config.yml", CONFIG, &secrets).unwrap();
    let loaded = load(
        &read,
        LoadOptions { folder: folder.path(), secrets: &secrets, today: (2026, 11, 28), known_media: &[] },
    );
    let names: Vec<_> =
        loaded.libraries[0].collections.iter().map(|collection| collection.name.as_str()).collect();
    assert_eq!(names.len(), 7, "{names:?}");
}

/// Variables that double with every pass, and very deep nesting.
#[test]
fn growth_and_nesting_are_limited() {
    let doubling: String = (0..40).map(|n| format!(", v{n}: <<v{}>><<v{}>>", n + 1, n + 1)).collect();
    let file = format!(
        "templates:\n  t: {{summary: <<v0>>}}\ncollections:\n  A:\n    template: {{name: t{doubling}}}\n"
    );
    read(CONFIG, &file);
    let defaults: String = (0..40).rev().map(|n| format!(", v{n}: <<v{}>><<v{}>>", n + 1, n + 1)).collect();
    let file = format!(
        "templates:\n  t: {{summary: <<v0>>, default: {{v40: x{defaults}}}}}\ncollections:\n  A: {{template: {{name: t}}}}\n"
    );
    read(CONFIG, &file);
    read(CONFIG, &format!("collections: {}", "[".repeat(100_000)));
    read(CONFIG, &format!("collections:\n  A:\n    schedule: {}\n", "weekly(".repeat(10_000)));
}

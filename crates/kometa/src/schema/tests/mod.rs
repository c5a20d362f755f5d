//! Compares the schemas with the reader: both must accept and reject the same values.

mod validator;

use std::sync::LazyLock;

use rstest::rstest;
use serde_json::{Value as Json, json};

use super::*;
use crate::finding::{Level, Problem};
use crate::spec::tables::{ATTRIBUTES, BUILDERS, FILTERS};
use crate::spec::{self, Media};
use crate::template::Attribute;
use crate::yaml::{self, Data, Key, Value};
use validator::{accepts, to_json};

fn read(text: &str) -> Value {
    Value::read(&yaml::parse("f.yml", text).unwrap()).unwrap()
}

/// Returns whether the reader accepts a collection with these attributes in a library of movies or of shows.
fn reader_accepts(text: &str) -> bool {
    let Data::Map(map) = read(text).data else { return false };
    let one = |(key, value): (Key, Value)| Attribute { key, value, template: None };
    let attributes: Vec<_> = map.into_iter().map(one).collect();
    [Media::Movies, Media::Shows].into_iter().any(|media| {
        let mut findings = Vec::new();
        spec::read(&attributes, media, &mut findings);
        // Deprecated names are accepted, at any level of finding.
        let old = |problem: &Problem| matches!(problem, Problem::RunsAs { .. });
        findings.iter().all(|finding| finding.level == Level::Note || old(&finding.problem))
    })
}

fn schema_accepts(text: &str) -> bool {
    let file = json!({"collections": {"A": to_json(&read(text))}});
    accepts(&COLLECTIONS, &file)
}

static COLLECTIONS: LazyLock<Json> = LazyLock::new(collections);

/// Valid and invalid values of every type.
const VALUES: [&str; 60] = [
    "",
    "true",
    "false",
    "yes",
    "'n'",
    "maybe",
    "0",
    "1",
    "5",
    "-1",
    "101",
    "1.5",
    "'7'",
    "'0'",
    "' 12 '",
    "5, 6",
    "[1, 2]",
    "[1, x]",
    "[a, b]",
    "a, b",
    "{a: 1}",
    "append",
    "SYNC",
    "mirror",
    "movie",
    "season",
    "Episode",
    "movie, show",
    "[true]",
    "[movie, show]",
    "custom",
    "added",
    "added.asc",
    "Title.Desc",
    "[title.asc, year.desc]",
    "title.asc, year.desc",
    "random",
    "daily",
    "weekly(mon)",
    "weekley",
    "hourly(5-9)",
    "'all[daily, monthly(1)]'",
    "[daily, never]",
    "dayly",
    "weekly(mon",
    "lists/1",
    "https://trakt.tv/users/a/lists/b?sort=rank",
    "[lists/1, trakt.tv/users/a/watchlist]",
    "nothing/2",
    "{chart: popular}",
    "{chart: Watched, time_period: all, limit: 5}",
    "{chart: populr}",
    "{chart: popular, years: 1990-1999}",
    "{chart: popular, gneres: a}",
    "{userlist: watchlist}",
    "{userlist: nothing}",
    "{userlist: collected, user: anna}",
    "{limit: 5}",
    "<<limit>>",
    "'today'",
];

/// Returns whether the schema accepts the value because it cannot express what the reader checks.
fn schema_is_looser(name: &str, value: &str) -> bool {
    let reader_counts = ["{chart: popular, years: 1990-1999}"];
    reader_counts.contains(&value) || name == "builder_level" && value == "movie, show"
}

#[test]
fn schema_and_reader_accept_the_same_attribute_values() {
    let attributes = ATTRIBUTES.iter().map(|(name, _)| *name).filter(|name| *name != "blank_collection");
    let mut differences = Vec::new();
    for name in attributes.chain(BUILDERS).chain(["schedule"]) {
        for value in VALUES {
            let builder = if name == "trakt_list" { "trakt_list_details" } else { "trakt_list" };
            let text = format!("{name}: {value}\n{builder}: lists/1\n");
            let (reader, schema) = (reader_accepts(&text), schema_accepts(&text));
            if reader != schema && !schema_is_looser(name, value) {
                differences.push(format!("{name}: {value} (reader {reader}, schema {schema})"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[test]
fn schema_and_reader_accept_the_same_filter_values() {
    let mut differences = Vec::new();
    for (name, kind, _) in FILTERS {
        for modifier in kind.modifiers().iter().chain(&["count_gt", "begins", "after", "odd"]) {
            for value in [
                "a",
                "5",
                "0",
                "-1",
                "11",
                "[1, 2]",
                "a, b",
                "true",
                "2020-01-31",
                "today",
                "12/31/2020",
                "month",
                "{resolution: 4k}",
                "{gnere: a}",
                "",
            ] {
                let dot = if modifier.is_empty() { "" } else { "." };
                let text = format!("trakt_list: lists/1\nfilters: {{{name}{dot}{modifier}: {value}}}\n");
                let (reader, schema) = (reader_accepts(&text), schema_accepts(&text));
                // Only the reader checks the upper limits of ratings.
                if reader != schema && !(schema && value == "11") {
                    differences
                        .push(format!("{name}{dot}{modifier}: {value} (reader {reader}, schema {schema})"));
                }
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

#[rstest]
#[case("trakt_lst: lists/1", false)]
#[case("imdb_chart: top_movies", true)]
#[case("item_label: x\ntrakt_popular: 5\nradarr_add_missing: true\nhub_priority: 1", true)]
#[case("template: {name: t, x: 1}\nvariables: {a: 1}", true)]
#[case("template: [{x: 1}]", false)]
#[case("trakt_recommended: 5\ncollection_minimum: 3", true)]
#[case("trakt_popular: 5\nfilter: {year.greater: 1990, rating.less: 7}", true)]
#[case("trakt_popular: 5\nfilters: {title.greater: x}", false)]
fn the_schema_knows_attribute_names(#[case] text: &str, #[case] valid: bool) {
    assert_eq!(schema_accepts(text), valid);
}

#[rstest]
#[case(
    "templates: {t: {limit: <<limit>>, default: {limit: 5}, optional: [a], 'x_<<key>>': 1, conditionals: {v: {conditions: [{a: 1, value: 2}]}}}}",
    true
)]
#[case("templates: {t: {conditionals: {v: {default: 2}}}}", false)]
#[case("dynamic_collections: {a: {type: trakt_user_lists, data: [me]}}", true)]
#[case("dynamic_collections: {a: {type: trakt_user_lst}}", false)]
#[case("dynamic_collections: {a: {type: trakt_liked_lists, exlude: x}}", false)]
#[case("dynamic_collections: {a: {type: genre, title_format: x}}", false)]
#[case("playlists: {P: {libraries: [Movies], trakt_list: lists/1, sync_to_users: all}}", true)]
#[case("collections: {P: {libraries: [Movies], trakt_list: lists/1}}", false)]
#[case("colections: {}", false)]
#[case("external_templates: [{file: a.yml, template_variables: {x: 1}}, b.yml]", true)]
fn the_schema_checks_collection_files(#[case] text: &str, #[case] valid: bool) {
    assert_eq!(accepts(&COLLECTIONS, &to_json(&read(text))), valid);
}

#[rstest]
#[case(
    "trakt: {client_id: 00123, pin: 1234e5, authorization: {access_token: x, expires_in: <<life>>}}",
    true
)]
#[case("trakt: {cleint_id: a}", false)]
#[case("trakt: {client_id: a, authorization: {acess_token: x}}", false)]
#[case("trakt: {client_id: a, force_refresh: yes}", false)]
#[case(
    "libraries: {Movies: , Shows: {collection_files: [{default: trakt, template_variables: {limit: 5}}, {file: a.yml, schedule: weekly(mon)}, b.yml]}}",
    true
)]
#[case("libraries: {Movies: {collection_files: {flie: a.yml}}}", false)]
#[case("libraries: {Movies: {collection_file: a.yml}}", false)]
#[case("libraries: {Movies: {settings: {sync_mode: mirror}}}", false)]
#[case(
    "settings: {sync_mode: sync, minimum_items: 2, ignore_ids: 1, save_missing: true, asset_directory: [a], show_missing:}",
    true
)]
#[case("plex: {url: x}\ntmdb: {apikey: y}", true)]
#[case("x-common: &a {b: 1}\nlibraries: {Movies: {settings: {}}}", true)]
#[case("librarys: {}", false)]
#[case("playlist_files: [{file: p.yml}]", true)]
fn the_schema_checks_config_files(#[case] text: &str, #[case] valid: bool) {
    assert_eq!(accepts(&config(), &to_json(&read(text))), valid);
}

#[test]
fn every_reference_has_a_definition_and_every_definition_is_used() {
    for schema in Schema::ALL {
        let schema: Json = serde_json::from_str(&schema.text()).unwrap();
        let definitions = schema["definitions"].as_object().unwrap();
        let text = schema.to_string();
        for part in text.split("#/definitions/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(definitions.contains_key(name), "the definition {name} is missing");
        }
        for name in definitions.keys() {
            assert!(text.contains(&format!("#/definitions/{name}\"")), "the definition {name} is unused");
        }
    }
}

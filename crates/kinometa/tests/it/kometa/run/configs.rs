//! Configs in the style that people write, run end to end: each folder below `tests/it/kometa/runs` is one, with what its
//! run should give in `expected.json`.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clock::{Clock as _, SystemClock};
use rstest::rstest;
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Person, Sim};

use super::super::Kometa;
use super::{Fixture, Ran};

/// Charts and histories follow from this day.
const TODAY: &str = "2026-07-01T12:00:00Z";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/kometa/runs").join(name)
}

/// Anna and Bert have watched, wished for and listed films; Bert's list of thrillers is only for himself.
async fn household(name: &str) -> Fixture {
    let today = DateTime::parse_from_rfc3339(TODAY).unwrap().with_timezone(&Utc);
    let people = [Person::new("anna").vip().history(300), Person::new("bert").history(120)];
    let sim = people.into_iter().fold(Sim::builder().frozen_at(today), |sim, person| sim.person(person));
    let sim = sim.start().await.unwrap();
    let fixture = Fixture { kometa: Kometa { folder: tempfile::tempdir().unwrap(), sim } };
    fixture.fill().await;
    fixture.make_list("marathon", &[3, 0, 8, 5, 2, 14, 20, 1, 30, 6, 4, 10]);
    fixture.make_list("nineties", &[40, 2, 6, 31]);
    parts(&fixture);
    let movie =
        |at: usize| json!({"ids": {"trakt": fixture.kometa.sim.catalogue().movies()[at].facts.ids.trakt}});
    fixture.at_trakt("POST", "/sync/collection", Some(json!({"movies": [movie(18), movie(7), movie(16)]})));
    for (list, privacy, movies) in [("Westerns", "public", [12, 22, 13]), ("Thrillers", "private", [2, 4, 6])]
    {
        let body = json!({"name": list, "privacy": privacy});
        acted(&fixture, "bert", "/users/me/lists", &body);
        let items = json!({"movies": movies.map(movie)});
        acted(&fixture, "bert", &format!("/users/me/lists/{}/items", list.to_lowercase()), &items);
    }
    acted(&fixture, "anna", "/users/bert/lists/westerns/like", &json!({}));
    copy(&folder(name), fixture.kometa.folder.path(), &fixture);
    fixture
}

/// A list of a film, a show, a season and an episode.
fn parts(fixture: &Fixture) {
    let catalogue = fixture.kometa.sim.catalogue();
    let show = |at: usize| catalogue.shows()[at].facts.ids.trakt;
    fixture.make_list("timeline", &[2]);
    for items in [
        json!({"shows": [{"ids": {"trakt": show(2)}}]}),
        json!({"shows": [{"ids": {"trakt": show(0)}, "seasons": [{"number": 1}]}]}),
        json!({"shows": [{"ids": {"trakt": show(4)}, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}]}),
    ] {
        fixture.at_trakt("POST", "/users/me/lists/timeline/items", Some(items));
    }
}

fn acted(fixture: &Fixture, person: &str, path: &str, body: &Value) {
    let acted = fixture.kometa.sim.act(person, "POST", path, Some(body));
    assert!((200..300).contains(&acted.status), "{path}: {acted:?}");
}

/// Copies a config's folder, with credentials in place of the words for them.
fn copy(from: &Path, to: &Path, fixture: &Fixture) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target, fixture);
        } else if path.file_name().unwrap() == "config.yml" {
            std::fs::write(&target, with_credentials(&std::fs::read_to_string(&path).unwrap(), fixture))
                .unwrap();
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

fn with_credentials(config: &str, fixture: &Fixture) -> String {
    let pair = fixture.kometa.sim.issue_token("anna");
    let words = [
        ("CLIENT_ID", DEMO_CLIENT_ID.to_owned()),
        ("CLIENT_SECRET", DEMO_CLIENT_SECRET.to_owned()),
        ("ACCESS_TOKEN", pair.access_token),
        ("REFRESH_TOKEN", pair.refresh_token),
        ("CREATED_AT", SystemClock.now().timestamp().to_string()),
    ];
    words.iter().fold(config.to_owned(), |config, (word, value)| config.replace(word, value))
}

/// 2,000 lines of collections by templates, as scripts write them.
fn write_long(fixture: &Fixture) {
    let mut text = "templates:\n  Years:\n    trakt_chart: {chart: popular, limit: 3, years: <<from>>-<<to>>}\n    collection_order: custom\n    summary: From <<from>> to <<to>>\n    sort_title: \"!<<from>>\"\n\ncollections:\n".to_owned();
    for first in 0..280 {
        let from = 1925 + first % 90;
        let to = from + 5 + first / 90;
        text += &format!(
            "  # {first}\n  Years {from} to {to}:\n    template:\n      name: Years\n      from: {from}\n      to: {to}\n\n"
        );
    }
    let lines = text.lines().count();
    text += &"# the end\n".repeat(2_000_usize.saturating_sub(lines));
    assert_eq!(text.lines().count(), 2_000);
    std::fs::write(fixture.kometa.folder.path().join("movies.yml"), text).unwrap();
}

/// What a run gave, without what other tests are for.
fn short(collections: &[Value], code: Option<i32>) -> Value {
    let titles = |one: &Value, what: &str| -> Value {
        let items = one[what].as_array().unwrap().iter();
        items.map(|item| format!("{} ({})", item["title"].as_str().unwrap(), item["year"])).collect()
    };
    let collections = collections.iter().map(|one| {
        json!({
            "library": one["library"], "name": one["name"], "status": one["status"], "order": one["order"],
            "items": titles(one, "items"), "added": titles(one, "added"), "removed": titles(one, "removed"),
            "missing": titles(one, "missing"), "errors": one["errors"],
        })
    });
    json!({"code": code, "collections": collections.collect::<Vec<_>>()})
}

/// `kinometa collections` with these words, on the config of a fixture.
async fn asked(fixture: &Fixture, arguments: &[&str]) -> (Ran, Option<i32>) {
    let path = fixture.kometa.path();
    let all = [&["collections"], arguments, &["--config", path.to_str().unwrap()]].concat();
    let mut child = fixture.kometa.command(&all).spawn().unwrap();
    drop(child.stdin.take());
    let output = child.wait_with_output().await.unwrap();
    (Ran::from(output.clone()), output.status.code())
}

/// A run gives what `expected.json` says, and the next one changes nothing. What a run really gave is written to the
/// build's folder for temporary files when it differs.
#[rstest]
#[case::anchors_and_merges("anchors", "Nineties")]
#[case::templates_with_conditionals("templates", "Popular Movies")]
#[case::many_libraries("libraries", "Favourites")]
#[case::every_builder("builders", "Nineties Charts")]
#[case::windows_and_emoji("emoji", "🔥 Trending")]
#[case::two_thousand_lines("long", "Years 1925 to 1930")]
#[case::defaults_and_dynamic("dynamic", "Most Popular")]
#[case::orders_limits_and_filters("orders", "By Title")]
#[tokio::test]
async fn a_config_runs_from_end_to_end(#[case] name: &str, #[case] explained: &str) {
    let fixture = household(name).await;
    if name == "long" {
        write_long(&fixture);
    }
    let (checked, code) = asked(&fixture, &["check"]).await;
    assert_eq!(code, Some(0), "{}", checked.said());
    let (told, code) = asked(&fixture, &["explain", "--collection", explained]).await;
    assert_eq!(code, Some(0), "{}", told.said());

    let (first, code, said) = fixture.json(&["--yes"]).await;
    let given = short(&first, code);
    let expected = std::fs::read_to_string(folder(name).join("expected.json")).unwrap_or_default();
    if serde_json::from_str::<Value>(&expected).ok().as_ref() != Some(&given) {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.json"));
        std::fs::write(&path, serde_json::to_string_pretty(&given).unwrap()).unwrap();
        panic!("compare {} with expected.json: {said}", path.display());
    }
    let (second, code_again, said) = fixture.json(&["--yes"]).await;
    assert_eq!((second.len(), code_again), (first.len(), code), "{said}");
    for (one, before) in second.iter().zip(&first) {
        let unchanged = (&before["items"], &json!([]), &json!([]));
        assert_eq!((&one["items"], &one["added"], &one["removed"]), unchanged, "{one} {said}");
    }
}

#[tokio::test]
async fn credentials_that_have_run_out_are_renewed_in_place() {
    let fixture = household("orders").await;
    fixture.kometa.sim.freeze(Some(SystemClock.now()));
    let before = fixture.kometa.text();
    let (_, _, said) = fixture.json(&["--yes"]).await;
    assert_eq!(fixture.kometa.grants(), 1, "{said}");
    let after = fixture.kometa.text();
    let differs: Vec<_> =
        before.lines().zip(after.lines()).filter(|(a, b)| a != b).map(|(a, _)| a.trim()).collect();
    let touched = |line: &&str| {
        ["access_token:", "refresh_token:", "created_at:", "expires_in:"]
            .iter()
            .any(|key| line.starts_with(key))
    };
    assert!(!differs.is_empty() && differs.iter().all(touched), "{differs:?}");
    assert_eq!(before.lines().count(), after.lines().count());
}

//! Collections on Plex, from the command line.

use plex_sim::{Agent, OWNER_TOKEN, Sim, SimHandle};
use serde_json::{Value, json};

use super::{Fixture, titles_of};

const LIST: &str = "collections:\n  Mine:\n    trakt_list: https://trakt.tv/users/anna/lists/mine\n    collection_order: custom\n    sync_mode: sync\n";
const LIBRARIES: &str = "libraries:\n  Movies:\n    collection_files:\n      - file: movies.yml\n";

/// Starts a Plex simulator whose first movies are those at these positions of Trakt's catalogue, with a list
/// of the same movies.
async fn fixture(movies: &[usize], plex_block: bool) -> (Fixture, SimHandle) {
    let plex =
        Sim::builder().library("Movies", plex_sim::Kind::Movie, Agent::Plex, 20).start().await.unwrap();
    let block = format!("plex:\n  url: {}\n  token: {OWNER_TOKEN}\n", plex.url());
    let config = format!("{{trakt}}{}{LIBRARIES}", if plex_block { block.as_str() } else { "" });
    let fixture = Fixture::with(&[("config.yml", config.as_str()), ("movies.yml", LIST)]).await;
    fixture.make_list("mine", movies);
    let catalogue = fixture.kometa.sim.catalogue();
    for (title, at) in plex.titles("Movies").iter().zip(movies) {
        let ids = &catalogue.movies()[*at].facts.ids;
        let guids =
            [ids.tmdb.map(|id| format!("tmdb://{id}")), ids.imdb.as_ref().map(|id| format!("imdb://{id}"))];
        plex.change_item(title.key, |item| item.guids = guids.into_iter().flatten().collect());
    }
    (fixture, plex)
}

fn statuses(collections: &[Value]) -> Vec<String> {
    let status =
        |one: &Value| format!("{} {}", one["target"].as_str().unwrap(), one["status"].as_str().unwrap());
    collections.iter().map(status).collect()
}

#[tokio::test]
async fn a_plex_block_makes_plex_the_default_target() {
    let (fixture, plex) = fixture(&[4, 0, 2], true).await;
    let (dry, code, stderr) = fixture.json(&["--dry-run"]).await;
    assert_eq!((statuses(&dry), code), (vec!["Plex Created".to_owned()], Some(0)), "{stderr}");
    assert!(plex.requests().iter().all(|request| request.method == "GET"));
    let (made, code, stderr) = fixture.json(&[]).await;
    assert_eq!((statuses(&made), code), (vec!["Plex Created".to_owned()], Some(0)), "{stderr}");
    let keys: Vec<u64> = plex.titles("Movies").iter().take(3).map(|title| title.key).collect();
    assert_eq!(plex.members("Mine"), keys);
    assert_eq!(plex.collection("Mine").unwrap().labels(), ["Kinometa"]);
    let lists = |fixture: &Fixture| {
        let read = |request: &&trakt_sim::Received| request.path.contains("/lists/mine/items");
        fixture.kometa.sim.requests().iter().filter(read).count()
    };
    let before = lists(&fixture);
    let (both, _, stderr) = fixture.json(&["--target", "both", "--kometa-label"]).await;
    assert_eq!(statuses(&both), ["Plex Updated Metadata", "Kinometa Created"], "{stderr}");
    assert_eq!(titles_of(&both[1], "items"), fixture.titles(&[4, 0, 2]));
    assert_eq!(lists(&fixture) - before, 1, "the list must be read only once for both targets");
    plex.clear_requests();
    let (own, ..) = fixture.json(&["--target", "own"]).await;
    assert_eq!((statuses(&own), plex.requests().len()), (vec!["Kinometa Unchanged".to_owned()], 0));
}

#[tokio::test]
async fn without_a_plex_block_kinometas_library_is_the_target() {
    let (fixture, _plex) = fixture(&[0, 2], false).await;
    let (own, ..) = fixture.json(&[]).await;
    assert_eq!(statuses(&own), ["Kinometa Created"]);
    let (ran, code) = fixture.ran(&["--target", "plex"]).await;
    assert_eq!(code, Some(2));
    assert!(ran.err.contains("no Plex server is known"), "{}", ran.all_output());
}

#[tokio::test]
async fn an_unreachable_plex_server_is_reported_without_its_token() {
    let (fixture, plex) = fixture(&[0, 2], true).await;
    plex.shutdown().await;
    let (ran, code) = fixture.ran(&[]).await;
    assert_eq!(code, Some(2));
    assert!(ran.err.contains("cannot be reached"), "{}", ran.all_output());
    assert!(!ran.all_output().contains(OWNER_TOKEN));
}

#[tokio::test]
async fn a_list_on_trakt_is_synced_with_only_one_of_two_targets() {
    let (fixture, plex) = fixture(&[4, 0, 2], true).await;
    fixture.on_trakt("POST", "/users/me/lists", Some(json!({"name": "same", "privacy": "public"})));
    let synced = format!("{LIST}    sync_to_trakt_list: same\n");
    std::fs::write(fixture.kometa.folder.path().join("movies.yml"), synced).unwrap();
    // A title that is missing on Plex is in Kinometa's library, whose collection would add it to the list.
    plex.change_item(plex.titles("Movies")[1].key, |item| item.guids.clear());
    let (both, code, stderr) = fixture.json(&["--target", "both"]).await;
    assert_eq!(
        (statuses(&both), code),
        (vec!["Plex Created".into(), "Kinometa Created".into()], Some(0)),
        "{stderr}"
    );
    let on_list = fixture.on_trakt("GET", "/users/me/lists/same/items", None);
    let titles = on_list.as_array().unwrap().iter().map(|item| item["movie"]["title"].as_str().unwrap());
    assert_eq!(titles.collect::<Vec<_>>(), fixture.titles(&[4, 2]));
    assert_eq!((both[0].get("trakt_list").is_some(), both[1].get("trakt_list")), (true, None));
}

#[tokio::test]
async fn the_summary_shows_the_target_of_each_collection() {
    let (fixture, _plex) = fixture(&[4, 0, 2], true).await;
    let rows = |out: &str| out.lines().filter(|line| line.contains(" | Created")).count();
    let (alone, _) = fixture.ran(&["--target", "plex"]).await;
    assert_eq!((rows(&alone.out), alone.out.contains("(Plex)")), (1, false), "{}", alone.out);
    let (both, _) = fixture.ran(&["--target", "both"]).await;
    assert!(both.out.contains(" (Plex) "), "{}", both.out);
    assert!(both.out.contains(" (Kinometa) "), "{}", both.out);
}

const LISTS: &str =
    "dynamic_collections:\n  Lists:\n    type: trakt_user_lists\n    data: anna\n    sync: true\n";

#[tokio::test]
async fn collections_of_deleted_lists_are_removed_on_plex() {
    let (fixture, plex) = fixture(&[4, 0, 2], true).await;
    fixture.make_list("other", &[0]);
    std::fs::write(fixture.kometa.folder.path().join("movies.yml"), LISTS).unwrap();
    plex.create_collection("Movies", "By hand", &[plex.titles("Movies")[7].key]).unwrap();
    let list_requests = |fixture: &Fixture| {
        let lists = |request: &&trakt_sim::Received| request.path == "/users/anna/lists";
        fixture.kometa.sim.requests().iter().filter(lists).count()
    };
    // Anna has other lists too.
    let of = |ran: &[Value], name: &str| {
        let found = ran.iter().find(|one| one["name"] == name);
        found.map_or_else(String::new, |one| statuses(std::slice::from_ref(one)).remove(0))
    };
    let (made, code, stderr) = fixture.json(&["--target", "plex"]).await;
    assert_eq!((of(&made, "other"), code), ("Plex Created".to_owned(), Some(0)), "{stderr}");
    assert_eq!(plex.collection("other").unwrap().labels(), ["Kinometa", "Lists"]);
    let once = list_requests(&fixture);
    let (both, _, stderr) = fixture.json(&["--target", "both"]).await;
    assert_eq!((both.len(), list_requests(&fixture) - once), (2 * made.len(), once), "{stderr}");

    fixture.on_trakt("DELETE", "/users/me/lists/other", None);
    plex.clear_requests();
    let (dry, ..) = fixture.json(&["--target", "plex", "--dry-run"]).await;
    assert_eq!((of(&dry, "mine"), of(&dry, "other")), ("Plex Unchanged".into(), "Plex Deleted".into()));
    assert!(plex.requests().iter().all(|request| request.method == "GET"));
    assert!(plex.collection("other").is_some());
    let (deleted, code, stderr) = fixture.json(&["--target", "plex"]).await;
    assert_eq!((of(&deleted, "other"), code), ("Plex Deleted".to_owned(), Some(0)), "{stderr}");
    assert!(plex.collection("other").is_none());
    assert!(plex.collection("mine").is_some() && plex.collection("By hand").is_some());
}

#[tokio::test]
async fn a_manually_created_collection_waits_and_json_contains_the_reason() {
    let (fixture, plex) = fixture(&[4, 0, 2], true).await;
    plex.create_collection("Movies", "mine", &[plex.titles("Movies")[9].key]).unwrap();
    let waiting = fixture.one("Mine", &[]).await;
    assert_eq!(waiting["status"], "Waiting for Confirmation", "{waiting}");
    assert!(waiting["waits"][0].as_str().unwrap().contains("created manually"), "{waiting}");
    assert_eq!(plex.members("mine").len(), 1);
    let taken = fixture.one("Mine", &["--yes"]).await;
    assert_eq!((&taken["status"], &taken["waits"]), (&json!("Modified"), &json!([])), "{taken}");
    assert_eq!(plex.members("mine").len(), 3);
}

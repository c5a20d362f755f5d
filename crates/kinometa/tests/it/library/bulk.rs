//! Marking, unmarking and listing many titles with one request, and undoing this.

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::DEMO_USER;

use super::fixture::Fixture;
use super::matches::add_film;
use super::on_trakt::connected;

const PLANETS: &[&str] = &[
    "Planets/Planets S00E01.mkv",
    "Planets/Planets S01E01.mkv",
    "Planets/Planets S01E02.mkv",
    "Planets/Planets S01E03.mkv",
    "Planets/Planets S02E01.mkv",
    "Planets/Planets S02E02.mkv",
];

async fn mark(fixture: &Fixture, body: Value) -> usize {
    let made = fixture.admin.post("/api/plays/mark", body).await.good(StatusCode::CREATED);
    made["play_ids"].as_array().unwrap().len()
}

async fn unmark(fixture: &Fixture, body: Value) -> Vec<Value> {
    let removed = fixture.admin.post("/api/plays/unmark", body).await.good(StatusCode::OK);
    removed["plays"].as_array().unwrap().clone()
}

async fn restore(fixture: &Fixture, plays: &[Value]) -> usize {
    let made =
        fixture.admin.post("/api/plays/restore", json!({"plays": plays})).await.good(StatusCode::CREATED);
    made["play_ids"].as_array().unwrap().len()
}

async fn watched_episodes(fixture: &Fixture, show: &Value) -> Vec<String> {
    let mut watched = Vec::new();
    for season in 0..3 {
        for episode in fixture.season(show, season).await["episodes"].as_array().unwrap() {
            if episode["watched"] == true {
                watched.push(format!("{season}x{}", episode["episode_number"]));
            }
        }
    }
    watched
}

async fn episode(fixture: &Fixture, show: &Value, season: i32, number: usize) -> Value {
    fixture.season(show, season).await["episodes"][number - 1]["id"].clone()
}

#[tokio::test]
async fn marking_up_to_an_episode_covers_earlier_seasons_without_specials() {
    let fixture = Fixture::shows(PLANETS).await;
    let show = fixture.title("show", "Planets").await["id"].clone();
    let first = episode(&fixture, &show, 1, 1).await;
    assert_eq!(mark(&fixture, json!({"title_ids": [first]})).await, 1);
    let here = episode(&fixture, &show, 2, 1).await;
    let up_to_here = json!({"title_ids": [here], "and_earlier": true});
    assert_eq!(mark(&fixture, up_to_here.clone()).await, 3, "watched episodes get no second play");
    assert_eq!(watched_episodes(&fixture, &show).await, ["1x1", "1x2", "1x3", "2x1"]);
    assert_eq!(mark(&fixture, up_to_here).await, 0);
}

#[tokio::test]
async fn a_title_named_twice_is_marked_once() {
    let fixture = Fixture::shows(PLANETS).await;
    let show = fixture.title("show", "Planets").await["id"].clone();
    let here = episode(&fixture, &show, 1, 2).await;
    assert_eq!(mark(&fixture, json!({"title_ids": [here, show, here]})).await, 5);
}

#[tokio::test]
async fn seasons_and_shows_can_be_unmarked_as_a_whole_and_restored() {
    let fixture = Fixture::shows(PLANETS).await;
    let show = fixture.title("show", "Planets").await["id"].clone();
    let special = episode(&fixture, &show, 0, 1).await;
    mark(&fixture, json!({"title_ids": [show, special]})).await;
    let season = fixture.season(&show, 1).await["id"].clone();
    let preview = unmark(&fixture, json!({"title_ids": [season], "preview": true})).await;
    assert_eq!(
        (preview.len(), watched_episodes(&fixture, &show).await.len()),
        (3, 6),
        "a preview changes nothing"
    );
    let removed = unmark(&fixture, json!({"title_ids": [season]})).await;
    assert_eq!(
        (removed.len(), watched_episodes(&fixture, &show).await),
        (3, vec!["0x1".into(), "2x1".into(), "2x2".into()])
    );
    let rest = unmark(&fixture, json!({"title_ids": [show]})).await;
    assert_eq!((rest.len(), watched_episodes(&fixture, &show).await.len()), (3, 0));
    assert_eq!(restore(&fixture, &[removed, rest].concat()).await, 6);
    assert_eq!(watched_episodes(&fixture, &show).await.len(), 6);
}

#[tokio::test]
async fn plays_are_restored_with_their_times_and_only_once() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    for time in ["2026-01-01T22:30:00Z", "2026-01-01T22:30:00Z", "unknown"] {
        let body = json!({"watched_at": time});
        fixture.admin.post(&format!("/api/titles/{id}/watched"), body).await.good(StatusCode::CREATED);
    }
    let removed = unmark(&fixture, json!({"title_ids": [id]})).await;
    assert_eq!(removed.len(), 3);
    assert_eq!((restore(&fixture, &removed).await, restore(&fixture, &removed).await), (3, 0));
    let mut times: Vec<_> = fixture.detail(&id).await["recent_plays"].as_array().unwrap().clone();
    times.retain(|play| play["watched_at"] == "2026-01-01T22:30:00Z");
    assert_eq!((times.len(), fixture.detail(&id).await["plays"].clone()), (2, json!(3)));
}

#[tokio::test]
async fn other_users_plays_and_invalid_requests_change_nothing() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    let play = fixture.watch(&id).await[0]["id"].clone();
    let stranger = fixture.app.user("robin").await;
    let kept = stranger.post("/api/plays/delete", json!({"play_ids": [play]})).await.good(StatusCode::OK);
    assert_eq!((&kept["plays"], fixture.detail(&id).await["plays"].clone()), (&json!([]), json!(1)));
    let wrong = fixture.admin.post("/api/plays/unmark", json!({"title_ids": [id, 987_654]})).await;
    assert_eq!(wrong.error(StatusCode::NOT_FOUND), "not_found");
    let tomorrow =
        json!({"title_id": id, "watched_at": "2999-01-01T00:00:00Z", "source": "manual", "private": false});
    let wrong = fixture.admin.post("/api/plays/restore", json!({"plays": [tomorrow]})).await;
    assert_eq!(wrong.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    let many: Vec<i64> = (0..20_001).collect();
    let wrong = fixture.admin.post("/api/plays/unmark", json!({"title_ids": many})).await;
    assert_eq!(wrong.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    assert_eq!(fixture.detail(&id).await["plays"], 1);
}

#[tokio::test]
async fn all_ids_of_a_selection_are_listed_in_order() {
    let fixture = Fixture::movies(&["A (1990).mkv", "B (1991).mkv", "C (1992).mkv"]).await;
    let listed: Vec<Value> = fixture.titles("movie").await.iter().map(|title| title["id"].clone()).collect();
    let ids = fixture.admin.get("/api/titles/ids?kind=movie&limit=1").await.good(StatusCode::OK);
    assert_eq!(ids["ids"], json!(listed));
    mark(&fixture, json!({"title_ids": [listed[1]]})).await;
    let ids = fixture.admin.get("/api/titles/ids?kind=movie&watched=no").await.good(StatusCode::OK);
    assert_eq!(ids["ids"], json!([listed[0], listed[2]]));
}

/// Returns the number of POST requests to a path on Trakt.
fn post_count(fixture: &Fixture, path: &str) -> usize {
    let requests = fixture.app.simulator().requests();
    requests.iter().filter(|request| request.method == "POST" && request.path == path).count()
}

fn plays_on_trakt(fixture: &Fixture, ids: &[u64]) -> usize {
    let history = fixture.app.simulator().act(DEMO_USER, "GET", "/sync/history/movies?limit=250", None).body;
    let plays = history.as_array().unwrap();
    plays.iter().filter(|play| ids.contains(&play["movie"]["ids"]["trakt"].as_u64().unwrap())).count()
}

#[tokio::test]
async fn many_titles_are_sent_and_removed_with_one_request_each() {
    let fixture = connected("movies").await;
    let mut known = Vec::new();
    for number in 0..3 {
        known.push(add_film(&fixture, number).await.1);
    }
    fixture
        .wait_until("three films to be matched", async || {
            fixture.titles("movie").await.iter().filter(|title| title["matched"] == true).count() == 3
        })
        .await;
    let ids: Vec<Value> = fixture.titles("movie").await.iter().map(|title| title["id"].clone()).collect();
    let before = plays_on_trakt(&fixture, &known);
    unmark(&fixture, json!({"title_ids": ids})).await;
    fixture.app.drained().await;
    let (adds, removes) =
        (post_count(&fixture, "/sync/history"), post_count(&fixture, "/sync/history/remove"));
    let start = plays_on_trakt(&fixture, &known);
    assert!(start <= before);
    assert_eq!(mark(&fixture, json!({"title_ids": ids})).await, 3);
    fixture.app.drained().await;
    assert_eq!(
        (plays_on_trakt(&fixture, &known), post_count(&fixture, "/sync/history")),
        (start + 3, adds + 1)
    );
    let removed = unmark(&fixture, json!({"title_ids": ids})).await;
    fixture.app.drained().await;
    assert_eq!(
        (plays_on_trakt(&fixture, &known), post_count(&fixture, "/sync/history/remove")),
        (start, removes + 1)
    );
    assert_eq!(restore(&fixture, &removed).await, 3);
    fixture.app.drained().await;
    assert_eq!(plays_on_trakt(&fixture, &known), start + 3, "the plays are restored on Trakt too");
    let lists = post_count(&fixture, "/sync/watchlist");
    let body = json!({"title_ids": ids, "on": true});
    let changed = fixture.admin.post("/api/watchlist", body).await.good(StatusCode::OK);
    fixture.app.drained().await;
    let new = changed["title_ids"].as_array().unwrap().len();
    assert_eq!(post_count(&fixture, "/sync/watchlist"), lists + usize::from(new > 0));
    assert!(fixture.titles("movie").await.iter().all(|title| title["in_watchlist"] == true));
}

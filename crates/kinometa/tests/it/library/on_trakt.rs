//! Effects on Trakt of marking as watched, match corrections and the collection, observed in the simulator.

use std::time::Duration;

use db::ids::{FileId, PlayId};
use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::DEMO_USER;

use super::fixture::Fixture;
use super::matches::{add_film, decide, film};
use crate::support::EventStream;

pub(super) async fn connected(kind: &str) -> Fixture {
    let fixture = Fixture::with_trakt(kind, &[]).await;
    let mut events = EventStream::open(&fixture.admin).await;
    let started = fixture.admin.post("/api/trakt/connect", json!({})).await.good(StatusCode::CREATED);
    assert!(fixture.app.simulator().approve(started["user_code"].as_str().unwrap(), DEMO_USER));
    events.wait_for("connect", |connect| connect["state"] == "approved").await;
    fixture
}

/// Returns the number of plays of a movie in the history on Trakt.
fn plays_on_trakt(fixture: &Fixture, trakt: u64) -> usize {
    let history = fixture.app.simulator().act(DEMO_USER, "GET", "/sync/history/movies?limit=250", None).body;
    let plays = history.as_array().unwrap();
    plays.iter().filter(|play| play["movie"]["ids"]["trakt"] == trakt).count()
}

async fn mark_watched(fixture: &Fixture, title: &str) -> Value {
    let id = fixture.title("movie", title).await["id"].clone();
    let play = fixture.watch(&id).await[0].clone();
    fixture.app.drained().await;
    play
}

#[tokio::test]
async fn marked_and_deleted_plays_are_sent_to_trakt() {
    let fixture = connected("movies").await;
    let (title, trakt) = add_film(&fixture, 0).await;
    fixture.wait_for_match("matched").await;
    let before = plays_on_trakt(&fixture, trakt);
    mark_watched(&fixture, &title).await;
    let second = mark_watched(&fixture, &title).await;
    assert_eq!(plays_on_trakt(&fixture, trakt), before + 2);
    let timeline = fixture.admin.get("/api/timeline").await.good(StatusCode::OK);
    assert_eq!(timeline["days"][0]["plays"][0]["trakt"]["state"], "sent");
    fixture.admin.delete(&format!("/api/plays/{}", second["id"])).await.good(StatusCode::NO_CONTENT);
    fixture.app.drained().await;
    assert_eq!(plays_on_trakt(&fixture, trakt), before + 1);
}

#[tokio::test]
async fn correcting_a_match_moves_the_plays_on_trakt() {
    let fixture = connected("movies").await;
    let (title, wrong) = add_film(&fixture, 0).await;
    let found = fixture.wait_for_match("matched").await;
    let (_, _, right) = film(&fixture.app, 1);
    let before = (plays_on_trakt(&fixture, wrong), plays_on_trakt(&fixture, right));
    let play = mark_watched(&fixture, &title).await;
    let file = fixture.detail(&play["title"]["id"]).await["files"][0]["id"].as_i64().unwrap();
    set_file(&fixture, PlayId(play["id"].as_i64().unwrap()), FileId(file)).await;
    assert_eq!(plays_on_trakt(&fixture, wrong), before.0 + 1);
    decide(&fixture, &found["id"], json!({"trakt_id": right})).await;
    fixture.app.drained().await;
    assert_eq!((plays_on_trakt(&fixture, wrong), plays_on_trakt(&fixture, right)), (before.0, before.1 + 1));
}

/// Replaces a play with a copy that was watched from a file.
async fn set_file(fixture: &Fixture, play: PlayId, file: FileId) {
    let db = fixture.app.state().db();
    let row = db::plays::find(db, play).await.unwrap().unwrap();
    let copy = db::plays::NewPlay {
        user_id: row.user_id,
        title_id: row.title_id,
        watched_at: row.watched_at,
        source: row.source,
        file_id: Some(file),
        is_private: row.is_private,
        trakt_history_id: row.trakt_history_id,
    };
    let tx = db.begin().await.unwrap();
    db::plays::delete(&tx, play).await.unwrap();
    db::plays::insert(&tx, copy, row.created_at).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_changed_time_is_sent_to_trakt() {
    let fixture = connected("movies").await;
    let (title, trakt) = add_film(&fixture, 0).await;
    fixture.wait_for_match("matched").await;
    let before = plays_on_trakt(&fixture, trakt);
    let play = mark_watched(&fixture, &title).await;
    let body = json!({"watched_at": "2011-03-04T20:15:00Z"});
    fixture.admin.patch(&format!("/api/plays/{}", play["id"]), body).await.good(StatusCode::OK);
    fixture.app.drained().await;
    assert_eq!(plays_on_trakt(&fixture, trakt), before + 1);
    let path = "/sync/history/movies?start_at=2011-03-04T00:00:00Z&end_at=2011-03-05T00:00:00Z";
    let on_trakt = fixture.app.simulator().act(DEMO_USER, "GET", path, None).body;
    let times: Vec<_> = on_trakt.as_array().unwrap().iter().map(|play| play["watched_at"].clone()).collect();
    assert_eq!(times, ["2011-03-04T20:15:00.000Z"]);
}

/// Sends changes until the collection on Trakt contains exactly the movies with these IDs.
async fn wait_until_collected(fixture: &Fixture, expected: &[u64]) {
    let collected = || -> Vec<u64> {
        let on_trakt = fixture.app.simulator().act(DEMO_USER, "GET", "/sync/collection/movies", None).body;
        let id = |copy: &Value| copy["movie"]["ids"]["trakt"].as_u64().unwrap();
        on_trakt.as_array().unwrap().iter().map(id).collect()
    };
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    let mut wait = tokio::time::interval(Duration::from_millis(50));
    for _ in 0..400 {
        fixture.app.state().engine().drain(fixture.admin.id()).await.unwrap();
        let mut on_trakt = collected();
        on_trakt.sort_unstable();
        if on_trakt == expected {
            return;
        }
        wait.tick().await;
    }
    panic!("the collection on Trakt is not {expected:?} but {:?}", collected());
}

async fn log_entries(fixture: &Fixture, what: &str) -> Vec<Value> {
    let path = format!("/api/trakt/log?category=collection&what={what}");
    fixture.admin.get(&path).await.good(StatusCode::OK)["items"].as_array().unwrap().clone()
}

async fn undo(fixture: &Fixture, change: &Value) {
    assert_eq!(change["can_undo"], true, "{change}");
    let path = format!("/api/trakt/log/{}/undo", change["id"]);
    let undone = fixture.admin.post(&path, json!({})).await.good(StatusCode::OK);
    assert!(undone["undone_at"].is_string() && undone["can_undo"] == false, "{undone}");
    assert_eq!(fixture.admin.post(&path, json!({})).await.error(StatusCode::CONFLICT), "cannot_undo");
}

/// The first title was added by an import, the second one by a later scan.
#[tokio::test]
async fn undoing_an_addition_removes_the_title_from_the_collection_permanently() {
    let fixture = connected("movies").await;
    let (_, first) = add_film(&fixture, 0).await;
    fixture.wait_for_match("matched").await;
    fixture.admin.post("/api/trakt/import", json!({"import": true})).await.good(StatusCode::ACCEPTED);
    wait_until_collected(&fixture, &[first]).await;
    let (name, second) = add_film(&fixture, 1).await;
    fixture
        .wait_until("both films to be matched", async || {
            fixture.titles("movie").await.iter().filter(|title| title["matched"] == true).count() == 2
        })
        .await;
    fixture.rescan().await;
    wait_until_collected(&fixture, &[first, second]).await;
    let added = log_entries(&fixture, "added").await;
    assert_eq!((added.len(), &added[0]["title"]["name"], &added[1]["count"]), (2, &json!(name), &json!(1)));

    undo(&fixture, &added[0]).await;
    wait_until_collected(&fixture, &[first]).await;
    fixture.rescan().await;
    wait_until_collected(&fixture, &[first]).await;
    assert_eq!(fixture.titles("movie").await.len(), 2, "the file and its title are kept");
    undo(&fixture, &added[1]).await;
    wait_until_collected(&fixture, &[]).await;
    let removed = log_entries(&fixture, "removed").await;
    assert_eq!(removed.len(), 2);
    undo(&fixture, &removed[1]).await;
    wait_until_collected(&fixture, &[second]).await;
}

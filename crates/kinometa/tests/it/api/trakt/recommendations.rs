//! Recommendations and resume points from Trakt, over HTTP.

use reqwest::StatusCode;
use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, Sim};

use super::connect;
use crate::support::{Actor, EventStream, TestApp, rows};

/// Returns a server, a user who has imported their account, and the ID of a movie that exists here and on Trakt.
async fn imported() -> (TestApp, Actor, i64) {
    let app = TestApp::builder().simulator(Sim::builder().movies(4).shows(2)).start().await;
    app.admin().await.put("/api/trakt/application", super::application()).await.good(StatusCode::OK);
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let trakt_id = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let movie = rows::movie(&app, "A movie", Some(trakt_id.cast_signed())).await;
    app.state().catalogue().library_changed();
    app.state().catalogue().refreshed().await;
    let mut events = EventStream::open(&anna).await;
    anna.post("/api/trakt/import", json!({"import": true})).await.good(StatusCode::ACCEPTED);
    events.wait_for("sync", |sync| state(sync, "recommendations") == "following").await;
    (app, anna, movie.id.0)
}

fn state(sync: &Value, category: &str) -> Value {
    let all = sync["categories"].as_array().unwrap();
    all.iter().find(|one| one["category"] == category).unwrap()["state"].clone()
}

async fn recommended(anna: &Actor) -> Vec<Value> {
    anna.get("/api/recommendations").await.good(StatusCode::OK)["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn recommendations_are_shown_and_can_be_hidden_on_trakt() {
    let (app, anna, _) = imported().await;
    let items = recommended(&anna).await;
    assert!(!items.is_empty());
    let first = items[0]["title"].clone();
    assert_eq!(items[0]["in_library"], false, "this test has no files");
    let path = format!("/api/titles/{}/not-interested", first["id"]);
    anna.put(&path, json!({})).await.good(StatusCode::NO_CONTENT);
    assert_eq!(recommended(&anna).await.len(), items.len() - 1);
    app.drained().await;
    let hidden = || app.simulator().act(DEMO_USER, "GET", "/users/hidden/recommendations", None).body;
    assert_eq!(hidden().as_array().unwrap().len(), 1);
    let ben = app.user("ben").await;
    assert_eq!(recommended(&ben).await, [] as [Value; 0], "the recommendations belong to anna");

    anna.delete(&path).await.good(StatusCode::NO_CONTENT);
    app.drained().await;
    assert_eq!(hidden(), json!([]));
    assert_eq!(recommended(&anna).await.len(), items.len());
    anna.put("/api/titles/999/not-interested", json!({})).await.error(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_resume_point_from_another_device_is_shown() {
    let (app, anna, movie) = imported().await;
    let trakt_id = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let mut title = db::titles::find(app.state().db(), db::ids::TitleId(movie)).await.unwrap().unwrap();
    title.runtime_minutes = Some(100);
    let tx = app.state().db().begin().await.unwrap();
    db::titles::update(&tx, title).await.unwrap();
    tx.commit().await.unwrap();
    let body = json!({"movie": {"ids": {"trakt": trakt_id}}, "progress": 40.0});
    app.simulator().act(DEMO_USER, "POST", "/scrobble/pause", Some(&body));
    let mut events = EventStream::open(&anna).await;
    anna.post("/api/trakt/sync", json!({})).await.good(StatusCode::ACCEPTED);
    events.wait_for("sync", |_| true).await;
    let mut percent = Value::Null;
    for _ in 0..50 {
        percent = anna.get(&format!("/api/titles/{movie}")).await.json()["progress_percent"].clone();
        if !percent.is_null() {
            break;
        }
        events.wait_for("sync", |_| true).await;
    }
    assert_eq!(percent, 40.0);
}

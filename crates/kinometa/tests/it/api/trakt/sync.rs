//! Importing and syncing the history, over HTTP.

use reqwest::StatusCode;
use serde_json::json;
use trakt_sim::Person;

use super::{connect, with_application, without_application};
use crate::support::{Actor, EventStream, TestApp};

const IMPORT: &str = "/api/trakt/import";
const SYNC: &str = "/api/trakt/sync";
const PLAYS: usize = 300;

/// Returns a server and a user whose account on Trakt has a history.
async fn with_history() -> (TestApp, Actor) {
    let app = with_application().await;
    app.simulator().add_person(&Person::new("bea").history(PLAYS));
    let bea = app.user("bea").await;
    connect(&app, &bea, "bea").await;
    (app, bea)
}

async fn timeline(actor: &Actor) -> usize {
    let page = actor.get("/api/timeline?limit=500").await.good(StatusCode::OK);
    let days = page["days"].as_array().unwrap();
    days.iter().map(|day| day["plays"].as_array().unwrap().len()).sum()
}

#[tokio::test]
async fn the_history_is_imported_after_a_preview_and_shown_in_the_timeline() {
    let (_app, bea) = with_history().await;
    let preview = bea.get(IMPORT).await.good(StatusCode::OK);
    assert_eq!(
        (&preview["counts"]["plays"], &preview["add"], &preview["push"]),
        (&json!(PLAYS), &json!(PLAYS), &json!(0))
    );
    assert_eq!(bea.get(SYNC).await.json()["categories"][0]["state"], "undecided");
    assert_eq!(timeline(&bea).await, 0);

    let mut events = EventStream::open(&bea).await;
    let begun = bea.post(IMPORT, json!({"import": true})).await.good(StatusCode::ACCEPTED);
    assert_eq!(begun["categories"][0]["state"], "importing");
    events.wait_for("sync", |sync| sync["categories"][0]["done"] == PLAYS).await;
    assert_eq!(timeline(&bea).await, PLAYS);
    let library = bea.get("/api/titles?kind=movie").await.good(StatusCode::OK);
    assert_eq!(library["total"], 0, "titles without files must not be listed in the library");
    assert_eq!(bea.get(SYNC).await.json()["categories"][0]["total"], PLAYS);
    bea.post(SYNC, json!({})).await.good(StatusCode::ACCEPTED);
}

#[tokio::test]
async fn an_import_can_be_cancelled() {
    let (app, bea) = with_history().await;
    app.simulator()
        .add_fault(trakt_sim::Fault::on("/sync/history", trakt_sim::FaultKind::Empty { status: 502 }));
    bea.post(IMPORT, json!({"import": true})).await.good(StatusCode::ACCEPTED);
    let cancelled = bea.delete(IMPORT).await.good(StatusCode::OK);
    assert_eq!(cancelled["categories"][0]["state"], "cancelled");
    bea.delete(IMPORT).await.good(StatusCode::OK);
}

#[tokio::test]
async fn importing_requires_a_connected_account() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    assert_eq!(anna.get(IMPORT).await.error(StatusCode::CONFLICT), "trakt_not_connected");
    let refused = anna.post(IMPORT, json!({"import": true})).await.error(StatusCode::CONFLICT);
    assert_eq!(refused, "trakt_not_connected");
    anna.post(IMPORT, json!({"import": "yes"})).await.error(StatusCode::UNPROCESSABLE_ENTITY);
    anna.get(SYNC).await.good(StatusCode::OK);
    let app = without_application().await;
    let refused = app.user("anna").await.post(SYNC, json!({})).await.error(StatusCode::CONFLICT);
    assert_eq!(refused, "trakt_not_configured");
}

//! /api/trakt/queue

use reqwest::StatusCode;
use serde_json::json;
use trakt_sim::DEMO_USER;

use super::{connect, with_application};
use crate::support::{Actor, TestApp, rows};

const PATH: &str = "/api/trakt/queue";

/// Returns a user with a play that Trakt rejected, because it has no movie with this ID, and the ID of the queued item.
async fn with_rejected_play() -> (TestApp, Actor, i64) {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let unknown = rows::movie(&app, "Withdrawn", Some(999_999_999)).await;
    rows::add_queued_play(&app, anna.id(), &unknown, app.state().now()).await;
    app.state().engine().drain(anna.id()).await.unwrap();
    let queue = anna.get(PATH).await.good(StatusCode::OK);
    let id = queue["items"][0]["id"].as_i64().unwrap();
    (app, anna, id)
}

#[tokio::test]
async fn a_rejected_item_is_shown_with_the_reason_and_advice() {
    let (_app, anna, _) = with_rejected_play().await;
    let queue = anna.get(PATH).await.good(StatusCode::OK);
    assert_eq!(queue["total"], 1);
    let item = &queue["items"][0];
    assert_eq!((item["kind"].as_str(), item["state"].as_str()), (Some("history_add"), Some("failed")));
    assert!(item["error"]["message"].as_str().unwrap().contains("can't find this title"), "{item}");
    assert!(item["error"]["action"].is_string());
    assert_eq!(anna.get("/api/trakt").await.json()["queue"], json!({"pending": 0, "failed": 1}));
}

#[tokio::test]
async fn only_the_owner_can_retry_or_delete_a_rejected_item() {
    let (app, anna, id) = with_rejected_play().await;
    let (item, retry) = (format!("{PATH}/{id}"), format!("{PATH}/{id}/retry"));
    let ben = app.user("ben").await;
    assert_eq!(ben.post(&retry, json!({})).await.error(StatusCode::NOT_FOUND), "not_found");
    assert_eq!(ben.delete(&item).await.error(StatusCode::NOT_FOUND), "not_found");

    anna.post(&retry, json!({})).await.good(StatusCode::NO_CONTENT);
    app.state().engine().drain(anna.id()).await.unwrap();
    assert_eq!(anna.get(PATH).await.json()["items"][0]["state"], "failed", "it was sent and rejected again");

    anna.delete(&item).await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(PATH).await.json()["total"], 0);
    anna.delete(&item).await.error(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn plays_wait_while_trakt_is_unreachable_and_are_sent_later() {
    let mut app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let known = app.simulator().catalogue().movies()[0].facts.ids.trakt;
    let movie = rows::movie(&app, "Known", Some(i64::try_from(known).unwrap())).await;
    app.simulator_mut().close_port().await;
    rows::add_queued_play(&app, anna.id(), &movie, app.state().now()).await;
    app.state().engine().drain(anna.id()).await.unwrap();
    let queue = anna.get(PATH).await.good(StatusCode::OK);
    assert_eq!(queue["items"][0]["state"], "pending", "{queue}");
    assert!(queue["items"][0]["next_attempt_at"].is_string());
    assert_eq!(anna.get("/api/trakt").await.json()["state"], "unreachable");

    app.simulator_mut().open_port().await.unwrap();
    let id = queue["items"][0]["id"].as_i64().unwrap();
    anna.post(&format!("{PATH}/{id}/retry"), json!({})).await;
    app.drained().await;
    assert_eq!(anna.get(PATH).await.json()["total"], 0);
}

#[tokio::test]
async fn invalid_pages_are_rejected() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    for wrong in ["limit=0", "limit=501", "offset=-1", "limit=many"] {
        let refused = anna.get(&format!("{PATH}?{wrong}")).await;
        assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid", "{wrong}");
    }
}

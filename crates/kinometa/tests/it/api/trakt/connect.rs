//! /api/trakt/connect

use reqwest::StatusCode;
use serde_json::json;
use trakt_sim::{ApplicationStatus, DEMO_CLIENT_ID, DEMO_USER};

use super::{connect, with_application};
use crate::support::{Actor, EventStream, TestApp};

const PATH: &str = "/api/trakt/connect";

async fn start(actor: &Actor) -> serde_json::Value {
    actor.post(PATH, json!({})).await.good(StatusCode::CREATED)
}

#[tokio::test]
async fn a_connect_attempt_has_a_code_an_address_a_qr_code_and_an_expiry() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    assert_eq!(anna.get(PATH).await.json()["state"], "idle");
    let started = start(&anna).await;
    assert_eq!(started["state"], "pending");
    assert_eq!(started["user_code"].as_str().unwrap().len(), 8);
    assert!(started["verification_url"].as_str().unwrap().starts_with(app.simulator().url()));
    assert!(started["qr_svg"].as_str().unwrap().contains("<svg"));
    assert!(started["expires_at"].is_string());
    assert_eq!(anna.get(PATH).await.json(), started);
    assert_eq!(
        app.user("ben").await.get(PATH).await.json()["state"],
        "idle",
        "each user has their own attempt"
    );
}

#[tokio::test]
async fn entering_the_code_connects_the_account() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    assert_eq!(anna.get(PATH).await.json()["state"], "approved");
    let status = anna.get("/api/trakt").await.good(StatusCode::OK);
    assert_eq!((status["state"].as_str(), status["username"].as_str()), (Some("connected"), Some(DEMO_USER)));
    assert!(status["connected_at"].is_string());
    assert_eq!(anna.get("/api/me").await.json()["trakt"]["state"], "connected");
}

#[tokio::test]
async fn a_new_connection_is_announced_to_every_tab() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    let (mut one, mut other) = (EventStream::open(&anna).await, EventStream::open(&anna).await);
    let code = start(&anna).await["user_code"].as_str().unwrap().to_owned();
    assert!(app.simulator().approve(&code, DEMO_USER));
    for events in [&mut one, &mut other] {
        let status = events.wait_for("trakt", |status| status["state"] == "connected").await;
        assert_eq!(status["username"], DEMO_USER);
    }
}

#[tokio::test]
async fn deleting_a_user_cancels_their_connect_attempt() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    start(&anna).await;
    app.admin().await.delete(&format!("/api/users/{}", anna.id())).await.good(StatusCode::NO_CONTENT);
    assert_eq!(app.state().engine().connect_state(anna.id()), sync::ConnectState::Cancelled);
}

#[tokio::test]
async fn a_denied_code_is_reported_and_can_be_replaced() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    let mut events = EventStream::open(&anna).await;
    let code = start(&anna).await["user_code"].as_str().unwrap().to_owned();
    assert!(app.simulator().deny(&code));
    let denied = events.wait_for("connect", |connect| connect["state"] != "pending").await;
    assert_eq!(denied["state"], "denied");
    assert_eq!(anna.get(PATH).await.json(), denied);
    assert!(denied.get("user_code").is_none());
    assert_eq!(start(&anna).await["state"], "pending");
}

#[tokio::test]
async fn a_connect_attempt_can_be_cancelled() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    start(&anna).await;
    assert_eq!(anna.delete(PATH).await.good(StatusCode::OK)["state"], "cancelled");
    assert_eq!(anna.get(PATH).await.json()["state"], "cancelled");
}

#[tokio::test]
async fn an_application_that_trakt_no_longer_allows_is_reported() {
    let app = with_application().await;
    app.simulator().set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let anna = app.user("anna").await;
    let refused = start(&anna).await;
    assert_eq!(refused["state"], "application_not_allowed");
    assert!(refused["message"].as_str().unwrap().contains("administrator"));
}

#[tokio::test]
async fn connecting_reports_that_trakt_is_unreachable() {
    let mut app = with_application().await;
    app.simulator_mut().close_port().await;
    assert_eq!(start(&app.user("anna").await).await["state"], "unreachable");
}

#[tokio::test]
async fn connecting_requires_an_application() {
    let app = TestApp::start().await;
    let refused = app.user("anna").await.post(PATH, json!({})).await;
    assert_eq!(refused.error(StatusCode::CONFLICT), "trakt_not_configured");
    assert!(refused.json()["error"]["action"].is_string());
}

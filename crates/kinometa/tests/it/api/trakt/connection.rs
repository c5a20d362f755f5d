//! /api/trakt

use reqwest::StatusCode;
use trakt_sim::{DEMO_USER, GUEST_USER};

use super::{connect, with_application, without_application};

const PATH: &str = "/api/trakt";

#[tokio::test]
async fn a_missing_application_or_connection_is_reported_with_advice() {
    let app = without_application().await;
    let anna = app.user("anna").await;
    let nothing = anna.get(PATH).await.good(StatusCode::OK);
    assert_eq!(nothing["state"], "not_configured");
    assert!(nothing["action"].as_str().unwrap().contains("administrator"));

    let app = with_application().await;
    let anna = app.user("anna").await;
    let saved = anna.get(PATH).await.good(StatusCode::OK);
    assert_eq!(saved["state"], "disconnected");
    assert!(saved["message"].as_str().unwrap().starts_with("Trakt not configured."));
    assert!(saved["action"].as_str().unwrap().contains("Connect Trakt"));
}

#[tokio::test]
async fn each_user_has_their_own_connection() {
    let app = with_application().await;
    let (anna, ben) = (app.user("anna").await, app.user("ben").await);
    connect(&app, &anna, DEMO_USER).await;
    assert_eq!(ben.get(PATH).await.json()["state"], "disconnected");
    connect(&app, &ben, GUEST_USER).await;
    assert_eq!(anna.get(PATH).await.json()["username"], DEMO_USER);
    assert_eq!(ben.get(PATH).await.json()["username"], GUEST_USER);
}

#[tokio::test]
async fn disconnecting_revokes_the_token_on_trakt_and_deletes_it_here() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let disconnected = anna.delete(PATH).await.good(StatusCode::OK);
    assert_eq!(disconnected["state"], "disconnected");
    assert!(disconnected.get("username").is_none());
    assert!(app.simulator().requests().iter().any(|request| request.path == "/oauth/revoke"));
    anna.delete(PATH).await.good(StatusCode::OK);
}

#[tokio::test]
async fn deleting_a_user_revokes_their_token() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let path = format!("/api/users/{}", anna.id());
    app.admin().await.delete(&path).await.good(StatusCode::NO_CONTENT);
    assert!(app.simulator().requests().iter().any(|request| request.path == "/oauth/revoke"));
}

#[tokio::test]
async fn connections_survive_a_change_of_the_application() {
    let app = with_application().await;
    let anna = app.user("anna").await;
    connect(&app, &anna, DEMO_USER).await;
    let admin = app.admin().await;
    admin.delete("/api/trakt/application").await.good(StatusCode::NO_CONTENT);
    assert_eq!(anna.get(PATH).await.json()["state"], "not_configured");
    admin.put("/api/trakt/application", super::application()).await.good(StatusCode::OK);
    assert_eq!(anna.get(PATH).await.json()["state"], "connected");
}

//! /api/setup

use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn setup_creates_the_administrator_and_signs_them_in() {
    let app = TestApp::builder().start_empty().await;
    let visitor = app.anonymous();
    let session = visitor.get("/api/session").await.good(StatusCode::OK);
    assert_eq!(session["setup_required"], true);
    assert!(session["user"].is_null());

    let made = visitor.post("/api/setup", json!({"username": "Anna", "password": PASSWORD})).await;
    let session = made.good(StatusCode::CREATED);
    assert_eq!(session["setup_required"], false);
    assert_eq!(session["user"]["display_name"], "Anna");
    assert_eq!(session["user"]["is_admin"], true);

    let cookie = made.session_cookie();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let anna = app.anonymous().with_cookie(cookie.split(';').next().unwrap());
    assert_eq!(anna.get("/api/me").await.good(StatusCode::OK)["username"], "Anna");
}

#[tokio::test]
async fn concurrent_setup_requests_create_one_administrator() {
    let app = TestApp::builder().start_empty().await;
    let attempts = ["anna", "ben", "cleo", "dan"].map(|username| {
        let visitor = app.anonymous();
        async move {
            let body = json!({"username": username, "password": PASSWORD});
            visitor.post("/api/setup", body).await.status
        }
    });
    let mut statuses = join_all(attempts).await;
    statuses.sort();
    let conflict = StatusCode::CONFLICT;
    assert_eq!(statuses, [StatusCode::CREATED, conflict, conflict, conflict]);
    assert_eq!(app.state().accounts().users().await.unwrap().len(), 1);
}

#[tokio::test]
async fn setup_works_only_once() {
    let app = TestApp::start().await;
    let body = json!({"username": "mallory", "password": PASSWORD});
    let again = app.anonymous().post("/api/setup", body).await;
    assert_eq!(again.error(StatusCode::CONFLICT), "conflict");
}

#[tokio::test]
async fn an_invalid_setup_request_names_the_field_and_can_be_retried() {
    let app = TestApp::builder().start_empty().await;
    let visitor = app.anonymous();
    for (body, field) in [
        (json!({"username": " ", "password": PASSWORD}), "username"),
        (json!({"username": "anna", "password": "short"}), "password"),
        (json!({"username": "anna\u{7}", "password": PASSWORD}), "username"),
    ] {
        let refused = visitor.post("/api/setup", body).await;
        assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
        assert!(refused.json()["error"]["fields"][field].is_string(), "{field}");
    }
    let body = json!({"username": "anna", "password": PASSWORD});
    visitor.post("/api/setup", body).await.good(StatusCode::CREATED);
}

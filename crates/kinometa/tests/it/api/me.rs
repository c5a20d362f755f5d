//! /api/me

use reqwest::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn preferences_are_merged_by_key_and_null_removes_a_key() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    anna.patch("/api/me", json!({"preferences": {"theme": "dark", "volume": 0.5}}))
        .await
        .good(StatusCode::OK);
    let me = anna.patch("/api/me", json!({"preferences": {"volume": null, "audio": "nl"}})).await;
    assert_eq!(me.good(StatusCode::OK)["preferences"], json!({"theme": "dark", "audio": "nl"}));
    let other = app.user("ben").await.get("/api/me").await;
    assert_eq!(other.good(StatusCode::OK)["preferences"], json!({}));
}

#[tokio::test]
async fn preferences_have_a_size_limit() {
    let app = TestApp::start().await;
    let body = json!({"preferences": {"theme": "x".repeat(20_000)}});
    let refused = app.user("anna").await.patch("/api/me", body).await;
    assert!(refused.json()["error"]["fields"]["preferences"].is_string());
}

#[tokio::test]
async fn changing_the_password_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    let elsewhere = app.sign_in("anna").await;
    elsewhere.get("/api/me").await.good(StatusCode::OK);

    let wrong = json!({"current": "not it at all", "new": "another horse"});
    let refused = anna.post("/api/me/password", wrong).await;
    assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "wrong_password");
    assert!(refused.json()["error"]["fields"]["current"].is_string(), "the error must name the field");
    let short = anna.post("/api/me/password", json!({"current": PASSWORD, "new": "short"})).await;
    assert!(short.json()["error"]["fields"]["new"].is_string());
    elsewhere.get("/api/me").await.good(StatusCode::OK);

    let right = json!({"current": PASSWORD, "new": "another horse"});
    anna.post("/api/me/password", right).await.good(StatusCode::NO_CONTENT);
    anna.get("/api/me").await.good(StatusCode::OK);
    elsewhere.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
    let body = json!({"username": "anna", "password": "another horse"});
    app.anonymous().post("/api/session", body).await.good(StatusCode::CREATED);
}

#[tokio::test]
async fn attempts_to_guess_the_current_password_are_limited() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    let guess = json!({"current": "a wrong guess", "new": "another horse"});
    for _ in 0..5 {
        anna.post("/api/me/password", guess.clone()).await.error(StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(anna.post("/api/me/password", guess).await.error(StatusCode::TOO_MANY_REQUESTS), "too_many");
}

#[tokio::test]
async fn an_api_token_is_shown_once_and_works_until_revoked() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    let script = anna.token().await;
    assert_eq!(script.get("/api/me").await.good(StatusCode::OK)["username"], "anna");

    let listed = anna.get("/api/me/tokens").await.good(StatusCode::OK);
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0]["name"], "script");
    assert!(listed[0].get("token").is_none());
    assert!(listed[0]["last_used_at"].is_string());
    assert_eq!(listed[0]["prefix"].as_str().unwrap().len(), 9);

    let path = format!("/api/me/tokens/{}", listed[0]["id"]);
    app.user("ben").await.delete(&path).await.error(StatusCode::NOT_FOUND);
    anna.delete(&path).await.good(StatusCode::NO_CONTENT);
    script.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
    anna.delete(&path).await.error(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_password_change_can_revoke_api_tokens() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin().await, app.user("anna").await);
    let (own, others) = (anna.token().await, admin.token().await);
    let change = |current: &str, new: &str, revoke: Option<bool>| {
        let mut body = json!({"current": current, "new": new});
        if let Some(revoke) = revoke {
            body["revoke_api_tokens"] = revoke.into();
        }
        let anna = anna.clone();
        async move { anna.post("/api/me/password", body).await.good(StatusCode::NO_CONTENT) }
    };
    change(PASSWORD, "another horse", None).await;
    own.get("/api/me").await.good(StatusCode::OK);
    change("another horse", "a third horse", Some(true)).await;
    own.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
    anna.get("/api/me").await.good(StatusCode::OK);
    others.get("/api/me").await.good(StatusCode::OK);

    let own = anna.token().await;
    let path = format!("/api/users/{}", anna.id());
    admin.patch(&path, json!({"password": "a fourth horse"})).await.good(StatusCode::OK);
    own.get("/api/me").await.good(StatusCode::OK);
    let revoking = json!({"password": "a fifth horse", "revoke_api_tokens": true});
    admin.patch(&path, revoking).await.good(StatusCode::OK);
    own.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
}

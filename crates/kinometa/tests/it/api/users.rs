//! /api/users

use db::ids::UserId;
use futures::future::join_all;
use reqwest::StatusCode;
use serde_json::json;

use crate::support::{PASSWORD, TestApp};

#[tokio::test]
async fn only_administrators_manage_users() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    assert_eq!(anna.get("/api/users").await.error(StatusCode::FORBIDDEN), "forbidden");
    let mallory = json!({"username": "mallory", "password": PASSWORD, "is_admin": true});
    assert_eq!(anna.post("/api/users", mallory).await.error(StatusCode::FORBIDDEN), "forbidden");
    let path = format!("/api/users/{}", anna.id());
    assert_eq!(anna.patch(&path, json!({"is_admin": true})).await.error(StatusCode::FORBIDDEN), "forbidden");
}

#[tokio::test]
async fn users_added_by_an_administrator_can_sign_in() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let body = json!({"username": "Zoë", "display_name": "Zoë B.", "password": PASSWORD});
    let made = admin.post("/api/users", body).await.good(StatusCode::CREATED);
    assert_eq!((made["is_admin"].as_bool(), made["display_name"].as_str()), (Some(false), Some("Zoë B.")));
    let credentials = json!({"username": "Zoë", "password": PASSWORD});
    app.anonymous().post("/api/session", credentials).await.good(StatusCode::CREATED);

    let again = admin.post("/api/users", json!({"username": "ZOË", "password": PASSWORD})).await;
    assert_eq!(again.error(StatusCode::CONFLICT), "conflict");
    assert!(again.json()["error"]["fields"]["username"].is_string());
    let names = admin.get("/api/users").await.good(StatusCode::OK);
    assert_eq!(names.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_removed_user_is_signed_out_immediately() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin().await, app.user("anna").await);
    let script = anna.token().await;
    script.get("/api/me").await.good(StatusCode::OK);
    let path = format!("/api/users/{}", anna.id());
    admin.delete(&path).await.good(StatusCode::NO_CONTENT);
    anna.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
    script.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
    admin.delete(&path).await.error(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn permission_changes_take_effect_immediately() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin().await, app.user("anna").await);
    let path = format!("/api/users/{}", anna.id());
    admin.patch(&path, json!({"is_admin": true})).await.good(StatusCode::OK);
    anna.get("/api/users").await.good(StatusCode::OK);
    admin.patch(&path, json!({"is_admin": false})).await.good(StatusCode::OK);
    anna.get("/api/users").await.error(StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_password_reset_by_an_administrator_signs_the_user_out() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin().await, app.user("anna").await);
    let path = format!("/api/users/{}", anna.id());
    admin.patch(&path, json!({"password": "another horse"})).await.good(StatusCode::OK);
    anna.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_last_administrator_cannot_be_removed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/api/users/{}", admin.id());
    assert_eq!(admin.delete(&path).await.error(StatusCode::CONFLICT), "conflict");
    assert_eq!(admin.patch(&path, json!({"is_admin": false})).await.error(StatusCode::CONFLICT), "conflict");
    admin.get("/api/users").await.good(StatusCode::OK);
}

#[tokio::test]
async fn two_administrators_cannot_remove_each_other_concurrently() {
    let app = TestApp::start().await;
    let (admin, anna) = (app.admin().await, app.user("anna").await);
    let path = |id: UserId| format!("/api/users/{id}");
    admin.patch(&path(anna.id()), json!({"is_admin": true})).await.good(StatusCode::OK);
    let attempts = [(&admin, anna.id()), (&anna, admin.id())];
    join_all(attempts.map(|(actor, id)| {
        let path = path(id);
        async move { actor.delete(&path).await.status }
    }))
    .await;
    let left = app.state().accounts().users().await.unwrap();
    assert_eq!(left.iter().filter(|person| person.is_admin).count(), 1);
}

#[tokio::test]
async fn names_that_look_like_another_are_rejected() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let create = async |username: &str, display_name: &str| {
        let body = json!({"username": username, "display_name": display_name, "password": PASSWORD});
        admin.post("/api/users", body).await
    };
    let deceptive =
        ["\u{430}dmin", "adm\u{131}n", "ad\u{200b}min", "admin\u{202e}", "adrnin", "\u{3164}", "a\u{7f}b"];
    for username in deceptive {
        let refused = create(username, "Somebody").await;
        assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid", "{username:?}");
        assert!(refused.json()["error"]["fields"]["username"].is_string(), "{username:?}");
    }
    assert_eq!(create("\u{ff41}dmin", "Somebody").await.error(StatusCode::CONFLICT), "conflict");
    let refused = create("somebody", "\u{202e}nimda").await;
    assert!(refused.json()["error"]["fields"]["display_name"].is_string());

    create("\u{ff22}en", "Ben").await.good(StatusCode::CREATED);
    for typed in ["ben", "\u{ff22}en"] {
        let body = json!({"username": typed, "password": PASSWORD});
        let session = app.anonymous().post("/api/session", body).await.good(StatusCode::CREATED);
        assert_eq!(session["user"]["username"], "Ben");
    }
}

//! /api/plex: the Plex server in the settings.

use axum::http::StatusCode;
use plex_sim::{OWNER_TOKEN, Sim, SimHandle};
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::TestApp;

fn form(plex: &SimHandle) -> Value {
    json!({"url": plex.url(), "token": OWNER_TOKEN, "timeout_seconds": 30, "verify_ssl": false})
}

#[tokio::test]
async fn a_server_can_be_tested_saved_and_removed_without_revealing_its_token() {
    let (app, plex) = (TestApp::start().await, Sim::builder().start().await.unwrap());
    let admin = app.admin().await;
    let empty = admin.get("/api/plex").await.good(StatusCode::OK);
    assert_eq!(empty, json!({"libraries": []}));
    let tested = admin.post("/api/plex/test", form(&plex)).await.good(StatusCode::OK);
    assert_eq!(tested["name"], "Simulated Plex");
    assert_eq!(tested["libraries"][0], json!({"name": "Movies", "shows": false, "writable": true}));
    assert!(plex.requests().iter().all(|request| request.method == "GET"));
    let saved = admin.put("/api/plex", form(&plex)).await.good(StatusCode::OK);
    assert_eq!(saved["server"], json!({"url": plex.url(), "timeout_seconds": 30, "verify_ssl": false}));
    assert!(!saved.to_string().contains(OWNER_TOKEN));
    let stored: Value = db::settings::get(app.state().db(), "plex.server").await.unwrap().unwrap();
    assert!(!stored.to_string().contains(OWNER_TOKEN));
    // The saved token is used for the same address, but never sent to another one.
    let mut again = form(&plex);
    again["token"] = Value::Null;
    admin.post("/api/plex/test", again.clone()).await.good(StatusCode::OK);
    let listed = admin.get("/api/plex").await.good(StatusCode::OK);
    assert_eq!(listed["libraries"].as_array().unwrap().len(), 2);
    let other = Sim::builder().start().await.unwrap();
    again["url"] = other.url().into();
    admin.post("/api/plex/test", again).await.error(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(other.requests().is_empty());
    admin.delete("/api/plex").await.good(StatusCode::NO_CONTENT);
    assert_eq!(admin.get("/api/plex").await.good(StatusCode::OK), json!({"libraries": []}));
}

#[tokio::test]
async fn a_library_with_the_same_folder_is_reported() {
    let (app, plex) = (TestApp::start().await, Sim::builder().start().await.unwrap());
    let tx = app.state().db().begin().await.unwrap();
    let new = db::libraries::NewLibrary {
        name: "Films".into(),
        kind: db::kinds::LibraryKind::Movies,
        path: "/media/1".into(),
    };
    let own = db::libraries::insert(&tx, new, app.state().now().into()).await.unwrap();
    tx.commit().await.unwrap();
    let tested = app.admin().await.post("/api/plex/test", form(&plex)).await.good(StatusCode::OK);
    assert_eq!(tested["libraries"][0]["same_as"], own.id.0);
    assert_eq!(tested["libraries"][1].get("same_as"), None);
}

#[rstest]
#[case(json!({"url": "plex.local", "token": "x"}), "url")]
#[case(json!({"url": "ftp://plex.local", "token": "x"}), "url")]
#[case(json!({"url": "http://plex.local:32400", "token": "  "}), "token")]
#[case(json!({"url": "http://plex.local:32400", "token": "a b"}), "token")]
#[case(json!({"url": "http://plex.local:32400", "token": "x", "timeout_seconds": 0}), "timeout_seconds")]
#[tokio::test]
async fn invalid_settings_are_reported_by_field(#[case] form: Value, #[case] field: &str) {
    let app = TestApp::start().await;
    let refused = app.admin().await.put("/api/plex", form).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.json()["error"]["fields"].get(field).is_some(), "{}", refused.json());
}

#[tokio::test]
async fn a_wrong_token_maintenance_and_an_unreachable_server_have_different_messages() {
    let (app, plex) = (TestApp::start().await, Sim::builder().start().await.unwrap());
    let admin = app.admin().await;
    let mut wrong = form(&plex);
    wrong["token"] = "wrong".into();
    let refused = admin.post("/api/plex/test", wrong).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(refused.json()["error"]["message"].as_str().unwrap().contains("does not accept the token"));
    plex.maintenance(true);
    let busy = admin.post("/api/plex/test", form(&plex)).await;
    assert!(busy.json()["error"]["message"].as_str().unwrap().contains("maintaining"));
    let unreachable = form(&plex);
    plex.shutdown().await;
    let unreachable = admin.post("/api/plex/test", unreachable).await;
    assert!(unreachable.json()["error"]["message"].as_str().unwrap().contains("cannot be reached"));
}

//! /api/libraries and /api/folders

use reqwest::StatusCode;
use serde_json::json;

use super::fixture::Fixture;
use crate::support::TestApp;

#[tokio::test]
async fn renaming_and_removing_a_library_keeps_plays() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let id = fixture.title("movie", "Metropolis").await["id"].clone();
    fixture.watch(&id).await;
    let path = format!("/api/libraries/{}", fixture.library);
    let renamed = fixture.admin.patch(&path, json!({"name": "Cellar"})).await.good(StatusCode::OK);
    assert_eq!(renamed["name"], "Cellar");
    fixture.admin.delete(&path).await.good(StatusCode::NO_CONTENT);
    assert_eq!(fixture.admin.get("/api/libraries").await.good(StatusCode::OK), json!([]));
    assert!(fixture.titles("movie").await.is_empty());
    let timeline = fixture.admin.get("/api/timeline").await.good(StatusCode::OK);
    assert_eq!(timeline["days"][0]["plays"][0]["title"]["name"], "Metropolis");
}

#[tokio::test]
async fn a_folder_must_exist_and_belong_to_one_library() {
    let fixture = Fixture::movies(&["Films/Metropolis (1927).mkv"]).await;
    let create = |path: String| {
        fixture.admin.post("/api/libraries", json!({"name": "New", "kind": "movies", "path": path}))
    };
    assert_eq!(create("relative".into()).await.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    assert_eq!(create("/no/such/folder".into()).await.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    let root = fixture.root().display().to_string();
    assert_eq!(create(root.clone()).await.error(StatusCode::CONFLICT), "conflict");
    assert_eq!(create(format!("{root}/Films")).await.error(StatusCode::CONFLICT), "conflict");
    let nameless = json!({"name": " ", "kind": "movies", "path": "/tmp"});
    let refused = fixture.admin.post("/api/libraries", nameless).await;
    assert!(refused.json()["error"]["fields"]["name"].is_string());
}

#[tokio::test]
async fn only_administrators_manage_libraries_and_see_folders() {
    let fixture = Fixture::movies(&[]).await;
    let member = fixture.app.user("robin").await;
    let path = format!("/api/libraries/{}", fixture.library);
    assert_eq!(member.delete(&path).await.error(StatusCode::FORBIDDEN), "forbidden");
    assert_eq!(
        member.post(&format!("{path}/scan"), json!({})).await.error(StatusCode::FORBIDDEN),
        "forbidden"
    );
    assert_eq!(member.get("/api/folders").await.error(StatusCode::FORBIDDEN), "forbidden");
    assert_eq!(member.get("/api/libraries").await.error(StatusCode::FORBIDDEN), "forbidden");
}

#[tokio::test]
async fn the_folder_picker_lists_server_folders() {
    let fixture = Fixture::movies(&["Films/Metropolis (1927).mkv"]).await;
    let listing = fixture.admin.get(&format!("/api/folders?path={}", fixture.root().display())).await;
    assert_eq!(listing.good(StatusCode::OK)["folders"][0]["name"], "Films");
    let missing = fixture.admin.get("/api/folders?path=/no/such/folder").await;
    assert_eq!(missing.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn configured_libraries_are_created_at_start() {
    let folder = tempfile::tempdir().unwrap();
    let library = format!("shows={}", folder.path().display()).parse().unwrap();
    let app = TestApp::builder().config(move |config| config.libraries = vec![library]).start().await;
    let libraries = app.admin().await.get("/api/libraries").await.good(StatusCode::OK);
    assert_eq!((&libraries[0]["name"], &libraries[0]["kind"]), (&json!("Shows"), &json!("shows")));
}

//! /api/libraries and /api/folders

use reqwest::StatusCode;
use serde_json::json;

use super::house::House;
use crate::support::TestApp;

#[tokio::test]
async fn renaming_and_removing_a_library_keeps_plays() {
    let house = House::movies(&["Metropolis (1927).mkv"]).await;
    let id = house.title("movie", "Metropolis").await["id"].clone();
    house.watch(&id).await;
    let path = format!("/api/libraries/{}", house.library);
    let renamed = house.admin.patch(&path, json!({"name": "Cellar"})).await.good(StatusCode::OK);
    assert_eq!(renamed["name"], "Cellar");
    house.admin.delete(&path).await.good(StatusCode::NO_CONTENT);
    assert_eq!(house.admin.get("/api/libraries").await.good(StatusCode::OK), json!([]));
    assert!(house.titles("movie").await.is_empty());
    let timeline = house.admin.get("/api/timeline").await.good(StatusCode::OK);
    assert_eq!(timeline["days"][0]["plays"][0]["title"]["name"], "Metropolis");
}

#[tokio::test]
async fn a_folder_must_exist_and_belong_to_one_library() {
    let house = House::movies(&["Films/Metropolis (1927).mkv"]).await;
    let create = |path: String| {
        house.admin.post("/api/libraries", json!({"name": "New", "kind": "movies", "path": path}))
    };
    assert_eq!(create("relative".into()).await.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    assert_eq!(create("/no/such/folder".into()).await.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    let root = house.root().display().to_string();
    assert_eq!(create(root.clone()).await.error(StatusCode::CONFLICT), "conflict");
    assert_eq!(create(format!("{root}/Films")).await.error(StatusCode::CONFLICT), "conflict");
    let nameless = json!({"name": " ", "kind": "movies", "path": "/tmp"});
    let refused = house.admin.post("/api/libraries", nameless).await;
    assert!(refused.json()["error"]["fields"]["name"].is_string());
}

#[tokio::test]
async fn only_administrators_manage_libraries_and_see_folders() {
    let house = House::movies(&[]).await;
    let person = house.app.user("robin").await;
    let path = format!("/api/libraries/{}", house.library);
    assert_eq!(person.delete(&path).await.error(StatusCode::FORBIDDEN), "forbidden");
    assert_eq!(
        person.post(&format!("{path}/scan"), json!({})).await.error(StatusCode::FORBIDDEN),
        "forbidden"
    );
    assert_eq!(person.get("/api/folders").await.error(StatusCode::FORBIDDEN), "forbidden");
    assert_eq!(person.get("/api/libraries").await.error(StatusCode::FORBIDDEN), "forbidden");
}

#[tokio::test]
async fn the_folder_picker_lists_server_folders() {
    let house = House::movies(&["Films/Metropolis (1927).mkv"]).await;
    let listing = house.admin.get(&format!("/api/folders?path={}", house.root().display())).await;
    assert_eq!(listing.good(StatusCode::OK)["folders"][0]["name"], "Films");
    let missing = house.admin.get("/api/folders?path=/no/such/folder").await;
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

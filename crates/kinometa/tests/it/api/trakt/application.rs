//! /api/trakt/application

use reqwest::StatusCode;
use serde_json::json;
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET};

use super::{application, with_application, without_application};
use crate::support::TestApp;

const PATH: &str = "/api/trakt/application";

#[tokio::test]
async fn a_valid_application_is_checked_saved_and_shown_without_its_secret() {
    let app = without_application().await;
    let admin = app.admin().await;
    let before = admin.get(PATH).await.good(StatusCode::OK);
    assert_eq!(before, json!({"configured": false, "has_secret": false}));

    let body = json!({
        "client_id": format!("  {DEMO_CLIENT_ID}\n"),
        "client_secret": format!("{DEMO_CLIENT_SECRET} "),
    });
    let saved = admin.put(PATH, body).await;
    assert_eq!(saved.good(StatusCode::OK)["client_id"], DEMO_CLIENT_ID);
    assert!(saved.json()["checked_at"].is_string());
    let shown = admin.get(PATH).await;
    assert_eq!(
        (shown.json()["configured"].as_bool(), shown.json()["has_secret"].as_bool()),
        (Some(true), Some(true))
    );
    assert!(!String::from_utf8_lossy(&shown.bytes).contains(DEMO_CLIENT_SECRET));
}

#[tokio::test]
async fn the_secret_is_sealed_in_the_database_and_the_key_file_is_private() {
    let app = with_application().await;
    let stored: serde_json::Value =
        db::settings::get(app.state().db(), "trakt.application").await.unwrap().unwrap();
    assert!(!stored.to_string().contains(DEMO_CLIENT_SECRET), "{stored}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let key = app.state().config().data_dir.join("secrets.key");
        assert_eq!(std::fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[rstest::rstest]
#[case::unknown_id(json!({"client_id": "f".repeat(64), "client_secret": "x"}), "client_id")]
#[case::wrong_secret(json!({"client_id": DEMO_CLIENT_ID, "client_secret": "wrong"}), "client_secret")]
#[case::no_secret(json!({"client_id": DEMO_CLIENT_ID}), "client_secret")]
#[case::no_id(json!({"client_id": " ", "client_secret": "x"}), "client_id")]
#[case::malformed_id(json!({"client_id": "two words", "client_secret": "x"}), "client_id")]
#[tokio::test]
async fn an_invalid_application_is_rejected_by_field_and_not_saved(
    #[case] body: serde_json::Value,
    #[case] field: &str,
) {
    let app = without_application().await;
    let admin = app.admin().await;
    let refused = admin.put(PATH, body).await;
    assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    assert!(refused.json()["error"]["fields"][field].is_string(), "{}", refused.json());
    assert_eq!(admin.get(PATH).await.json()["configured"], false);
}

#[tokio::test]
async fn an_invalid_change_keeps_the_working_application() {
    let app = with_application().await;
    let admin = app.admin().await;
    let wrong = json!({"client_id": DEMO_CLIENT_ID, "client_secret": "wrong"});
    admin.put(PATH, wrong).await.error(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(admin.get(PATH).await.json()["configured"], true);
    let same = admin.put(PATH, json!({"client_id": DEMO_CLIENT_ID})).await;
    assert_eq!(same.good(StatusCode::OK)["has_secret"], true, "the secret does not have to be entered again");
}

#[tokio::test]
async fn nothing_is_saved_while_trakt_is_unreachable() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let refused = admin.put(PATH, application()).await;
    assert_eq!(refused.error(StatusCode::SERVICE_UNAVAILABLE), "trakt_unreachable");
    assert!(refused.json()["error"]["action"].is_string());
    assert_eq!(admin.get(PATH).await.json()["configured"], false);
}

#[tokio::test]
async fn an_application_can_be_removed() {
    let app = with_application().await;
    let admin = app.admin().await;
    admin.delete(PATH).await.good(StatusCode::NO_CONTENT);
    assert_eq!(admin.get(PATH).await.json()["configured"], false);
    assert_eq!(admin.get("/api/trakt").await.json()["state"], "not_configured");
}

#[tokio::test]
async fn only_administrators_can_see_or_change_the_application() {
    let app = without_application().await;
    let anna = app.user("anna").await;
    assert_eq!(anna.get(PATH).await.error(StatusCode::FORBIDDEN), "forbidden");
    assert_eq!(anna.put(PATH, application()).await.error(StatusCode::FORBIDDEN), "forbidden");
}

//! JSON Schemas of Kometa's files: printed, and served to editors without a sign-in.

use kometa::schema::Schema;
use reqwest::StatusCode;
use rstest::rstest;

use super::{finish, kinometa};
use crate::support::{TestApp, send};

#[rstest]
#[case("config", Schema::Config, "trakt")]
#[case("collections", Schema::Collections, "collections")]
#[tokio::test]
async fn a_schema_is_printed_and_served(#[case] name: &str, #[case] schema: Schema, #[case] key: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = kinometa(folder.path());
    let ran =
        finish(command.args(["collections", "schema", name]).spawn().unwrap(), "").await.assert_success();
    let printed: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(printed["properties"].get(key).is_some(), "{}", ran.out);

    let app = TestApp::start().await;
    let address = format!("{}/schemas/{}", app.url(), schema.file_name());
    let response = send(reqwest::Client::new().get(address)).await;
    assert_eq!(response.status, StatusCode::OK);
    assert_eq!(response.headers["content-type"], "application/schema+json");
    assert_eq!(response.json(), printed);
}

//! /api/system

use reqwest::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn administrators_see_the_server_configuration() {
    let app = TestApp::start().await;
    let system = app.admin().await.get("/api/system").await.good(StatusCode::OK);
    assert_eq!(system["version"], env!("CARGO_PKG_VERSION"));
    assert!(["SQLite", "PostgreSQL"].contains(&system["database"].as_str().unwrap()));
    assert!(system["trakt_api_url"].as_str().unwrap().starts_with("http://127.0.0.1"));
    assert_eq!(app.user("anna").await.get("/api/system").await.error(StatusCode::FORBIDDEN), "forbidden");
}

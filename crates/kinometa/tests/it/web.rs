//! The web interface and the frame around everything.

use reqwest::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn application_paths_return_the_index_page() {
    let app = TestApp::start().await;
    for path in ["/", "/movies", "/title/7"] {
        let page = app.anonymous().get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.header("content-type").unwrap().starts_with("text/html"), "{path}");
        assert_eq!(page.header("cache-control"), Some("no-cache"), "{path}");
    }
}

#[tokio::test]
async fn unknown_assets_and_routes_are_not_found() {
    let app = TestApp::start().await;
    for path in ["/api/nothing", "/api", "/_app/immutable/gone.js"] {
        assert_eq!(app.anonymous().get(path).await.error(StatusCode::NOT_FOUND), "not_found", "{path}");
    }
    let wrong_method = app.admin().await.post("/api/search", serde_json::json!({})).await;
    assert_eq!(wrong_method.error(StatusCode::METHOD_NOT_ALLOWED), "method_not_allowed");
}

#[tokio::test]
async fn the_api_document_is_served_and_long_json_is_gzipped() {
    let app = TestApp::start().await;
    let document = app.anonymous().get("/api/openapi.json").await;
    assert_eq!(document.good(StatusCode::OK)["info"]["title"], "Kinometa");
    let request = app.anonymous().request(reqwest::Method::GET, "/api/openapi.json");
    let zipped = crate::support::send(request.header("accept-encoding", "gzip")).await;
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    assert!(zipped.bytes.len() * 4 < document.bytes.len());
}

#[tokio::test]
async fn health_needs_no_sign_in() {
    let app = TestApp::start().await;
    assert_eq!(app.anonymous().get("/healthz").await.good(StatusCode::OK)["status"], "ok");
}

#[tokio::test]
async fn every_response_has_a_request_id_and_errors_include_it() {
    let app = TestApp::start().await;
    let response = app.anonymous().get("/api/me").await;
    let id = response.header("x-request-id").unwrap();
    assert_eq!(response.json()["error"]["request_id"], id);
    assert_eq!(response.header("cache-control"), Some("no-store"));
}

//! Host names that the server accepts.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{PASSWORD, TestApp, send};

#[tokio::test]
async fn dns_rebinding_reaches_neither_the_demo_nor_the_setup() {
    let demo = TestApp::builder().config(|config| config.demo_user = Some("admin".into())).start().await;
    let request = demo.anonymous().request(Method::GET, "/api/session").header("host", "evil.example:7878");
    let refused = send(request).await;
    assert_eq!(refused.error(StatusCode::MISDIRECTED_REQUEST), "unknown_host");
    assert!(refused.headers.get("set-cookie").is_none());

    let empty = TestApp::builder().start_empty().await;
    let request = empty.anonymous().request(Method::POST, "/api/setup");
    let body = json!({"username": "mallory", "password": PASSWORD});
    let request = request.header("host", "evil.example").header("origin", "http://evil.example").json(&body);
    assert_eq!(send(request).await.error(StatusCode::MISDIRECTED_REQUEST), "unknown_host");
    assert!(empty.state().accounts().setup_required().await.unwrap());
}

#[tokio::test]
async fn the_error_explains_how_to_allow_the_host_name() {
    let app = TestApp::start().await;
    let page = send(app.anonymous().request(Method::GET, "/").header("host", "films.example.org")).await;
    assert_eq!(page.status, StatusCode::MISDIRECTED_REQUEST);
    let text = String::from_utf8(page.bytes.to_vec()).unwrap();
    assert!(text.contains("--allowed-host films.example.org"), "{text}");
    let api = send(app.anonymous().request(Method::GET, "/api/me").header("host", "films.example.org")).await;
    assert!(api.json()["error"]["action"].as_str().unwrap().contains("KINOMETA_ALLOWED_HOST"));
}

#[tokio::test]
async fn local_and_configured_host_names_are_accepted() {
    let app = TestApp::builder()
        .config(|config| config.allowed_hosts = vec!["films.example.org".into()])
        .start()
        .await;
    for host in ["localhost:7878", "192.168.1.5", "[::1]:7878", "nas", "nas.local", "films.example.org"] {
        let response = send(app.anonymous().request(Method::GET, "/healthz").header("host", host)).await;
        assert_eq!(response.status, StatusCode::OK, "{host}");
    }
}

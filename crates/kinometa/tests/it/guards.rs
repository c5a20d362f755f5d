//! What holds for every route, walked from the OpenAPI document: a route that is added is covered at once.

use kinometa::http::document;
use reqwest::{Method, StatusCode};

use crate::support::{TestApp, send};

/// Operations that need no sign-in.
const PUBLIC: &[&str] = &["get_session", "create_administrator", "sign_in", "sign_out", "healthz"];

struct Operation {
    id: String,
    method: Method,
    path: String,
}

fn operations() -> Vec<Operation> {
    let document = document::to_json(&kinometa::api::document());
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: filled_in(path),
            });
        }
    }
    operations
}

/// `/api/titles/{id}` as `/api/titles/1`
fn filled_in(path: &str) -> String {
    let fill = |part: &str| match part {
        "{kind}" => "poster".to_owned(),
        part if part.starts_with('{') => "1".to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn everything_but_the_public_few_needs_a_sign_in() {
    let app = TestApp::start().await;
    let wrong_cookie = app.anonymous().with_cookie("kinometa_session=made-up");
    for operation in operations() {
        for stranger in [app.anonymous(), wrong_cookie.clone()] {
            let response = send(stranger.request(operation.method.clone(), &operation.path)).await;
            let is_public = PUBLIC.contains(&operation.id.as_str());
            assert_eq!(response.status == StatusCode::UNAUTHORIZED, !is_public, "{}", operation.id);
        }
    }
}

#[tokio::test]
async fn no_change_can_be_asked_for_by_another_site() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    for operation in operations().into_iter().filter(|operation| !operation.method.is_safe()) {
        let request = admin.request(operation.method.clone(), &operation.path);
        let response = send(request.header("sec-fetch-site", "cross-site")).await;
        assert_eq!(response.error(StatusCode::FORBIDDEN), "cross_site", "{}", operation.id);
    }
}

#[tokio::test]
async fn errors_and_pages_carry_the_security_headers() {
    let app = TestApp::start().await;
    for path in ["/", "/api/me", "/api/nothing", "/movies"] {
        let response = app.anonymous().get(path).await;
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"), "{path}");
        let policy = response.header("content-security-policy").unwrap();
        assert!(
            policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self'"),
            "{policy}"
        );
    }
}

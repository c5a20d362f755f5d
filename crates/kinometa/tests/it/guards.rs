//! What holds for every route, walked from the OpenAPI document: a route that is added is covered at once.

use kinometa::http::document;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::{TestApp, send};

/// Operations that need no sign-in.
const PUBLIC: &[&str] = &["get_session", "create_administrator", "sign_in", "sign_out", "healthz"];

struct Operation {
    id: String,
    method: Method,
    path: String,
    has_body: bool,
    /// Names of the parameters in the query.
    query: Vec<String>,
    /// Statuses that the document declares.
    declared: Vec<String>,
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
                has_body: operation.get("requestBody").is_some(),
                query: query_of(operation),
                declared: operation["responses"].as_object().unwrap().keys().cloned().collect(),
            });
        }
    }
    assert!(operations.len() > PUBLIC.len(), "the document lists no more than the public operations");
    operations
}

fn query_of(operation: &Value) -> Vec<String> {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
    in_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
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
async fn only_a_few_operations_are_public() {
    let app = TestApp::start().await;
    let wrong_cookie = app.anonymous().with_cookie("kinometa_session=made-up");
    let operations = operations();
    for id in PUBLIC {
        assert!(operations.iter().any(|operation| operation.id == *id), "there is no operation {id}");
    }
    for operation in operations {
        for stranger in [app.anonymous(), wrong_cookie.clone()] {
            let response = send(stranger.request(operation.method.clone(), &operation.path)).await;
            let is_public = PUBLIC.contains(&operation.id.as_str());
            assert_eq!(response.status == StatusCode::UNAUTHORIZED, !is_public, "{}", operation.id);
        }
    }
}

#[tokio::test]
async fn cross_site_changes_are_rejected() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let mut changes = operations();
    changes.retain(|operation| !operation.method.is_safe());
    assert!(!changes.is_empty());
    for operation in changes {
        let request = admin.request(operation.method.clone(), &operation.path);
        let response = send(request.header("sec-fetch-site", "cross-site")).await;
        assert_eq!(response.error(StatusCode::FORBIDDEN), "cross_site", "{}", operation.id);
    }
}

#[tokio::test]
async fn every_response_to_random_input_is_declared_in_the_document() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    // Its stream has no end, and signing out would end the walk.
    for operation in operations().iter().filter(|one| !["events", "sign_out"].contains(&one.id.as_str())) {
        let address =
            |query: &str| admin.request(operation.method.clone(), &format!("{}{query}", operation.path));
        let mut requests = Vec::new();
        for name in &operation.query {
            let odd = ["", "-1", "99999999999999999999", "%00", "nonsense", "../../etc/passwd"];
            requests.extend(odd.map(|value| address(&format!("?{name}={value}"))));
            requests.push(address(&format!("?{name}=1&{name}=2")));
        }
        if operation.has_body {
            let bodies = ["", "{", "null", "[]", "{}", r#"{"name": 7, "username": null}"#];
            let bodies = bodies.map(str::to_owned).into_iter().chain([" ".repeat(300_000)]);
            requests
                .extend(bodies.map(|body| address("").header("content-type", "application/json").body(body)));
            requests.push(address("").body("{}"));
        }
        for request in requests {
            let sent = format!("{} {request:?}", operation.id);
            let response = send(request).await;
            let status = response.status.as_u16().to_string();
            assert!(operation.declared.contains(&status), "{sent}: {status} is not declared");
            assert_ne!(response.status, StatusCode::INTERNAL_SERVER_ERROR, "{sent}");
        }
    }
}

#[tokio::test]
async fn long_input_is_truncated_in_errors() {
    let app = TestApp::start().await;
    let path = format!("/api/titles?kind=movie&sort={}", "x".repeat(5000));
    let refused = app.admin().await.get(&path).await;
    assert_eq!(refused.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    assert!(refused.bytes.len() < 600, "{} bytes", refused.bytes.len());
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

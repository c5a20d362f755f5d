//! Checks every route in the OpenAPI document, so that new routes are covered automatically.

use kinometa::http::document;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use crate::support::{Actor, TestApp, send};

/// Operations that need no sign-in.
const PUBLIC: &[&str] = &["get_session", "create_administrator", "sign_in", "sign_out", "healthz"];

/// Operations for every signed-in user: titles, and the user's own data.
const MEMBERS: &[&str] = &[
    "events",
    "get_home",
    "get_image",
    "search",
    "list_titles",
    "title_facets",
    "get_title",
    "get_season",
    "get_title_about",
    "get_related_poster",
    "get_person",
    "get_person_photo",
    "mark_watched",
    "mark_together",
    "mark_unwatched",
    "delete_plays",
    "restore_plays",
    "change_watchlist",
    "list_title_ids",
    "clear_progress",
    "edit_play",
    "delete_play",
    "rate_title",
    "unrate_title",
    "add_to_watchlist",
    "remove_from_watchlist",
    "list_lists",
    "follow_list",
    "preview_list",
    "list_choices",
    "get_list",
    "unfollow_list",
    "refresh_list",
    "pin_list",
    "unpin_list",
    "drop_show",
    "undrop_show",
    "get_recommendations",
    "mark_not_interested",
    "unmark_not_interested",
    "get_timeline",
    "export_timeline",
    "get_statistics",
    "get_me",
    "update_me",
    "change_password",
    "list_api_tokens",
    "create_api_token",
    "delete_api_token",
    "start_playback",
    "get_playback",
    "switch_audio",
    "switch_subtitle",
    "report_playback",
    "list_companions",
    "set_companions",
    "get_watching_together",
    "set_watching_together",
    "hls_playlist",
    "hls_segment",
    "stream_file",
    "playback_subtitle",
    "playback_timeline",
    "playback_preview",
    "get_trakt",
    "disconnect_trakt",
    "get_trakt_connect",
    "start_trakt_connect",
    "cancel_trakt_connect",
    "preview_trakt_import",
    "begin_trakt_import",
    "cancel_trakt_import",
    "get_trakt_sync",
    "start_trakt_sync",
    "get_trakt_settings",
    "update_trakt_settings",
    "list_trakt_log",
    "undo_trakt_change",
    "undo_trakt_run",
    "list_trakt_plans",
    "get_trakt_plan",
    "decide_trakt_plan",
    "list_collections",
    "list_collection_rows",
    "get_collection",
    "get_collection_image",
    "list_missing_titles",
    "add_missing_title_to_watchlist",
    "list_trakt_queue",
    "retry_trakt_queue_item",
    "delete_trakt_queue_item",
];

/// Operations for administrators: folders, files that could not be used, matches, users, the server's settings.
const ADMINISTRATORS: &[&str] = &[
    "list_folders",
    "list_libraries",
    "create_library",
    "update_library",
    "delete_library",
    "list_scans",
    "start_scan",
    "stop_scan",
    "list_matches",
    "get_match",
    "decide_match",
    "search_candidates",
    "list_file_problems",
    "get_trakt_application",
    "save_trakt_application",
    "delete_trakt_application",
    "get_plex",
    "save_plex",
    "delete_plex",
    "test_plex",
    "list_users",
    "create_user",
    "update_user",
    "delete_user",
    "get_system",
    "list_collection_configs",
    "register_collection_config",
    "check_collection_config",
    "update_collection_config",
    "delete_collection_config",
    "run_collections",
    "cancel_collection_run",
    "map_collection_library",
    "list_collection_runs",
    "list_collection_plans",
    "confirm_collection_plan",
    "dismiss_collection_plan",
    "start_kometa_authorization",
    "exchange_kometa_pin",
    "start_kometa_device",
    "poll_kometa_device",
];

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
    assert!(operations.len() > PUBLIC.len(), "the document contains only the public operations");
    operations
}

fn query_of(operation: &Value) -> Vec<String> {
    let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
    let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
    in_query.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
}

/// Replaces the parameters in a path: `/api/titles/{id}` becomes `/api/titles/1`.
fn filled_in(path: &str) -> String {
    let fill = |part: &str| match part {
        "{kind}" => "poster".to_owned(),
        part if part.starts_with('{') => "1".to_owned(),
        part => part.to_owned(),
    };
    path.split('/').map(fill).collect::<Vec<_>>().join("/")
}

#[test]
fn every_operation_is_classified_once() {
    let known: Vec<String> = operations().into_iter().map(|operation| operation.id).collect();
    for id in &known {
        let lists =
            [PUBLIC, MEMBERS, ADMINISTRATORS].iter().filter(|list| list.contains(&id.as_str())).count();
        assert_eq!(lists, 1, "{id} must be in exactly one list: decide who may call it");
    }
    for id in [PUBLIC, MEMBERS, ADMINISTRATORS].concat() {
        assert!(known.iter().any(|known| known == id), "the document has no operation {id}");
    }
}

#[tokio::test]
async fn operations_are_restricted_to_their_users() {
    let app = TestApp::start().await;
    let wrong_cookie = app.anonymous().with_cookie("kinometa_session=made-up");
    for operation in operations() {
        let id = operation.id.as_str();
        let call = async |who: &Actor| {
            // Only the headers are read, because the event stream never ends.
            let sent = who.request(operation.method.clone(), &operation.path).send().await.unwrap();
            sent.status()
        };
        for stranger in [app.anonymous(), wrong_cookie.clone()] {
            assert_eq!(
                call(&stranger).await == StatusCode::UNAUTHORIZED,
                !PUBLIC.contains(&id),
                "without a sign-in: {id}"
            );
        }
        // Each operation gets a new user, because some operations end the session.
        let member = app.user(&format!("member of {id}")).await;
        let status = call(&member).await;
        assert_eq!(
            status == StatusCode::FORBIDDEN,
            ADMINISTRATORS.contains(&id),
            "as a member: {id}: {status}"
        );
        assert_ne!(status, StatusCode::UNAUTHORIZED, "as a member: {id}");
        let status = call(&app.admin().await).await;
        assert!(
            ![StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status),
            "as an administrator: {id}"
        );
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
async fn every_response_to_invalid_input_is_declared_in_the_document() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    // Skipped: the event stream never ends, and signing out would invalidate the session.
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
    assert!(refused.bytes.len() < 800, "{} bytes", refused.bytes.len());
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

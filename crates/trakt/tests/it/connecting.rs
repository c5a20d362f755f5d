//! OAuth: device flow, PIN, authorization code, revoke.

use rstest::rstest;
use trakt::auth::{DeviceFailure, DevicePoll, OUT_OF_BAND};
use trakt::{Error, Remedy};
use trakt_sim::{ApplicationStatus, DEMO_CLIENT_ID};

use crate::support::{Canned, TRAKT_HEADERS, USER, World, issue};

#[tokio::test]
async fn the_device_flow_connects_once_the_person_approves() {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    assert_eq!(flow.code().user_code.len(), 8);
    assert!(matches!(world.client.auth().poll_device(flow.code()).await.unwrap(), DevicePoll::Pending));

    assert!(world.sim.approve(&flow.code().user_code, USER));
    let token = world.client.auth().wait_for_device(flow).await.unwrap().unwrap();
    world.client.connect(token).await.unwrap();
    assert_eq!(world.client.users().settings().await.unwrap().user.username, USER);
    assert!(world.store.token().is_some());
}

#[tokio::test]
async fn a_denied_code_ends_the_device_flow() {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    assert!(world.sim.deny(&flow.code().user_code));
    let outcome = world.client.auth().wait_for_device(flow).await.unwrap();
    assert_eq!(outcome.unwrap_err(), DeviceFailure::Denied);
}

#[tokio::test]
async fn a_code_that_nobody_enters_expires() {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    let outcome = world.client.auth().wait_for_device(flow).await.unwrap();
    assert_eq!(outcome.unwrap_err(), DeviceFailure::Expired);
}

#[tokio::test]
async fn a_code_works_once() {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    world.sim.approve(&flow.code().user_code, USER);
    let auth = world.client.auth();
    assert!(matches!(auth.poll_device(flow.code()).await.unwrap(), DevicePoll::Approved(_)));
    assert!(matches!(auth.poll_device(flow.code()).await.unwrap(), DevicePoll::AlreadyUsed));
}

#[tokio::test]
async fn an_unknown_code_is_told_from_a_waiting_one() {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    let mut code = flow.code().clone();
    code.device_code = "nonsense".to_owned().into();
    assert!(matches!(world.client.auth().poll_device(&code).await.unwrap(), DevicePoll::Unknown));
}

#[tokio::test]
async fn polling_too_quickly_slows_the_flow_down() {
    let world = World::unconnected().await;
    world.sim.configure(|config| config.enforce_pace = true);
    let mut flow = world.client.auth().device().await.unwrap();
    let auth = world.client.auth();
    let _ = auth.poll_device(flow.code()).await.unwrap();
    let outcome = auth.poll_device(flow.code()).await.unwrap();
    assert!(matches!(outcome, DevicePoll::SlowDown));
    let before = flow.next_poll();
    let _ = flow.on(outcome, world.sim.now());
    assert!(flow.next_poll() > before);
}

/// Approves on the authorize page as a person would, and returns the address that follows.
async fn approve_in_browser(world: &World, redirect_uri: &str) -> String {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = [
        ("client_id", DEMO_CLIENT_ID),
        ("redirect_uri", redirect_uri),
        ("state", ""),
        ("user", USER),
        ("decision", "approve"),
    ];
    let page = format!("{}/oauth/authorize", world.sim.url());
    let answer = browser.post(page).form(&form).send().await.unwrap();
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_pin_connects_and_works_once() {
    let world = World::unconnected().await;
    let location = approve_in_browser(&world, OUT_OF_BAND).await;
    let pin = location.rsplit('/').next().unwrap();
    assert_eq!(pin.len(), 8);
    let token = world.client.auth().exchange_pin(&format!(" {pin}\n")).await.unwrap();
    world.client.connect(token).await.unwrap();
    world.client.users().check_token().await.unwrap();
    assert!(matches!(world.client.auth().exchange_pin(pin).await, Err(Error::Validation { .. })));
}

#[tokio::test]
async fn an_authorization_code_connects() {
    let world = World::unconnected().await;
    let redirect_uri = "http://localhost/callback";
    let location = approve_in_browser(&world, redirect_uri).await;
    let code = location.split_once("code=").unwrap().1;
    let token = world.client.auth().exchange_code(code, redirect_uri).await.unwrap();
    assert_eq!(token.scope, "public");
}

#[tokio::test]
async fn a_wrong_pin_is_a_validation_error() {
    let world = World::unconnected().await;
    let error = world.client.auth().exchange_pin("deadbeef").await.unwrap_err();
    assert!(matches!(error, Error::Validation { .. }), "{error}");
}

#[tokio::test]
async fn the_authorize_page_is_at_the_auth_host_and_never_at_a_dead_one() {
    let client = trakt::Client::builder(trakt::Application::new("key", "Test/1.0")).build().unwrap();
    let url = client.auth().authorize_url(OUT_OF_BAND, None);
    assert!(
        url.as_str().starts_with("https://auth.trakt.tv/oauth/authorize?response_type=code&client_id=key")
    );
    let hosts = [client.endpoints().api.host_str(), client.endpoints().auth.host_str()];
    assert_eq!(hosts, [Some("api.trakt.tv"), Some("auth.trakt.tv")]);
}

#[tokio::test]
async fn revoking_ends_the_connection_at_trakt_and_here() {
    let world = World::new().await;
    let token = world.store.token().unwrap();
    world.client.auth().revoke().await.unwrap();
    assert!(world.store.token().is_none());
    assert!(matches!(world.client.users().settings().await, Err(Error::NotConnected)));
    let error = world.client.auth().refresh(&token).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "Trakt has forgotten it too");
}

#[tokio::test]
async fn a_misleading_text_does_not_hide_that_the_refresh_token_is_dead() {
    let body = r#"{"error":"invalid_grant","error_description":"The redirect uri included is not valid."}"#;
    let canned = Canned::new(400, TRAKT_HEADERS, body).await;
    let client = canned.client();
    let token = client.token().await.unwrap().unwrap();
    let error = client.auth().refresh(&token).await.unwrap_err();
    assert!(matches!(error, Error::Reconnect(_)), "{error}");
}

/// Only `invalid_grant` ends a connection; whatever else the OAuth host or the edge answers is waited for.
#[rstest]
#[case::page_of_the_edge(400, "", "<html>400 The plain HTTP request was sent to HTTPS port</html>")]
#[case::edge_block(403, "", "<html>Just a moment...</html>")]
#[case::edge_limit(429, "", "<html>slow down</html>")]
#[case::unavailable(400, TRAKT_HEADERS, r#"{"error":"temporarily_unavailable"}"#)]
#[case::unavailable_as_403(403, TRAKT_HEADERS, r#"{"error":"temporarily_unavailable"}"#)]
#[case::unavailable_as_401(401, TRAKT_HEADERS, r#"{"error":"server_error"}"#)]
#[case::no_reason(400, TRAKT_HEADERS, "")]
#[case::unauthorized_without_reason(401, TRAKT_HEADERS, "")]
#[case::lost_route(404, TRAKT_HEADERS, "")]
#[case::another_refusal(400, TRAKT_HEADERS, r#"{"error":"invalid_request"}"#)]
#[case::overloaded(503, TRAKT_HEADERS, "")]
#[case::broken_page(502, "", "<html>bad gateway</html>")]
#[tokio::test]
async fn no_other_answer_to_a_refresh_ends_the_connection(
    #[case] status: u16,
    #[case] headers: &str,
    #[case] body: &str,
) {
    let canned = Canned::new(status, headers, body).await;
    let client = canned.client();
    let token = client.token().await.unwrap().unwrap();
    let error = client.auth().refresh(&token).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::Wait { .. } | Remedy::RetryLater(_)), "{error:?}");
    assert!(client.token().await.unwrap().is_some());
}

/// A code that waits is not ended by the edge or by an outage of the OAuth host.
#[rstest]
#[case::page_of_the_edge(404, "", "<html>not here</html>")]
#[case::another_page(410, "", "<html>gone</html>")]
#[case::unavailable(400, TRAKT_HEADERS, r#"{"error":"temporarily_unavailable"}"#)]
#[tokio::test]
async fn an_outage_does_not_end_the_device_flow(
    #[case] status: u16,
    #[case] headers: &str,
    #[case] body: &str,
) {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    let canned = Canned::new(status, headers, body).await;
    let error = canned.client().auth().poll_device(flow.code()).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::Wait { .. } | Remedy::RetryLater(_)), "{error:?}");
}

#[tokio::test]
async fn invalid_client_is_about_the_application_and_not_about_the_connection() {
    let world = World::new().await;
    world.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let token = world.store.token().unwrap();
    let error = world.client.auth().refresh(&token).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::FixApplication, "{error}");
    let error = world.client.auth().device().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::FixApplication, "{error}");
}

#[tokio::test]
async fn a_token_check_may_answer_without_a_body() {
    let canned = Canned::new(204, TRAKT_HEADERS, "").await;
    canned.client().users().check_token().await.unwrap();
}

/// Newer applications have no client secret: nothing is sent in its place, not even a null.
#[tokio::test]
async fn an_application_without_a_secret_polls_refreshes_and_revokes_without_one() {
    let world = World::unconnected().await;
    let flow = world.client.auth().device().await.unwrap();
    let body = r#"{"access_token":"a","refresh_token":"r","expires_in":86400,"created_at":1760000000}"#;
    let canned = Canned::new(200, TRAKT_HEADERS, body).await;
    let client = canned.client_of(trakt::Application::new("the-client-id", "TraktTests/1.0"));
    assert!(matches!(client.auth().poll_device(flow.code()).await.unwrap(), DevicePoll::Approved(_)));
    let token = client.token().await.unwrap().unwrap();
    client.auth().refresh(&token).await.unwrap();
    client.auth().revoke().await.unwrap();

    let sent = canned.received();
    let paths: Vec<&str> = sent.iter().filter_map(|request| request.split(' ').nth(1)).collect();
    assert_eq!(paths, ["/oauth/device/token", "/oauth/token", "/oauth/revoke"]);
    for request in sent {
        assert!(request.contains("the-client-id") && !request.contains("client_secret"), "{request}");
    }
}

#[tokio::test]
async fn a_store_that_cannot_keep_a_new_connection_says_so() {
    let world = World::unconnected().await;
    world.store.make_unwritable(true);
    let error = world.client.connect(issue(&world.sim)).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::RepairStore);
}

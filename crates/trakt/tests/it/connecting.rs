//! OAuth: device flow, PIN, authorization code, revoke.

use rstest::rstest;
use trakt::auth::{DeviceFailure, DevicePoll, OUT_OF_BAND};
use trakt::{Error, Remedy};
use trakt_sim::{ApplicationStatus, DEMO_CLIENT_ID};

use crate::support::{Canned, Fixture, TRAKT_HEADERS, USER, issue};

#[tokio::test]
async fn the_device_flow_connects_once_the_user_approves() {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
    assert_eq!(flow.code().user_code.len(), 8);
    assert!(matches!(fixture.client.auth().poll_device(flow.code()).await.unwrap(), DevicePoll::Pending));

    assert!(fixture.sim.approve(&flow.code().user_code, USER));
    let token = fixture.client.auth().wait_for_device(flow).await.unwrap().unwrap();
    fixture.client.connect(token).await.unwrap();
    assert_eq!(fixture.client.users().settings().await.unwrap().user.username, USER);
    assert!(fixture.store.token().is_some());
}

#[tokio::test]
async fn a_denied_code_ends_the_device_flow() {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
    assert!(fixture.sim.deny(&flow.code().user_code));
    let outcome = fixture.client.auth().wait_for_device(flow).await.unwrap();
    assert_eq!(outcome.unwrap_err(), DeviceFailure::Denied);
}

#[tokio::test]
async fn a_code_that_nobody_enters_expires() {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
    let outcome = fixture.client.auth().wait_for_device(flow).await.unwrap();
    assert_eq!(outcome.unwrap_err(), DeviceFailure::Expired);
}

#[tokio::test]
async fn a_code_works_once() {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
    fixture.sim.approve(&flow.code().user_code, USER);
    let auth = fixture.client.auth();
    assert!(matches!(auth.poll_device(flow.code()).await.unwrap(), DevicePoll::Approved(_)));
    assert!(matches!(auth.poll_device(flow.code()).await.unwrap(), DevicePoll::AlreadyUsed));
}

#[tokio::test]
async fn an_unknown_code_is_distinguished_from_a_pending_one() {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
    let mut code = flow.code().clone();
    code.device_code = "nonsense".to_owned().into();
    assert!(matches!(fixture.client.auth().poll_device(&code).await.unwrap(), DevicePoll::Unknown));
}

#[tokio::test]
async fn polling_too_quickly_slows_the_flow_down() {
    let fixture = Fixture::unconnected().await;
    fixture.sim.configure(|config| config.enforce_pace = true);
    let mut flow = fixture.client.auth().device().await.unwrap();
    let auth = fixture.client.auth();
    let _ = auth.poll_device(flow.code()).await.unwrap();
    let outcome = auth.poll_device(flow.code()).await.unwrap();
    assert!(matches!(outcome, DevicePoll::SlowDown));
    let before = flow.next_poll();
    let _ = flow.on(outcome, fixture.sim.now());
    assert!(flow.next_poll() > before);
}

/// Approves the application on the authorize page, as a user does, and returns the address of the redirect.
async fn approve_in_browser(fixture: &Fixture, redirect_uri: &str) -> String {
    let browser = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let form = [
        ("client_id", DEMO_CLIENT_ID),
        ("redirect_uri", redirect_uri),
        ("state", ""),
        ("user", USER),
        ("decision", "approve"),
    ];
    let page = format!("{}/oauth/authorize", fixture.sim.url());
    let answer = browser.post(page).form(&form).send().await.unwrap();
    answer.headers()["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_pin_connects_and_works_once() {
    let fixture = Fixture::unconnected().await;
    let location = approve_in_browser(&fixture, OUT_OF_BAND).await;
    let pin = location.rsplit('/').next().unwrap();
    assert_eq!(pin.len(), 8);
    let token = fixture.client.auth().exchange_pin(&format!(" {pin}\n")).await.unwrap();
    fixture.client.connect(token).await.unwrap();
    fixture.client.users().check_token().await.unwrap();
    assert!(matches!(fixture.client.auth().exchange_pin(pin).await, Err(Error::Validation { .. })));
}

#[tokio::test]
async fn an_authorization_code_connects() {
    let fixture = Fixture::unconnected().await;
    let redirect_uri = "http://localhost/callback";
    let location = approve_in_browser(&fixture, redirect_uri).await;
    let code = location.split_once("code=").unwrap().1;
    let token = fixture.client.auth().exchange_code(code, redirect_uri).await.unwrap();
    assert_eq!(token.scope, "public");
}

#[tokio::test]
async fn a_wrong_pin_is_a_validation_error() {
    let fixture = Fixture::unconnected().await;
    let error = fixture.client.auth().exchange_pin("deadbeef").await.unwrap_err();
    assert!(matches!(error, Error::Validation { .. }), "{error}");
}

#[tokio::test]
async fn the_default_hosts_are_trakts_current_ones() {
    let client = trakt::Client::builder(trakt::Application::new("key", "Test/1.0")).build().unwrap();
    let url = client.auth().authorize_url(OUT_OF_BAND, None);
    assert!(
        url.as_str().starts_with("https://auth.trakt.tv/oauth/authorize?response_type=code&client_id=key")
    );
    let hosts = [client.endpoints().api.host_str(), client.endpoints().auth.host_str()];
    assert_eq!(hosts, [Some("api.trakt.tv"), Some("auth.trakt.tv")]);
}

#[tokio::test]
async fn revoking_disconnects_on_trakt_and_locally() {
    let fixture = Fixture::new().await;
    let token = fixture.store.token().unwrap();
    fixture.client.auth().revoke().await.unwrap();
    assert!(fixture.store.token().is_none());
    assert!(matches!(fixture.client.users().settings().await, Err(Error::NotConnected)));
    let error = fixture.client.auth().refresh(&token).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::Reconnect, "the token is also revoked on Trakt");
}

#[tokio::test]
async fn a_misleading_description_does_not_hide_an_invalid_refresh_token() {
    let body = r#"{"error":"invalid_grant","error_description":"The redirect uri included is not valid."}"#;
    let canned = Canned::new(400, TRAKT_HEADERS, body).await;
    let client = canned.client();
    let token = client.token().await.unwrap().unwrap();
    let error = client.auth().refresh(&token).await.unwrap_err();
    assert!(matches!(error, Error::Reconnect(_)), "{error}");
}

/// Only `invalid_grant` ends a connection; after any other response of the OAuth host or the edge, the client waits or
/// retries later.
#[rstest]
#[case::edge_page(400, "", "<html>400 The plain HTTP request was sent to HTTPS port</html>")]
#[case::edge_block(403, "", "<html>Just a moment...</html>")]
#[case::edge_limit(429, "", "<html>slow down</html>")]
#[case::unavailable(400, TRAKT_HEADERS, r#"{"error":"temporarily_unavailable"}"#)]
#[case::unavailable_as_403(403, TRAKT_HEADERS, r#"{"error":"temporarily_unavailable"}"#)]
#[case::unavailable_as_401(401, TRAKT_HEADERS, r#"{"error":"server_error"}"#)]
#[case::no_reason(400, TRAKT_HEADERS, "")]
#[case::unauthorized_without_reason(401, TRAKT_HEADERS, "")]
#[case::missing_route(404, TRAKT_HEADERS, "")]
#[case::other_error(400, TRAKT_HEADERS, r#"{"error":"invalid_request"}"#)]
#[case::overloaded(503, TRAKT_HEADERS, "")]
#[case::broken_page(502, "", "<html>bad gateway</html>")]
#[tokio::test]
async fn no_other_response_to_a_refresh_ends_the_connection(
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

/// A pending code is not ended by an edge page or by an outage of the OAuth host.
#[rstest]
#[case::edge_page(404, "", "<html>not here</html>")]
#[case::edge_page_with_410(410, "", "<html>gone</html>")]
#[case::unavailable(400, TRAKT_HEADERS, r#"{"error":"temporarily_unavailable"}"#)]
#[tokio::test]
async fn an_outage_does_not_end_the_device_flow(
    #[case] status: u16,
    #[case] headers: &str,
    #[case] body: &str,
) {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
    let canned = Canned::new(status, headers, body).await;
    let error = canned.client().auth().poll_device(flow.code()).await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::Wait { .. } | Remedy::RetryLater(_)), "{error:?}");
}

#[tokio::test]
async fn invalid_client_concerns_the_application_and_not_the_connection() {
    let fixture = Fixture::new().await;
    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let token = fixture.store.token().unwrap();
    let error = fixture.client.auth().refresh(&token).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::FixApplication, "{error}");
    let error = fixture.client.auth().device().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::FixApplication, "{error}");
}

#[tokio::test]
async fn a_token_check_accepts_a_response_without_a_body() {
    let canned = Canned::new(204, TRAKT_HEADERS, "").await;
    canned.client().users().check_token().await.unwrap();
}

/// Newer applications have no client secret: nothing is sent in its place, not even a null.
#[tokio::test]
async fn an_application_without_a_secret_polls_refreshes_and_revokes_without_one() {
    let fixture = Fixture::unconnected().await;
    let flow = fixture.client.auth().device().await.unwrap();
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
async fn a_store_that_cannot_save_a_new_connection_is_reported() {
    let fixture = Fixture::unconnected().await;
    fixture.store.make_unwritable(true);
    let error = fixture.client.connect(issue(&fixture.sim)).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::RepairStore);
}

//! facts.md, OAuth: device flow, PIN, authorization code, revoke.

use trakt::auth::{DeviceFailure, DevicePoll, OUT_OF_BAND};
use trakt::{Error, Remedy};
use trakt_sim::{ApplicationStatus, DEMO_CLIENT_ID};

use crate::support::{Canned, USER, World, issue};

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
    assert_eq!(error.remedy(), Remedy::Connect, "Trakt has forgotten it too");
}

#[tokio::test]
async fn a_misleading_text_does_not_hide_that_the_refresh_token_is_dead() {
    let body = r#"{"error":"invalid_grant","error_description":"The redirect uri included is not valid."}"#;
    let canned = Canned::new(400, crate::support::TRAKT_HEADERS, body).await;
    let client = canned.client();
    let token = client.token().await.unwrap().unwrap();
    let error = client.auth().refresh(&token).await.unwrap_err();
    assert!(matches!(error, Error::Reconnect(_)), "{error}");
}

#[tokio::test]
async fn a_page_in_the_place_of_a_refusal_does_not_disconnect() {
    let canned = Canned::new(400, "", "<html>400 The plain HTTP request was sent to HTTPS port</html>").await;
    let client = canned.client();
    let token = client.token().await.unwrap().unwrap();
    let error = client.auth().refresh(&token).await.unwrap_err();
    assert!(!matches!(error, Error::Reconnect(_)), "{error}");
}

#[tokio::test]
async fn invalid_client_is_about_the_application_and_not_about_the_connection() {
    let world = World::new().await;
    world.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let token = world.store.token().unwrap();
    let error = world.client.auth().refresh(&token).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::ReplaceApplication, "{error}");
    let error = world.client.auth().device().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::ReplaceApplication, "{error}");
}

#[tokio::test]
async fn a_token_check_may_answer_without_a_body() {
    let canned = Canned::new(204, crate::support::TRAKT_HEADERS, "").await;
    canned.client().users().check_token().await.unwrap();
}

#[tokio::test]
async fn connecting_without_the_secret_says_what_is_missing() {
    let client = trakt::Client::builder(trakt::Application::new("key", "Test/1.0")).build().unwrap();
    let error = client.auth().exchange_pin("12345678").await.unwrap_err();
    assert!(error.to_string().contains("client secret"));
}

#[tokio::test]
async fn a_store_that_cannot_keep_a_new_connection_says_so() {
    let world = World::unconnected().await;
    world.store.make_unwritable(true);
    let error = world.client.connect(issue(&world.sim)).await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::RepairStore);
}

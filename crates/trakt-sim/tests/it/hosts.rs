//! The simulator with a separate port for each of Trakt's two hosts.

use serde_json::json;
use trakt_sim::{DEMO_CLIENT_ID, DEMO_USER, Fault, FaultKind, Host, SimHandle};

use crate::builder;
use crate::client::Device;

async fn two_hosts() -> (SimHandle, Device, Device) {
    let sim = builder().separate_hosts().start().await.expect("two free ports");
    let api = Device::demo(&sim);
    let auth = Device { url: sim.auth_url().to_owned(), ..Device::anonymous(&sim) };
    (sim, api, auth)
}

#[tokio::test]
async fn the_auth_host_serves_only_oauth_and_the_activation_page() {
    let (sim, api, auth) = two_hosts().await;
    assert_ne!(sim.url(), sim.auth_url());
    let code = auth.device_code().await;
    assert_eq!(code["verification_url"], format!("{}/activate", sim.auth_url()));
    assert_eq!(auth.get("/activate").await.status, 200);
    let lost = Device { token: api.token.clone(), ..auth };
    let wrong = lost.get("/users/settings").await;
    assert!(wrong.status == 404 && wrong.header("x-request-id").is_some());
    assert_eq!(api.get("/users/settings").await.status, 200);
}

#[tokio::test]
async fn recorded_requests_include_the_called_host() {
    let (sim, api, auth) = two_hosts().await;
    let pair = sim.issue_token(DEMO_USER);
    // Old clients refresh tokens at the API host, which Trakt still supports.
    assert_eq!(api.refresh(&pair.refresh_token).await.status, 200);
    auth.post("/oauth/device/code", json!({"client_id": DEMO_CLIENT_ID})).await;
    let hosts: Vec<_> = sim.requests().iter().map(|request| (request.path.clone(), request.host)).collect();
    let expected = [("/oauth/token", Host::Api), ("/oauth/device/code", Host::Auth)];
    assert_eq!(hosts, expected.map(|(path, host)| (path.to_owned(), Some(host))));
}

#[tokio::test]
async fn faults_can_be_limited_to_one_host() {
    let (sim, api, auth) = two_hosts().await;
    sim.add_fault(Fault::on("/oauth", FaultKind::Html { status: 503 }).host(Host::Api));
    let body = json!({"client_id": DEMO_CLIENT_ID});
    assert_eq!(api.post("/oauth/device/code", body.clone()).await.status, 503);
    assert_eq!(auth.post("/oauth/device/code", body).await.status, 200);
}

#[tokio::test]
async fn both_ports_close_and_open_together() {
    let (mut sim, api, auth) = two_hosts().await;
    sim.close_port().await;
    assert!(api.request(reqwest::Method::GET, "/users/settings").send().await.is_err());
    assert!(auth.request(reqwest::Method::GET, "/activate").send().await.is_err());
    sim.open_port().await.expect("the same ports");
    assert_eq!(api.get("/users/settings").await.status, 200);
    assert_eq!(auth.get("/activate").await.status, 200);
}

//! Logging in: device flow, PIN, refresh, revoke.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::Duration;
use serde_json::json;
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, Fault, FaultKind};

use crate::client::Device;
use crate::{builder, sim};

const OOB: &str = "urn:ietf:wg:oauth:2.0:oob";

#[tokio::test]
async fn device_codes_have_8_characters_and_expire_after_600_seconds() {
    let sim = sim().await;
    let code = Device::anonymous(&sim).device_code().await;
    assert_eq!(code["user_code"].as_str().map(str::len), Some(8));
    assert_eq!((&code["expires_in"], &code["interval"]), (&json!(600), &json!(5)));
    assert_eq!(code["verification_url"], format!("{}/activate", sim.url()));
}

#[tokio::test]
async fn polls_return_pending_then_a_token_then_already_used() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let code = device.device_code().await;
    assert_eq!(device.poll(&code).await.status, 400);
    assert!(sim.approve(code["user_code"].as_str().expect("a code"), DEMO_USER));
    let token = device.poll(&code).await;
    assert_eq!((token.status, &token.body["token_type"]), (200, &json!("bearer")));
    assert_eq!(token.body["scope"], "public");
    assert_eq!(token.body["created_at"], sim.now().timestamp());
    assert_eq!(device.poll(&code).await.status, 409);
    let connected = Device { token: token.body["access_token"].as_str().map(str::to_owned), ..device };
    assert_eq!(connected.get("/users/settings").await.body["user"]["username"], DEMO_USER);
}

#[tokio::test]
async fn polls_for_an_unknown_code_return_404() {
    let sim = sim().await;
    assert_eq!(Device::anonymous(&sim).poll(&json!({"device_code": "unknown"})).await.status, 404);
}

#[tokio::test]
async fn polls_for_an_expired_code_return_410() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let code = device.device_code().await;
    sim.advance(Duration::seconds(601));
    assert_eq!(device.poll(&code).await.status, 410);
    assert!(!sim.approve(code["user_code"].as_str().expect("a code"), DEMO_USER));
}

#[tokio::test]
async fn polls_for_a_denied_code_return_418() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let code = device.device_code().await;
    assert!(sim.deny(code["user_code"].as_str().expect("a code")));
    assert_eq!(device.poll(&code).await.status, 418);
}

#[tokio::test]
async fn polls_that_come_too_soon_return_429() {
    let sim = builder().enforce_pace().start().await.expect("a free port");
    let device = Device::anonymous(&sim);
    let code = device.device_code().await;
    assert_eq!(device.poll(&code).await.status, 400);
    assert_eq!(device.poll(&code).await.status, 429);
    sim.advance(Duration::seconds(5));
    assert_eq!(device.poll(&code).await.status, 400);
}

/// Approves on the page and returns the PIN that it shows.
async fn pin(device: &Device) -> String {
    let fields =
        [("client_id", DEMO_CLIENT_ID), ("redirect_uri", OOB), ("user", DEMO_USER), ("decision", "approve")];
    let approved = device.form("/oauth/authorize", &fields).await;
    assert_eq!(approved.status, 303);
    let page = device.get(approved.header("location").expect("a page")).await.text;
    let pin = page.split("id=\"pin\">").nth(1).and_then(|rest| rest.split('<').next());
    pin.expect("a PIN on the page").to_owned()
}

async fn redeem(device: &Device, code: &str, redirect_uri: &str) -> crate::client::Answer {
    let body = json!({"code": code, "client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET,
        "redirect_uri": redirect_uri, "grant_type": "authorization_code"});
    device.post("/oauth/token", body).await
}

#[tokio::test]
async fn pins_have_8_hexadecimal_digits_and_work_once() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let query = format!("/oauth/authorize?response_type=code&client_id={DEMO_CLIENT_ID}&redirect_uri={OOB}");
    assert!(device.get(&query).await.text.contains("Demo application"));
    let pin = pin(&device).await;
    assert!(pin.len() == 8 && pin.chars().all(|c| c.is_ascii_hexdigit()), "{pin}");
    assert_eq!(redeem(&device, &pin, OOB).await.status, 200);
    assert_eq!(redeem(&device, &pin, OOB).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn pins_expire_after_ten_minutes() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let pin = pin(&device).await;
    sim.advance(Duration::minutes(11));
    assert_eq!(redeem(&device, &pin, OOB).await.status, 400);
}

#[tokio::test]
async fn authorization_codes_are_sent_to_the_redirect_uri_with_the_state() {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let to = "http://localhost/callback";
    let fields = [
        ("client_id", DEMO_CLIENT_ID),
        ("redirect_uri", to),
        ("state", "a b"),
        ("user", DEMO_USER),
        ("decision", "approve"),
    ];
    let sent_back = device.form("/oauth/authorize", &fields).await;
    let location = sent_back.header("location").expect("an address").to_owned();
    let code = location.strip_prefix("http://localhost/callback?code=").expect("a code");
    let (code, state) = code.split_once("&state=").expect("the state");
    assert_eq!(state, "a+b");
    assert_eq!(redeem(&device, code, to).await.status, 200);
    let elsewhere = [("client_id", DEMO_CLIENT_ID), ("redirect_uri", "http://evil"), ("user", DEMO_USER)];
    assert_eq!(device.form("/oauth/authorize", &elsewhere).await.status, 403);
}

#[tokio::test]
async fn tokens_expire_after_expires_in_seconds() {
    let sim = sim().await;
    assert_eq!(sim.issue_token(DEMO_USER).expires_in, 7 * 24 * 3600);
    sim.configure(|config| config.token_seconds = 24 * 3600);
    let pair = sim.issue_token(DEMO_USER);
    let device = Device { token: Some(pair.access_token), ..Device::anonymous(&sim) };
    sim.advance(Duration::seconds(pair.expires_in - 1));
    assert_eq!(device.get("/users/settings").await.status, 200);
    sim.advance(Duration::seconds(1));
    assert_eq!(device.get("/users/settings").await.status, 401);
}

#[tokio::test]
async fn refresh_tokens_work_once_and_invalidate_the_old_access_token() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let device = Device { token: Some(pair.access_token), ..Device::anonymous(&sim) };
    let fresh = Device::anonymous(&sim).refresh(&pair.refresh_token).await;
    assert_eq!(fresh.status, 200);
    assert_ne!(fresh.body["refresh_token"], pair.refresh_token);
    assert_eq!(device.get("/users/settings").await.status, 401);
    let second = Device::anonymous(&sim).refresh(&pair.refresh_token).await;
    assert_eq!((second.status, &second.body["error"]), (400, &json!("invalid_grant")));
    assert!(second.body["error_description"].is_string());
}

#[tokio::test]
async fn only_one_of_two_simultaneous_refreshes_succeeds() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let device = Device::anonymous(&sim);
    let (one, other) = tokio::join!(device.refresh(&pair.refresh_token), device.refresh(&pair.refresh_token));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn refreshing_works_after_the_access_token_expired() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    sim.advance(Duration::days(30));
    assert_eq!(Device::anonymous(&sim).refresh(&pair.refresh_token).await.status, 200);
}

#[tokio::test]
async fn revoke_returns_200_for_any_token() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let device = Device::anonymous(&sim);
    for token in ["nonsense", &pair.access_token] {
        let body = json!({"token": token, "client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET});
        assert_eq!(device.post("/oauth/revoke", body).await.status, 200);
    }
    let device = Device { token: Some(pair.access_token), ..device };
    assert_eq!(device.get("/users/settings").await.status, 401);
}

#[tokio::test]
async fn wrong_client_secrets_return_invalid_client() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let body = json!({"client_id": DEMO_CLIENT_ID, "client_secret": "wrong", "grant_type": "refresh_token",
        "redirect_uri": OOB, "refresh_token": pair.refresh_token});
    let refused = Device::anonymous(&sim).post("/oauth/token", body).await;
    assert_eq!(refused.body["error"], "invalid_client");
    assert_eq!(Device::anonymous(&sim).refresh(&pair.refresh_token).await.status, 200);
}

#[tokio::test]
async fn the_old_pin_page_returns_404() {
    let sim = sim().await;
    let answer = Device::demo(&sim).get("/pin/1234").await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn refreshing_out_of_band_returns_all_members_that_kometa_writes_to_its_config() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let fresh = Device::anonymous(&sim).refresh(&pair.refresh_token).await;
    for member in ["access_token", "token_type", "expires_in", "refresh_token", "scope", "created_at"] {
        assert!(!fresh.body[member].is_null(), "{member}");
    }
    let device =
        Device { token: fresh.body["access_token"].as_str().map(str::to_owned), ..Device::anonymous(&sim) };
    assert_eq!(device.get("/users/settings").await.status, 200);
}

#[tokio::test]
async fn used_refresh_tokens_return_a_misleading_description() {
    let sim = sim().await;
    let pair = sim.issue_token(DEMO_USER);
    let device = Device::anonymous(&sim);
    device.refresh(&pair.refresh_token).await;
    let (stale, unknown) = (device.refresh(&pair.refresh_token).await, device.refresh("unknown").await);
    assert_eq!((stale.status, unknown.status), (400, 400));
    assert_eq!(
        (&stale.body["error"], &unknown.body["error"]),
        (&json!("invalid_grant"), &json!("invalid_grant"))
    );
    assert_ne!(stale.body["error_description"], unknown.body["error_description"]);
}

#[tokio::test]
async fn checking_a_token_can_return_204_without_a_body() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/users/settings", FaultKind::Empty { status: 204 }).times(1));
    let checked = Device::demo(&sim).get("/users/settings").await;
    assert_eq!((checked.status, checked.text.as_str()), (204, ""));
}

#[tokio::test]
async fn applications_without_a_secret_can_connect_refresh_and_revoke() {
    let secretless = json!({"client_id": "secretless", "name": "Newer"});
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device { client_id: "secretless".into(), ..Device::anonymous(&sim) };
    device.post("/_sim/applications", secretless).await;
    let code = device.device_code().await;
    assert!(sim.approve(code["user_code"].as_str().expect("a code"), DEMO_USER));
    let body = json!({"code": code["device_code"], "client_id": "secretless"});
    let token = device.post("/oauth/device/token", body).await;
    assert_eq!(token.status, 200);
    let refresh = json!({"client_id": "secretless", "grant_type": "refresh_token", "redirect_uri": OOB,
        "refresh_token": token.body["refresh_token"]});
    let fresh = device.post("/oauth/token", refresh).await;
    assert_eq!(fresh.status, 200);
    let revoke = json!({"client_id": "secretless", "token": fresh.body["access_token"]});
    assert_eq!(device.post("/oauth/revoke", revoke).await.status, 200);
    let gone = Device { token: fresh.body["access_token"].as_str().map(str::to_owned), ..device };
    assert_eq!(gone.get("/users/settings").await.status, 401);
}

#[tokio::test]
async fn clients_can_authenticate_with_http_basic() {
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device::anonymous(&sim);
    for (secret, status) in [("wrong", 401), (DEMO_CLIENT_SECRET, 200)] {
        let pair = sim.issue_token(DEMO_USER);
        let form = [("grant_type", "refresh_token"), ("refresh_token", pair.refresh_token.as_str())];
        let request = device
            .http
            .post(format!("{}/oauth/token", sim.url()))
            .basic_auth(DEMO_CLIENT_ID, Some(secret))
            .form(&form);
        assert_eq!(crate::client::read(request).await.expect("an answer").status, status, "{secret}");
    }
}

#[tokio::test]
async fn http_basic_is_case_insensitive_and_overrides_empty_fields() {
    let sim = builder().unrecorded().start().await.expect("a free port");
    let device = Device::anonymous(&sim);
    let encoded = STANDARD.encode(format!("{DEMO_CLIENT_ID}:{DEMO_CLIENT_SECRET}"));
    for scheme in ["Basic", "basic", "BASIC"] {
        let pair = sim.issue_token(DEMO_USER);
        let body = json!({"grant_type": "refresh_token", "refresh_token": pair.refresh_token,
            "client_id": "", "client_secret": null});
        let request = device.http.post(format!("{}/oauth/token", sim.url()));
        let request = request.header("authorization", format!("{scheme} {encoded}")).json(&body);
        assert_eq!(crate::client::read(request).await.expect("an answer").status, 200, "{scheme}");
    }
}

#[rstest::rstest]
#[case("")]
#[case("callback")]
#[case("localhost:8080/callback")]
#[case("ftp://a")]
#[case("http:a")]
#[tokio::test]
async fn malformed_redirect_uris_are_rejected(#[case] redirect_uri: &str) {
    let sim = sim().await;
    let device = Device::anonymous(&sim);
    let query =
        format!("/oauth/authorize?response_type=code&client_id={DEMO_CLIENT_ID}&redirect_uri={redirect_uri}");
    assert_eq!(device.get(&query).await.status, 400);
    let refused = redeem(&device, "12345678", redirect_uri).await;
    assert_eq!((refused.status, &refused.body["error"]), (400, &json!("invalid_redirect_uri")));
}

//! /api/session

use chrono::TimeDelta;
use clock::ManualClock;
use kinometa::config::TrustedProxy;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Actor, PASSWORD, Response, TestApp, send};

async fn sign_in(app: &TestApp, username: &str, password: &str) -> Response {
    app.anonymous().post("/api/session", json!({"username": username, "password": password})).await
}

/// Returns an actor with the cookies set by this response.
fn browser(app: &TestApp, response: &Response) -> Actor {
    let cookies = response.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let kept = cookies.filter(|line| !line.contains("Max-Age=0")).filter_map(|line| line.split(';').next());
    app.anonymous().with_cookie(&kept.collect::<Vec<_>>().join("; "))
}

#[tokio::test]
async fn user_names_are_case_insensitive_for_signing_in() {
    let app = TestApp::start().await;
    app.user("Anna").await;
    let signed_in = sign_in(&app, "aNNA", PASSWORD).await;
    assert_eq!(signed_in.good(StatusCode::CREATED)["user"]["username"], "Anna");

    let anna = browser(&app, &signed_in);
    anna.get("/api/me").await.good(StatusCode::OK);
    let signed_out = anna.delete("/api/session").await;
    assert!(signed_out.good(StatusCode::OK)["user"].is_null());
    assert_eq!(anna.get("/api/me").await.error(StatusCode::UNAUTHORIZED), "signed_out");
    anna.delete("/api/session").await.good(StatusCode::OK);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_get_the_same_error() {
    let app = TestApp::start().await;
    let wrong = sign_in(&app, "admin", "wrong password").await;
    let unknown = sign_in(&app, "nobody", "wrong password").await;
    assert_eq!(wrong.error(StatusCode::UNPROCESSABLE_ENTITY), "wrong_password");
    assert_eq!(unknown.error(StatusCode::UNPROCESSABLE_ENTITY), "wrong_password");
    assert_eq!(wrong.json()["error"]["message"], unknown.json()["error"]["message"]);
}

#[tokio::test]
async fn failed_sign_ins_cause_a_delay_after_which_the_right_password_works() {
    let clock = ManualClock::new("2026-11-01T20:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    for _ in 0..5 {
        sign_in(&app, "admin", "a wrong guess").await.error(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = sign_in(&app, "admin", PASSWORD).await;
    assert_eq!(refused.error(StatusCode::TOO_MANY_REQUESTS), "too_many");
    let wait: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert_eq!(refused.json()["error"]["retry_after_seconds"], wait);

    clock.advance(std::time::Duration::from_secs(wait));
    sign_in(&app, "admin", PASSWORD).await.good(StatusCode::CREATED);
}

#[tokio::test]
async fn a_session_expires_unless_it_is_used() {
    let clock = ManualClock::new("2026-11-01T20:00:00Z".parse().unwrap());
    let app = TestApp::builder().clock(clock.clone()).start().await;
    let admin = app.admin().await;
    for _ in 0..4 {
        clock.advance(TimeDelta::days(40).to_std().unwrap());
        admin.get("/api/me").await.good(StatusCode::OK);
    }
    clock.advance(TimeDelta::days(61).to_std().unwrap());
    admin.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn basic_auth_of_a_proxy_does_not_hide_the_session() {
    let app = TestApp::start().await;
    let request = app.admin().await.request(Method::GET, "/api/me");
    send(request.header("authorization", "Basic YWRhOmFkYQ==")).await.good(StatusCode::OK);
}

#[tokio::test]
async fn sign_in_attempts_behind_a_proxy_are_counted_per_ipv6_network() {
    let app =
        TestApp::builder().config(|config| config.trust_proxy = vec![TrustedProxy::Loopback]).start().await;
    let guess = async |number: u32, network: u32| {
        let request = app.anonymous().request(Method::POST, "/api/session");
        let body = json!({"username": format!("name{number}"), "password": "a wrong guess"});
        let address = format!("2001:db8:0:{network}::{number:x}");
        send(request.header("x-forwarded-for", address).json(&body)).await.status
    };
    for number in 0..20 {
        assert_eq!(guess(number, 1).await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess(20, 1).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guess(21, 2).await, StatusCode::UNPROCESSABLE_ENTITY, "another network is not affected");
}

#[tokio::test]
async fn the_cookie_is_secure_behind_https() {
    let app = TestApp::start().await;
    let request = app.anonymous().request(Method::POST, "/api/session");
    let body = json!({"username": "admin", "password": PASSWORD});
    let response = send(request.header("x-forwarded-proto", "https").json(&body)).await;
    assert!(response.session_cookie().contains("; Secure"));
    let plain = sign_in(&app, "admin", PASSWORD).await;
    assert!(!plain.session_cookie().contains("Secure"));
}

#[tokio::test]
async fn the_demo_signs_visitors_in_until_they_sign_out() {
    let app = TestApp::builder().config(|config| config.demo_user = Some("admin".into())).start().await;
    let first = app.anonymous().get("/api/session").await;
    assert_eq!(first.good(StatusCode::OK)["user"]["username"], "admin");
    assert_eq!(first.json()["server"]["demo"], true);
    let visitor = browser(&app, &first);
    visitor.get("/api/me").await.good(StatusCode::OK);

    let signed_out = browser(&app, &visitor.delete("/api/session").await);
    let after = signed_out.get("/api/session").await;
    assert!(after.good(StatusCode::OK)["user"].is_null(), "signing out must not sign the visitor in again");
    signed_out.get("/api/me").await.error(StatusCode::UNAUTHORIZED);

    let back = browser(&app, &sign_in(&app, "admin", PASSWORD).await);
    assert_eq!(back.get("/api/session").await.json()["user"]["username"], "admin");
}

#[tokio::test]
async fn an_invalid_sign_in_body_is_rejected_with_a_message() {
    let app = TestApp::start().await;
    let response = app.anonymous().post("/api/session", json!({"username": 7})).await;
    assert_eq!(response.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
    let request = app.anonymous().request(Method::POST, "/api/session");
    let huge = send(request.header("content-type", "application/json").body(vec![b' '; 300_000])).await;
    assert_eq!(huge.error(StatusCode::PAYLOAD_TOO_LARGE), "too_large");
}

#[tokio::test]
async fn password_guessing_does_not_lock_out_the_owner() {
    let clock = ManualClock::new("2026-11-01T20:00:00Z".parse().unwrap());
    let app = TestApp::builder()
        .clock(clock.clone())
        .config(|config| config.trust_proxy = vec![TrustedProxy::Loopback])
        .start()
        .await;
    let owner = browser(&app, &sign_in(&app, "admin", PASSWORD).await);
    let script = owner.token().await;
    let sign_in_from = async |who: &Actor, address: &str, password: &str| {
        let body = json!({"username": "admin", "password": password});
        let request = who.request(Method::POST, "/api/session");
        send(request.header("x-forwarded-for", address).json(&body)).await
    };
    let stranger = app.anonymous();
    let mut tried = 0;
    for round in 0..600_u64 {
        let guess = sign_in_from(&stranger, "203.0.113.7", "a wrong guess").await;
        tried += u32::from(guess.status == StatusCode::UNPROCESSABLE_ENTITY);
        clock.advance(std::time::Duration::from_millis(500));
        if round % 60 == 59 {
            let elsewhere = sign_in_from(&app.anonymous(), "198.51.100.20", PASSWORD).await;
            elsewhere.good(StatusCode::CREATED);
            // The same address as the stranger (behind the same router), but a browser that has signed in before.
            sign_in_from(&owner, "203.0.113.7", PASSWORD).await.good(StatusCode::CREATED);
            script.get("/api/me").await.good(StatusCode::OK);
        }
    }
    assert!(tried < 20, "{tried} guesses in five minutes");
    let refused = sign_in_from(&stranger, "203.0.113.7", PASSWORD).await;
    assert_eq!(refused.error(StatusCode::TOO_MANY_REQUESTS), "too_many");
}

#[tokio::test]
async fn concurrent_guesses_do_not_block_the_owner() {
    let app =
        TestApp::builder().config(|config| config.trust_proxy = vec![TrustedProxy::Loopback]).start().await;
    let guesses = (0..60).map(|number| {
        let request = app.anonymous().request(Method::POST, "/api/session");
        let body = json!({"username": format!("name{number}"), "password": "a wrong guess"});
        send(request.header("x-forwarded-for", "203.0.113.7").json(&body))
    });
    let owner = async {
        let request = app.anonymous().request(Method::POST, "/api/session");
        let body = json!({"username": "admin", "password": PASSWORD});
        send(request.header("x-forwarded-for", "198.51.100.20").json(&body)).await
    };
    let (guesses, owner) = futures::join!(futures::future::join_all(guesses), owner);
    owner.good(StatusCode::CREATED);
    let hashed = guesses.iter().filter(|guess| guess.status == StatusCode::UNPROCESSABLE_ENTITY).count();
    assert!((1..=20).contains(&hashed), "{hashed} guesses were hashed");
}

#[tokio::test]
async fn a_device_cookie_does_not_sign_in_and_has_its_own_limit() {
    let app = TestApp::start().await;
    app.user("anna").await;
    let signed_in = sign_in(&app, "anna", PASSWORD).await;
    let device = signed_in.headers.get_all("set-cookie").iter().map(|line| line.to_str().unwrap());
    let device =
        device.filter_map(|line| line.split(';').next()).find(|line| line.starts_with("kinometa_device="));
    let known = app.anonymous().with_cookie(device.unwrap());
    known.get("/api/me").await.error(StatusCode::UNAUTHORIZED);
    let guess = async |who: &Actor, username: &str| {
        who.post("/api/session", json!({"username": username, "password": "a wrong guess"})).await.status
    };
    for _ in 0..5 {
        assert_eq!(guess(&known, "anna").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess(&known, "anna").await, StatusCode::TOO_MANY_REQUESTS);
    // For another account, the device is unknown: its guesses count like any stranger's.
    for _ in 0..5 {
        assert_eq!(guess(&known, "admin").await, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(guess(&app.anonymous(), "admin").await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn forwarded_addresses_from_untrusted_clients_are_ignored() {
    let app = TestApp::start().await;
    let mut statuses = Vec::new();
    for number in 0..6 {
        let request = app.anonymous().request(Method::POST, "/api/session");
        let body = json!({"username": "admin", "password": "a wrong guess"});
        let forged = format!("198.51.100.{number}");
        statuses.push(send(request.header("x-forwarded-for", forged).json(&body)).await.status);
    }
    assert_eq!(statuses[5], StatusCode::TOO_MANY_REQUESTS);
}

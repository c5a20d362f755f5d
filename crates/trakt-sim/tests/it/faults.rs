//! Faults: how responses break, and whether the requests are applied nevertheless.

use reqwest::Method;
use serde_json::json;
use trakt_sim::{DEMO_USER, Fault, FaultKind, SimHandle};

use crate::client::{Answer, Device, read};
use crate::{MOVIE, builder, sim};

async fn add_play(device: &Device) -> Result<Answer, reqwest::Error> {
    let body = json!({"movies": [{"ids": {"trakt": MOVIE}}]});
    read(device.request(Method::POST, "/sync/history").json(&body)).await
}

fn plays(sim: &SimHandle) -> usize {
    sim.act(DEMO_USER, "GET", "/sync/history", None).body.as_array().expect("plays").len()
}

#[tokio::test]
async fn connections_reset_before_processing_apply_nothing() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/sync", FaultKind::ResetBefore).times(1));
    assert!(add_play(&Device::demo(&sim)).await.is_err());
    assert_eq!(plays(&sim), 0);
}

#[tokio::test]
async fn connections_reset_after_processing_apply_the_request_and_lose_the_response() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/sync", FaultKind::ResetAfter).times(1));
    let device = Device::demo(&sim);
    assert!(add_play(&device).await.is_err());
    assert_eq!(plays(&sim), 1);
    let received = sim.requests();
    assert_eq!((received[0].status, received[0].answer_lost), (Some(201), true));
    assert!(add_play(&device).await.is_ok(), "the fault affects only one request");
}

#[tokio::test]
async fn refused_connections_close_without_a_response() {
    let sim = sim().await;
    sim.add_fault(Fault::on("*", FaultKind::Refuse));
    assert!(add_play(&Device::demo(&sim)).await.is_err());
    assert_eq!((plays(&sim), sim.requests()[0].status), (0, None));
}

#[tokio::test]
async fn truncated_responses_break_off_in_the_body() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/users", FaultKind::Truncate).times(1));
    let device = Device::demo(&sim);
    assert!(read(device.request(Method::GET, "/users/settings")).await.is_err());
    assert_eq!(device.get("/users/settings").await.status, 200);
}

#[tokio::test]
async fn latency_delays_the_response() {
    let sim = sim().await;
    sim.add_fault(Fault::on("/users", FaultKind::Latency { milliseconds: 60 }).times(1));
    let started = std::time::Instant::now();
    Device::demo(&sim).get("/users/settings").await;
    assert!(started.elapsed().as_millis() >= 60);
}

#[tokio::test]
async fn faults_are_selected_by_path_method_skip_and_count() {
    let sim = sim().await;
    let device = Device::demo(&sim);
    sim.add_fault(Fault::on("/sync", FaultKind::Html { status: 520 }).method("POST").after(1).times(2));
    assert_eq!(device.get("/sync/history").await.status, 200);
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(add_play(&device).await.expect("an answer").status);
    }
    assert_eq!(statuses, [201, 520, 520, 201]);
}

#[tokio::test]
async fn faults_with_a_probability_affect_the_same_requests_for_the_same_seed() {
    let mut patterns = Vec::new();
    for _ in 0..2 {
        let sim = builder().seed(11).start().await.expect("a free port");
        sim.add_fault(Fault::on("/movies", FaultKind::Html { status: 502 }).probability(0.5));
        let device = Device::anonymous(&sim);
        let mut pattern = Vec::new();
        for _ in 0..20 {
            pattern.push(device.get(&format!("/movies/{MOVIE}")).await.status);
        }
        patterns.push(pattern);
    }
    assert_eq!(patterns[0], patterns[1]);
    assert!(patterns[0].contains(&200) && patterns[0].contains(&502));
}

#[tokio::test]
async fn closed_ports_refuse_connections_until_they_are_opened_again() {
    let mut sim = sim().await;
    let device = Device::demo(&sim);
    assert_eq!(device.get("/users/settings").await.status, 200);
    sim.close_port().await;
    let refused = read(device.request(Method::GET, "/users/settings")).await;
    assert!(refused.is_err_and(|error| error.is_connect() || error.is_request()));
    sim.open_port().await.expect("the same port");
    assert_eq!(device.get("/users/settings").await.status, 200);
}

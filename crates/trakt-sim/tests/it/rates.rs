//! Rate limits of Trakt and of the edge.

use chrono::Duration;
use serde_json::{Value, json};
use trakt_sim::{DEMO_USER, Fault, FaultKind, GUEST_USER, SimHandle};

use crate::builder;
use crate::client::{Answer, Device};

async fn strict_sim() -> SimHandle {
    builder().enforce_pace().start().await.expect("a free port")
}

fn rate_limit(answer: &Answer) -> Value {
    serde_json::from_str(answer.header("x-ratelimit").expect("the header")).expect("JSON")
}

#[tokio::test]
async fn each_user_can_send_one_write_per_second() {
    let sim = strict_sim().await;
    let (demo, guest) = (Device::of(&sim, DEMO_USER), Device::of(&sim, GUEST_USER));
    let nothing = json!({"movies": []});
    assert_eq!(demo.post("/sync/history", nothing.clone()).await.status, 201);
    let refused = demo.post("/sync/history", nothing.clone()).await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("1")));
    assert_eq!(guest.post("/sync/history", nothing.clone()).await.status, 201);
    sim.advance(Duration::seconds(1));
    assert_eq!(demo.post("/sync/history", nothing).await.status, 201);
}

#[tokio::test]
async fn each_user_can_send_500_reads_in_five_minutes_as_announced_in_the_header() {
    let sim = strict_sim().await;
    let device = Device::demo(&sim);
    let first = rate_limit(&device.get("/sync/last_activities").await);
    assert_eq!(
        (&first["limit"], &first["period"], &first["remaining"]),
        (&json!(500), &json!(300), &json!(499))
    );
    assert_eq!(
        (&first["name"], &first["until"]),
        (&json!("AUTHED_API_GET_LIMIT"), &json!("2026-11-21T12:35:00.000Z"))
    );
    sim.configure(|config| config.read_limit = 3);
    device.get("/sync/last_activities").await;
    device.get("/sync/last_activities").await;
    let refused = device.get("/sync/last_activities").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("4")));
    assert_eq!(rate_limit(&refused)["remaining"], 0);
    sim.advance(Duration::minutes(5));
    assert_eq!(device.get("/sync/last_activities").await.status, 200);
}

#[tokio::test]
async fn the_edges_429_is_html_without_x_ratelimit_whatever_the_token() {
    let sim = strict_sim().await;
    let kinds = [(Some(300), Some("300")), (None, None)];
    for (retry_after, header) in kinds {
        sim.clear_faults();
        sim.add_fault(Fault::on("*", FaultKind::RateLimit { headers: false, retry_after }));
        for device in [Device::demo(&sim), Device::anonymous(&sim)] {
            let refused = device.get("/movies/trending").await;
            assert_eq!((refused.status, refused.header("retry-after")), (429, header));
            assert!(refused.header("x-ratelimit").is_none() && refused.text.contains("<html>"));
        }
    }
}

#[tokio::test]
async fn trakts_own_429_can_be_simulated() {
    let sim = strict_sim().await;
    sim.add_fault(Fault::on("/sync", FaultKind::RateLimit { headers: true, retry_after: Some(7) }).times(1));
    let refused = Device::demo(&sim).get("/sync/history").await;
    assert_eq!((refused.status, refused.header("retry-after")), (429, Some("7")));
    assert!(refused.header("x-ratelimit").is_some() && refused.header("x-request-id").is_some());
}

#[tokio::test]
async fn the_edge_can_return_403_for_every_path() {
    let sim = strict_sim().await;
    sim.add_fault(Fault::on("*", FaultKind::EdgeForbidden));
    let device = Device::demo(&sim);
    for path in ["/users/settings", "/movies/trending"] {
        let refused = device.get(path).await;
        assert!(refused.status == 403 && refused.header("x-request-id").is_none(), "{path}");
    }
    assert_eq!(device.post("/oauth/device/code", json!({})).await.status, 403);
}

//! Two servers on one database.

use reqwest::StatusCode;

use super::fixture::Fixture;
use crate::support::{EventStream, TestApp};

#[tokio::test]
async fn scans_by_another_server_are_visible_and_announced() {
    let fixture = Fixture::movies(&["Metropolis (1927).mkv"]).await;
    let other = TestApp::builder().beside(&fixture.app).start_empty().await;
    let reader = other.admin().await;
    let titles = async || reader.get("/api/titles?kind=movie").await.good(StatusCode::OK)["total"].clone();
    assert_eq!(titles().await, 1);
    let mut events = EventStream::open(&reader).await;
    fixture.add("Nosferatu (1922).mkv");
    fixture.rescan().await;
    while titles().await != 2 {
        events.wait_for("library", |_| true).await;
    }
}

#[tokio::test]
async fn two_servers_that_scan_concurrently_take_turns() {
    let fixture = Fixture::movies(&[]).await;
    let other = TestApp::builder().beside(&fixture.app).start_empty().await;
    for number in 1..=30 {
        fixture.add(&format!("Film {number} (2001).mkv"));
    }
    let scanner = other.state().libraries().scanner();
    let (here, there) = tokio::join!(fixture.rescan(), scanner.run(fixture.library));
    assert_eq!(there.unwrap().phase, model::scan::ScanPhase::Done);
    assert_eq!((here.missing, fixture.titles("movie").await.len()), (0, 30));
    assert_eq!(fixture.shown().await["file_count"], 30);
}

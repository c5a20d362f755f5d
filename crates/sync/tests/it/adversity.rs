//! Failures of the edge, of the sign-in service and of slow writes, in every combination of path and response:
//! nothing is lost, nothing is sent twice, and the user does not have to act.

use chrono::TimeDelta;
use db::kinds::OutboxState;
use rstest::rstest;
use serde_json::{Value, json};
use sync::{AccountStatus, outbox::payload::When};
use trakt_sim::{Fault, FaultKind};

use crate::fixture::Fixture;

/// Sends like a running server for some hours; no message may fail in that time.
async fn send_without_failures(fixture: &Fixture, span: TimeDelta) {
    let end = fixture.now() + span;
    while fixture.now() < end {
        fixture.drain_until(TimeDelta::minutes(5)).await;
        let queue = fixture.queue().await;
        assert!(queue.iter().all(|row| row.state != OutboxState::Failed), "{queue:?}");
    }
}

/// A response of the edge is never Trakt's verdict, whatever its status and path.
#[rstest]
#[tokio::test]
async fn an_error_page_of_the_edge_never_fails_a_message(
    #[values("/scrobble/stop", "/sync/history/remove", "/oauth/token", "*")] path: &str,
    #[values(400, 401, 404, 405, 408, 409, 413, 423)] status: u16,
) {
    let fixture = Fixture::connected().await;
    let marked = fixture.mark(&[&fixture.episodes[0], &fixture.episodes[1]], When::At(fixture.now())).await;
    fixture.drain_all().await;
    // The access token has expired, so it has to be renewed as well.
    fixture.wait(8 * 86_400);
    fixture.sim.add_fault(Fault::on(path, FaultKind::Html { status }).times(3));
    fixture.watch(90).await;
    assert!(fixture.forget(&marked[0]).await);
    send_without_failures(&fixture, TimeDelta::hours(3)).await;
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    assert_eq!(fixture.queue().await, []);
    fixture.assert_in_sync(2).await;
}

fn oauth(error: &str, status: u16) -> FaultKind {
    FaultKind::OAuthError { error: error.into(), status }
}

fn refused(status: u16, body: Option<Value>) -> FaultKind {
    FaultKind::Refused { status, body }
}

/// After any other response of the sign-in service, the refresh token may still be valid: it is tried again,
/// and sending continues automatically.
#[rstest]
#[case::temporarily(oauth("temporarily_unavailable", 503))]
#[case::temporarily_400(oauth("temporarily_unavailable", 400))]
#[case::server_error(oauth("server_error", 500))]
#[case::server_error_400(oauth("server_error", 400))]
#[case::slow_down(oauth("slow_down", 400))]
#[case::invalid_request(oauth("invalid_request", 400))]
#[case::unknown_error(oauth("something_new", 400))]
#[case::without_a_body(refused(400, None))]
#[case::another_body(refused(400, Some(json!({"message": "no"}))))]
#[case::unauthorized(refused(401, None))]
#[case::not_found(refused(404, None))]
#[case::conflict(refused(409, None))]
#[case::too_large(refused(413, None))]
#[case::unprocessable(refused(422, Some(json!({"errors": ["no"]}))))]
#[case::too_many(FaultKind::RateLimit { headers: true, retry_after: Some(30) })]
#[case::for_a_year(FaultKind::RateLimit { headers: false, retry_after: Some(31_536_000) })]
#[case::reset(FaultKind::ResetBefore)]
#[case::ok_without_a_body(refused(200, None))]
#[case::ok_with_another_body(refused(200, Some(json!({"ok": true}))))]
#[case::no_content(FaultKind::Empty { status: 204 })]
#[tokio::test]
async fn only_invalid_grant_ends_a_connection(#[case] kind: FaultKind) {
    let fixture = Fixture::connected().await;
    fixture.wait(8 * 86_400);
    fixture.sim.add_fault(Fault::on("/oauth/token", kind).times(4));
    fixture.watch(90).await;
    send_without_failures(&fixture, TimeDelta::hours(6)).await;
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    assert_eq!(fixture.queue().await, []);
    fixture.assert_in_sync(1).await;
}

/// However late Trakt applies requests that our client gave up on, once or twice: in the end each play exists
/// once.
#[rstest]
#[tokio::test]
async fn a_write_applied_late_results_in_one_play(
    #[values("/sync/history", "/scrobble/stop")] path: &str,
    #[values(45, 200, 590)] seconds: u32,
    #[values(1, 2)] times: u32,
    #[values(-300, 300)] ahead: i64,
) {
    let fixture = Fixture::connected().await;
    fixture.set_ahead(TimeDelta::seconds(ahead));
    fixture.sim.add_fault(
        Fault::on(path, FaultKind::ApplyLate { seconds, hang_milliseconds: 0 }).method("POST").times(times),
    );
    if path == "/scrobble/stop" {
        fixture.watch(95).await;
    } else {
        fixture.mark(&[&fixture.movie, &fixture.episodes[0]], When::At(fixture.now())).await;
    }
    send_without_failures(&fixture, TimeDelta::hours(4)).await;
    assert_eq!(fixture.queue().await, []);
    fixture.assert_in_sync(if path == "/scrobble/stop" { 1 } else { 2 }).await;
}

/// However long a wait Trakt or its edge requests, sending continues within hours.
#[rstest]
#[tokio::test]
async fn a_very_long_requested_wait_is_capped(
    #[values("/scrobble/stop", "*")] path: &str,
    #[values(true, false)] headers: bool,
    #[values(31_536_000, u64::MAX)] retry_after: u64,
) {
    let fixture = Fixture::connected().await;
    let kind = FaultKind::RateLimit { headers, retry_after: Some(retry_after) };
    fixture.sim.add_fault(Fault::on(path, kind).times(1));
    fixture.watch(90).await;
    send_without_failures(&fixture, TimeDelta::hours(3)).await;
    fixture.assert_in_sync(1).await;
}

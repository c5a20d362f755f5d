//! Rate limits: the pace follows the headers, a 429 pauses, and scrobbles are sent first.

use std::time::Duration;

use trakt::limits::{Lane, Pace};
use trakt::models::{Items, Scrobble, Watched};
use trakt::{Application, Client, Endpoints, Error, Priority};
use trakt_sim::{DEMO_CLIENT_ID, Fault, FaultKind, Sim};

use crate::support::{Fixture, USER, at, issue};

#[tokio::test]
async fn the_client_keeps_the_pace_that_trakt_enforces() {
    let fixture = Fixture::with(Sim::builder().enforce_pace()).await;
    for minute in 0..10 {
        let watched = Watched::at(at(&format!("10:{minute:02}:00")));
        let _ =
            fixture.client.sync().add_history(&Items::movie(fixture.movie(minute), watched)).await.unwrap();
    }
    assert_eq!(fixture.plays().len(), 10);
    let statuses: Vec<_> = fixture.requests("/sync/history").iter().map(|request| request.status).collect();
    assert_eq!(statuses, [Some(201); 10]);
    let waited: Duration = fixture.clock.slept().iter().sum();
    assert!(waited >= Duration::from_secs(9) && waited < Duration::from_secs(20), "{waited:?}");
}

#[tokio::test]
async fn the_read_budget_follows_the_headers() {
    let fixture = Fixture::with(Sim::builder().enforce_pace().configure(|config| {
        config.read_limit = 20;
        config.read_period_seconds = 60;
    }))
    .await;
    for _ in 0..45 {
        fixture.client.users().settings().await.unwrap();
    }
    assert_eq!(fixture.client.budget(Lane::Read).pace(), Pace::new(20, Duration::from_secs(60)));
    let statuses: Vec<_> = fixture.requests("/users").iter().map(|request| request.status).collect();
    assert_eq!(statuses, [Some(200); 45]);
}

#[tokio::test]
async fn a_429_pauses_for_its_retry_after_and_then_the_call_succeeds() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(7) };
    fixture.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    fixture.client.users().settings().await.unwrap();
    assert!(fixture.clock.slept().contains(&Duration::from_secs(7)));
    assert_eq!(fixture.requests("/users/settings").len(), 2);
}

#[tokio::test]
async fn a_429_on_a_write_is_sent_again_because_nothing_was_applied() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(3) };
    fixture.sim.add_fault(Fault::on("/sync/history", fault).times(1));
    let items = Items::movie(fixture.movie(0), Watched::at(at("10:00:00")));
    let answer = fixture.client.sync().add_history(&items).await.unwrap();
    assert_eq!(answer.added.movies, 1);
    assert_eq!(fixture.plays().len(), 1);
}

#[tokio::test]
async fn a_pause_longer_than_the_maximum_wait_fails_with_its_end() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    fixture.sim.add_fault(Fault::on("/users/settings", fault));
    let end = fixture.sim.now() + chrono::Duration::seconds(240);
    for _ in 0..5 {
        let error = fixture.client.users().settings().await.unwrap_err();
        assert!(matches!(error, Error::RateLimited { until } if until == end), "{error}");
    }
    assert_eq!(fixture.requests("/users/settings").len(), 1, "nothing is sent during the pause");
}

#[tokio::test]
async fn bulk_calls_wait_out_a_long_rate_limit() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    fixture.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    let bulk = fixture.client.with_priority(Priority::Bulk);
    bulk.users().settings().await.unwrap();
    assert!(fixture.clock.slept().contains(&Duration::from_secs(240)));
}

#[tokio::test]
async fn an_edge_429_pauses_reads_and_writes() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: false, retry_after: Some(300) };
    fixture.sim.add_fault(Fault::on("/users/settings", fault));
    let error = fixture.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::EdgeBlock { status: 429, .. }), "{error}");
    let scrobble = Scrobble::movie(fixture.movie(0), 10.0);
    let error = fixture.client.scrobble().start(&scrobble).await.unwrap_err();
    assert!(matches!(error, Error::EdgeBlock { .. }), "{error}");
    assert!(fixture.requests("/scrobble").is_empty());
}

#[tokio::test]
async fn two_clients_have_separate_budgets() {
    let fixture = Fixture::new().await;
    let other = crate::support::client(&fixture.sim, fixture.clock.clone(), fixture.store.clone());
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    fixture.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    assert!(fixture.client.users().settings().await.is_err());
    other.users().settings().await.unwrap();
    assert_eq!(fixture.requests("/users/settings").last().unwrap().user.as_deref(), Some(USER));
}

/// Other reads have used up their share of the budget: a scrobble is still sent immediately, and so is a read that a
/// scrobble depends on.
#[tokio::test]
async fn a_scrobble_does_not_wait_for_reads() {
    let fixture = Fixture::with(Sim::builder().enforce_pace().configure(|config| {
        config.read_limit = 40;
        config.read_period_seconds = 300;
    }))
    .await;
    for _ in 0..38 {
        fixture.client.users().settings().await.unwrap();
    }
    let before: Duration = fixture.clock.slept().iter().sum();
    assert_eq!(before, Duration::ZERO);
    let scrobble = Scrobble::movie(fixture.movie(0), 10.0);
    fixture.client.scrobble().start(&scrobble).await.unwrap();
    let urgent = fixture.client.with_priority(Priority::Urgent);
    urgent.users().watching("me").await.unwrap();
    assert_eq!(fixture.clock.slept().iter().sum::<Duration>(), Duration::ZERO);

    // The next read of normal priority waits for the next window, because the rest is reserved for scrobbles.
    fixture.client.users().settings().await.unwrap();
    assert!(fixture.clock.slept().iter().sum::<Duration>() > Duration::from_secs(200));
    assert!(!fixture.sim.requests().iter().any(|request| request.status == Some(429)));
}

#[tokio::test]
async fn a_read_fails_instead_of_exceeding_the_maximum_budget_wait() {
    let fixture = Fixture::with(Sim::builder().enforce_pace().configure(|config| {
        config.read_limit = 40;
        config.read_period_seconds = 300;
    }))
    .await;
    let application = Application::new(DEMO_CLIENT_ID, "Test/1.0");
    let client = Client::builder(application)
        .endpoints(Endpoints::single(fixture.sim.url().parse().unwrap()))
        .clock(fixture.clock.clone())
        .max_budget_wait(Duration::from_secs(10))
        .build()
        .unwrap();
    client.connect(issue(&fixture.sim)).await.unwrap();
    for _ in 0..38 {
        client.users().settings().await.unwrap();
    }
    let spent = client.users().settings().await.unwrap_err();
    assert!(matches!(spent, Error::RateLimited { .. }), "{spent}");
    assert_eq!(fixture.clock.slept().iter().sum::<Duration>(), Duration::ZERO);
}

#[tokio::test]
async fn a_scrobble_fails_instead_of_exceeding_the_maximum_urgent_wait() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(45) };
    fixture.sim.add_fault(Fault::on("/scrobble", fault).times(1));
    let scrobble = Scrobble::movie(fixture.movie(0), 10.0);
    let error = fixture.client.scrobble().start(&scrobble).await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { .. }), "{error}");
    // A write of normal priority waits for the same pause.
    let items = Items::movie(fixture.movie(0), Watched::at(at("10:00:00")));
    let _ = fixture.client.sync().add_history(&items).await.unwrap();
    assert!(fixture.clock.slept().contains(&Duration::from_secs(45)));
}

#[tokio::test]
async fn a_retry_after_of_a_year_is_capped_at_an_hour() {
    let fixture = Fixture::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(31_536_000) };
    fixture.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    let hour = fixture.sim.now() + chrono::Duration::hours(1);
    let error = fixture.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::RateLimited { until } if until == hour), "{error}");
    fixture.sim.advance(chrono::Duration::hours(1));
    fixture.client.users().settings().await.unwrap();
}

#[tokio::test]
async fn a_window_end_in_the_past_delays_nothing() {
    let fixture = Fixture::with(Sim::builder().enforce_pace()).await;
    fixture.sim.add_fault(Fault::on("*", FaultKind::LimitUntil { seconds: -3_600 }));
    for _ in 0..5 {
        fixture.client.users().settings().await.unwrap();
    }
    assert_eq!(fixture.clock.slept(), Vec::<Duration>::new());
}

/// Trakt's responses contain its time, so that times set by Trakt can be converted.
#[tokio::test]
async fn the_difference_to_trakts_clock_is_measured() {
    let fixture = Fixture::new().await;
    assert_eq!(fixture.client.clock_offset(), None);
    let clock = clock::ManualClock::new(fixture.sim.now() - chrono::Duration::minutes(5)).auto_advance();
    let client = crate::support::client(&fixture.sim, std::sync::Arc::new(clock), fixture.store.clone());
    client.users().settings().await.unwrap();
    let measured = client.clock_offset().unwrap();
    assert!(
        (measured.offset - chrono::Duration::minutes(5)).abs() <= chrono::Duration::seconds(1),
        "{measured:?}"
    );
    assert!(measured.uncertainty <= Duration::from_secs(1));
}

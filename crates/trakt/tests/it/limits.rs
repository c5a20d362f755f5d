//! facts.md, Rate limits: pace by the headers, pause on 429, scrobbles first, nothing spins.

use std::time::Duration;

use trakt::limits::{Lane, Pace};
use trakt::models::{Items, Scrobble, Watched};
use trakt::{Error, Priority};
use trakt_sim::{Fault, FaultKind, Sim};

use crate::support::{USER, World, at};

#[tokio::test]
async fn the_client_keeps_the_pace_that_trakt_enforces() {
    let world = World::with(Sim::builder().enforce_pace()).await;
    for minute in 0..10 {
        let watched = Watched::at(at(&format!("10:{minute:02}:00")));
        let _ = world.client.sync().add_history(&Items::movie(world.movie(minute), watched)).await.unwrap();
    }
    assert_eq!(world.plays().len(), 10);
    assert!(world.requests("/sync/history").iter().all(|request| request.status != Some(429)));
    let waited: Duration = world.clock.slept().iter().sum();
    assert!(waited >= Duration::from_secs(9) && waited < Duration::from_secs(20), "{waited:?}");
}

#[tokio::test]
async fn the_read_budget_is_what_the_headers_say() {
    let world = World::with(Sim::builder().enforce_pace().configure(|config| {
        config.read_limit = 20;
        config.read_period_seconds = 60;
    }))
    .await;
    for _ in 0..45 {
        world.client.users().settings().await.unwrap();
    }
    assert_eq!(world.client.budget(Lane::Read).pace(), Pace::new(20, Duration::from_secs(60)));
    assert!(world.requests("/users").iter().all(|request| request.status == Some(200)));
}

#[tokio::test]
async fn a_429_pauses_for_retry_after_and_then_goes_on() {
    let world = World::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(7) };
    world.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    world.client.users().settings().await.unwrap();
    assert!(world.clock.slept().contains(&Duration::from_secs(7)));
    assert_eq!(world.requests("/users/settings").len(), 2);
}

#[tokio::test]
async fn a_429_on_a_write_is_sent_again_because_nothing_was_applied() {
    let world = World::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(3) };
    world.sim.add_fault(Fault::on("/sync/history", fault).times(1));
    let items = Items::movie(world.movie(0), Watched::at(at("10:00:00")));
    let answer = world.client.sync().add_history(&items).await.unwrap();
    assert_eq!(answer.added.movies, 1);
    assert_eq!(world.plays().len(), 1);
}

#[tokio::test]
async fn a_pause_longer_than_anybody_waits_is_told_with_its_end() {
    let world = World::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    world.sim.add_fault(Fault::on("/users/settings", fault));
    let end = world.sim.now() + chrono::Duration::seconds(240);
    for _ in 0..5 {
        let error = world.client.users().settings().await.unwrap_err();
        assert!(matches!(error, Error::RateLimited { until } if until == end), "{error}");
    }
    assert_eq!(world.requests("/users/settings").len(), 1, "nothing goes out during the pause");
}

#[tokio::test]
async fn bulk_work_waits_out_a_long_rate_limit() {
    let world = World::new().await;
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    world.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    let bulk = world.client.with_priority(Priority::Bulk);
    bulk.users().settings().await.unwrap();
    assert!(world.clock.slept().contains(&Duration::from_secs(240)));
}

#[tokio::test]
async fn the_edges_429_pauses_reads_and_writes_alike() {
    let world = World::new().await;
    let fault = FaultKind::RateLimit { headers: false, retry_after: Some(300) };
    world.sim.add_fault(Fault::on("/users/settings", fault));
    let error = world.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::EdgeBlock { status: 429, .. }), "{error}");
    let scrobble = Scrobble::movie(world.movie(0), 10.0);
    let error = world.client.scrobble().start(&scrobble).await.unwrap_err();
    assert!(matches!(error, Error::EdgeBlock { .. }), "{error}");
    assert!(world.requests("/scrobble").is_empty());
}

#[tokio::test]
async fn two_accounts_have_budgets_of_their_own() {
    let world = World::new().await;
    let other = crate::support::client(&world.sim, world.clock.clone(), world.store.clone());
    let fault = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    world.sim.add_fault(Fault::on("/users/settings", fault).times(1));
    assert!(world.client.users().settings().await.is_err());
    other.users().settings().await.unwrap();
    assert_eq!(world.requests("/users/settings").last().unwrap().user.as_deref(), Some(USER));
}

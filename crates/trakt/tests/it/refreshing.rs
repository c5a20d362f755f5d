//! OAuth: refresh tokens are single-use. Whatever happens, the newest pair is kept and used.

use std::sync::Arc;

use clock::Clock as _;

use rstest::rstest;
use trakt::error::LostBecause;
use trakt::{Error, Remedy, StoreHealth};
use trakt_sim::{Fault, FaultKind};

use crate::support::{Fixture, Step, issue};

#[rstest]
#[case::one_day(86_400)]
#[case::seven_days(7 * 86_400)]
#[case::three_months(90 * 86_400)]
#[tokio::test]
async fn a_token_is_refreshed_once_at_a_fraction_of_its_lifetime(#[case] seconds: i64) {
    let fixture = Fixture::new().await;
    fixture.sim.configure(|config| config.token_seconds = seconds);
    fixture.store.replace(issue(&fixture.sim));
    for _ in 0..3 {
        fixture.client.users().settings().await.unwrap();
    }
    assert_eq!(fixture.refreshes(), 0, "a fresh token is not refreshed");

    fixture.age_token(0.8);
    for _ in 0..3 {
        fixture.client.users().settings().await.unwrap();
    }
    assert_eq!(fixture.refreshes(), 1);
}

#[tokio::test]
async fn concurrent_calls_share_one_refresh() {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    let calls = (0..20).map(|_| async { fixture.client.users().settings().await });
    for result in futures::future::join_all(calls).await {
        result.unwrap();
    }
    assert_eq!(fixture.refreshes(), 1);
}

#[tokio::test]
async fn two_processes_with_one_store_never_use_the_same_refresh_token() {
    let fixture = Fixture::new().await;
    let other = fixture.another_process();
    fixture.client.users().settings().await.unwrap();
    other.users().settings().await.unwrap();

    fixture.age_token(1.1);
    fixture.client.users().settings().await.unwrap();
    other.users().settings().await.unwrap();
    assert_eq!(fixture.refreshes(), 1, "the second finds the pair of the first in the store");
}

#[tokio::test]
async fn a_pair_that_another_process_renewed_is_adopted() {
    let fixture = Fixture::new().await;
    let stale = fixture.client.token().await.unwrap().unwrap();
    // Another process has used up the pair and stored a new one, which this client has not seen.
    let fresh = fixture.client.auth().refresh(&stale).await.unwrap();
    fixture.store.replace(fresh);
    fixture.age_token(1.1);
    fixture.client.users().settings().await.unwrap();
    assert!(fixture.store.token().is_some());
}

#[tokio::test]
async fn the_new_pair_is_stored_before_it_is_used() {
    let fixture = Fixture::new().await;
    fixture.age_token(0.8);
    fixture.client.users().settings().await.unwrap();
    let steps = fixture.store.steps();
    let tail = &steps[steps.len() - 4..];
    assert_eq!(tail, [Step::Lock, Step::Probe, Step::Load, Step::Store]);
    let requests = fixture.sim.requests();
    let refresh = requests.iter().position(|request| request.path == "/oauth/token").unwrap();
    assert_eq!(requests[refresh + 1].path, "/users/settings");
}

#[tokio::test]
async fn an_unwritable_store_is_reported_before_the_old_pair_is_used_up() {
    let fixture = Fixture::new().await;
    fixture.store.make_unwritable(true);
    fixture.age_token(0.8);
    fixture.client.users().settings().await.unwrap();
    assert_eq!(fixture.refreshes(), 0, "the old pair still works and is not used up");
    assert!(matches!(fixture.client.store_health().await, StoreHealth::NotWritable(_)));

    fixture.age_token(0.3);
    let error = fixture.client.users().settings().await.unwrap_err();
    assert_eq!(error.remedy(), Remedy::RepairStore);
    assert_eq!(fixture.refreshes(), 0);

    fixture.store.make_unwritable(false);
    fixture.client.users().settings().await.unwrap();
    assert_eq!(fixture.client.store_health().await, StoreHealth::Good);
}

#[tokio::test]
async fn a_new_pair_that_cannot_be_stored_is_kept_in_memory_and_reported() {
    let fixture = Fixture::new().await;
    fixture.store.fail_to_store(true);
    fixture.age_token(0.8);
    for _ in 0..3 {
        fixture.client.users().settings().await.unwrap();
    }
    assert_eq!(fixture.refreshes(), 1, "the pair in memory is used, not refreshed again");
    assert!(matches!(fixture.client.store_health().await, StoreHealth::PairUnsaved(_)));

    fixture.store.fail_to_store(false);
    fixture.client.users().settings().await.unwrap();
    assert_eq!(fixture.client.store_health().await, StoreHealth::Good);
    let kept = fixture.store.token().unwrap();
    assert!(
        kept.same_pair(&fixture.client.token().await.unwrap().unwrap()),
        "the pair is stored as soon as the store works again"
    );
}

#[tokio::test]
async fn a_dropped_call_does_not_lose_the_new_pair() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Latency { milliseconds: 50 }));
    fixture.age_token(1.1);
    let old = fixture.store.token().unwrap();
    let call = fixture.client.users().settings().into_future();
    // Long enough to request the refresh, too short to receive the response.
    tokio::select! {
        _ = call => panic!("the refresh is slower than this"),
        () = refresh_requested(&fixture) => {}
    }
    while fixture.store.token().unwrap().same_pair(&old) {
        tokio::task::yield_now().await;
    }
    fixture.client.users().settings().await.unwrap();
}

async fn refresh_requested(fixture: &Fixture) {
    while !fixture.store.steps().contains(&Step::Probe) {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_access_token_that_became_invalid_early_is_refreshed_after_the_401() {
    let fixture = Fixture::new().await;
    let mut token = fixture.store.token().unwrap();
    token.access_token = "dead".to_owned().into();
    fixture.store.replace(token);
    fixture.client.users().settings().await.unwrap();
    assert_eq!(fixture.refreshes(), 1);
}

#[tokio::test]
async fn a_revoked_connection_requires_a_reconnect_and_is_not_retried() {
    let fixture = Fixture::new().await;
    fixture.sim.revoke_tokens(crate::support::USER);
    for _ in 0..3 {
        let error = fixture.client.users().settings().await.unwrap_err();
        assert!(matches!(error, Error::Reconnect(LostBecause::RevokedEarly)), "{error}");
        assert_eq!(error.remedy(), Remedy::Reconnect);
    }
    assert_eq!(fixture.refreshes(), 1, "a rejected pair is not tried again");

    fixture.client.connect(issue(&fixture.sim)).await.unwrap();
    fixture.client.users().settings().await.unwrap();
}

/// A free account can have one community application: connecting another one silently revokes the first.
#[tokio::test]
async fn an_early_revocation_names_another_application_as_a_possible_cause() {
    let fixture = Fixture::new().await;
    fixture.client.users().settings().await.unwrap();
    fixture.sim.revoke_tokens(crate::support::USER);
    let error = fixture.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::Reconnect(LostBecause::RevokedEarly)), "{error}");
    assert!(error.to_string().contains("another application"), "{error}");

    // If the refresh of an expired token is rejected, this cause is not named.
    fixture.client.connect(issue(&fixture.sim)).await.unwrap();
    fixture.age_token(1.1);
    fixture.sim.revoke_tokens(crate::support::USER);
    let error = fixture.client.users().settings().await.unwrap_err();
    assert!(matches!(error, Error::Reconnect(LostBecause::RefreshRefused)), "{error}");
}

#[tokio::test]
async fn concurrent_calls_share_one_rejection() {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    fixture.sim.revoke_tokens(crate::support::USER);
    let calls = (0..20).map(|_| async { fixture.client.users().settings().await.unwrap_err() });
    for error in futures::future::join_all(calls).await {
        assert_eq!(error.remedy(), Remedy::Reconnect, "{error}");
    }
    assert_eq!(fixture.refreshes(), 1);
}

#[tokio::test]
async fn concurrent_calls_with_an_expired_token_share_one_failure_and_then_one_success() {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Html { status: 520 }));
    let calls = (0..20).map(|_| async { fixture.client.users().settings().await.unwrap_err() });
    for error in futures::future::join_all(calls).await {
        let Remedy::Wait { until, .. } = error.remedy() else { panic!("{error}") };
        assert!(until > fixture.sim.now());
    }
    assert_eq!(fixture.refreshes(), 1);

    fixture.sim.clear_faults();
    fixture.sim.advance(chrono::Duration::minutes(2));
    let calls = (0..20).map(|_| async { fixture.client.users().settings().await.unwrap() });
    futures::future::join_all(calls).await;
    assert_eq!(fixture.refreshes(), 2);
}

/// An expired token during an outage: whatever form the outage takes, calls wait and then continue automatically.
#[rstest]
#[case::no_answer(FaultKind::ResetBefore)]
#[case::overloaded(FaultKind::Empty { status: 503 })]
#[case::edge_page(FaultKind::Html { status: 400 })]
#[case::edge_block(FaultKind::EdgeForbidden)]
#[case::edge_limit(FaultKind::RateLimit { headers: false, retry_after: Some(30) })]
#[case::unavailable(FaultKind::OAuthError { error: "temporarily_unavailable".into(), status: 400 })]
#[tokio::test]
async fn an_expired_token_waits_for_the_end_of_an_outage(#[case] fault: FaultKind) {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    fixture.sim.add_fault(Fault::on("/oauth/token", fault));
    let scrobble = trakt::models::Scrobble::movie(fixture.movie(0), 10.0);
    for _ in 0..3 {
        let error = fixture.client.scrobble().start(&scrobble).await.unwrap_err();
        let Remedy::Wait { until, .. } = error.remedy() else { panic!("{error:?}") };
        assert!(until > fixture.sim.now() && until <= fixture.sim.now() + chrono::Duration::hours(1));
    }
    assert_eq!(fixture.refreshes(), 1, "the fault was applied, and the refresh is not retried on every call");
    assert!(fixture.requests("/scrobble").is_empty(), "nothing is sent with an expired token");

    fixture.sim.clear_faults();
    fixture.sim.advance(chrono::Duration::minutes(6));
    fixture.client.scrobble().start(&scrobble).await.unwrap();
}

/// The server's clock was an hour ahead and is corrected: the wait after a failed renewal does not last an hour longer.
#[tokio::test]
async fn a_clock_set_back_does_not_prolong_the_wait_for_a_renewal() {
    let fixture = Fixture::new().await;
    let clock = clock::ManualClock::new(fixture.sim.now()).auto_advance();
    clock.advance(std::time::Duration::from_secs(30 * 86_400));
    let client = crate::support::client(&fixture.sim, Arc::new(clock.clone()), fixture.store.clone());
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Html { status: 520 }).times(1));
    let error = client.users().settings().await.unwrap_err();
    assert!(matches!(error.remedy(), Remedy::Wait { .. }), "{error}");
    clock.set(clock.now() - chrono::Duration::hours(1));
    client.users().settings().await.unwrap();
}

#[tokio::test]
async fn a_refresh_that_fails_temporarily_leaves_the_old_token_in_use() {
    let fixture = Fixture::new().await;
    fixture.sim.add_fault(Fault::on("/oauth/token", FaultKind::Html { status: 520 }));
    fixture.age_token(0.8);
    for _ in 0..5 {
        fixture.client.users().settings().await.unwrap();
    }
    assert_eq!(fixture.refreshes(), 1, "the refresh is not retried on every call");

    fixture.sim.clear_faults();
    fixture.sim.advance(chrono::Duration::minutes(2));
    fixture.client.users().settings().await.unwrap();
    assert!(!fixture.store.token().unwrap().same_pair(&issue(&fixture.sim)));
    assert_eq!(fixture.refreshes(), 2);
}

#[tokio::test]
async fn clones_of_a_client_share_its_tokens() {
    let fixture = Fixture::new().await;
    fixture.age_token(1.1);
    let clones: Vec<_> = (0..5).map(|_| fixture.client.with_priority(trakt::Priority::Bulk)).collect();
    for clone in &clones {
        clone.users().settings().await.unwrap();
    }
    assert_eq!(fixture.refreshes(), 1);
    assert_eq!(Arc::strong_count(&fixture.store), 2, "one store, one client");
}

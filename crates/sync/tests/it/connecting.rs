//! Connecting with a code: every outcome is distinct.

use std::time::Duration;

use clock::ManualClock;
use secrecy::SecretString;
use sync::{AccountStatus, ConnectState, Connecting, Error, SyncEvent};
use tokio::sync::broadcast::Receiver;
use trakt_sim::{ApplicationStatus, DEMO_CLIENT_ID, DEMO_USER, FaultKind};

use crate::fixture::{Fixture, opening_time};

/// The clock stands still until the test moves it, so no poll happens unexpectedly.
async fn fixture() -> Fixture {
    Fixture::with_clock(ManualClock::new(opening_time())).await
}

async fn code(fixture: &Fixture) -> Connecting {
    match fixture.engine.start_connect(fixture.user_id).await.unwrap() {
        ConnectState::Pending(code) => code,
        other => panic!("no code: {other:?}"),
    }
}

/// Lets the next poll happen.
async fn next_poll(fixture: &Fixture) {
    fixture.clock.wait_for_sleepers(1).await;
    fixture.wait(15);
}

/// Returns the outcome; time passes until there is one.
async fn ending(fixture: &Fixture, events: &mut Receiver<SyncEvent>) -> ConnectState {
    let ended = async {
        loop {
            if let SyncEvent::Connect { state, .. } = events.recv().await.unwrap()
                && !matches!(state, ConnectState::Pending(_))
            {
                return state;
            }
        }
    };
    let time_passes = async {
        loop {
            next_poll(fixture).await;
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        state = ended => state,
        () = time_passes => unreachable!("time never ends"),
    }
}

#[tokio::test]
async fn approving_connects_and_stores_everything() {
    let fixture = fixture().await;
    let mut events = fixture.engine.subscribe();
    let code = code(&fixture).await;
    assert_eq!(code.user_code.len(), 8);
    assert!(code.direct_url.as_deref().unwrap().ends_with(&code.user_code));
    assert!(fixture.sim.approve(&code.user_code, DEMO_USER));
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::Approved);
    assert_eq!(fixture.engine.connect_state(fixture.user_id), ConnectState::Approved);
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    let account = db::trakt_accounts::find(&*fixture.db, fixture.user_id).await.unwrap().unwrap();
    assert_eq!(account.username.as_deref(), Some(DEMO_USER));
}

#[tokio::test]
async fn denying_ends_the_attempt() {
    let fixture = fixture().await;
    let mut events = fixture.engine.subscribe();
    let code = code(&fixture).await;
    assert!(fixture.sim.deny(&code.user_code));
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::Denied);
    assert_eq!(fixture.status().await, AccountStatus::Disconnected);
}

#[tokio::test]
async fn a_code_that_is_not_entered_expires() {
    let fixture = fixture().await;
    let mut events = fixture.engine.subscribe();
    code(&fixture).await;
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::Expired);
}

#[tokio::test]
async fn polling_too_fast_slows_down_and_reports_it() {
    let fixture = fixture().await;
    let mut events = fixture.engine.subscribe();
    let code = code(&fixture).await;
    fixture.fault_once("/oauth/device/token", FaultKind::RateLimit { headers: true, retry_after: None });
    next_poll(&fixture).await;
    let SyncEvent::Connect { state: ConnectState::Pending(slower), .. } = events.recv().await.unwrap() else {
        panic!("still pending")
    };
    assert!(slower.slow_down);
    fixture.sim.approve(&code.user_code, DEMO_USER);
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::Approved);
}

#[tokio::test]
async fn a_wrong_secret_is_distinguished_from_a_rejected_application() {
    let fixture = fixture().await;
    fixture.engine.set_application(DEMO_CLIENT_ID, SecretString::from("wrong")).await.unwrap();
    let mut events = fixture.engine.subscribe();
    let code = code(&fixture).await;
    fixture.sim.approve(&code.user_code, DEMO_USER);
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::WrongSecret);

    fixture.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let refused = fixture.engine.start_connect(fixture.user_id).await.unwrap();
    assert_eq!(refused, ConnectState::ApplicationNotAllowed);
}

#[tokio::test]
async fn an_unreachable_trakt_is_reported_immediately_and_later_failures_are_retried() {
    let mut fixture = fixture().await;
    fixture.sim.close_port().await;
    let away = fixture.engine.start_connect(fixture.user_id).await.unwrap();
    assert_eq!(away, ConnectState::Unreachable);

    fixture.sim.open_port().await.unwrap();
    let mut events = fixture.engine.subscribe();
    let code = code(&fixture).await;
    fixture.fault_once("/oauth/device/token", FaultKind::Html { status: 520 });
    next_poll(&fixture).await;
    fixture.sim.approve(&code.user_code, DEMO_USER);
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::Approved);
}

#[tokio::test]
async fn a_cancelled_code_does_not_connect() {
    let fixture = fixture().await;
    let mut events = fixture.engine.subscribe();
    let code = code(&fixture).await;
    fixture.clock.wait_for_sleepers(1).await;
    fixture.engine.cancel_connect(fixture.user_id);
    assert_eq!(ending(&fixture, &mut events).await, ConnectState::Cancelled);
    fixture.sim.approve(&code.user_code, DEMO_USER);
    fixture.clock.advance(Duration::from_secs(30));
    tokio::task::yield_now().await;
    assert_eq!(fixture.status().await, AccountStatus::Disconnected);
}

#[tokio::test]
async fn without_an_application_there_is_no_code() {
    let fixture = fixture().await;
    fixture.engine.remove_application().await.unwrap();
    assert!(matches!(fixture.engine.start_connect(fixture.user_id).await, Err(Error::NotConfigured)));
    assert_eq!(fixture.engine.connect_state(fixture.user_id), ConnectState::Idle);
}

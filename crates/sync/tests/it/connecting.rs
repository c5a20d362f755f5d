//! Connecting with a code: every ending is distinct.

use std::time::Duration;

use clock::ManualClock;
use secrecy::SecretString;
use sync::{AccountStatus, ConnectState, Connecting, Error, SyncEvent};
use tokio::sync::broadcast::Receiver;
use trakt_sim::{ApplicationStatus, DEMO_CLIENT_ID, DEMO_USER, FaultKind};

use crate::world::{World, opening_time};

/// Time stands still until the test moves it, so nothing is polled behind its back.
async fn world() -> World {
    World::with_clock(ManualClock::new(opening_time())).await
}

async fn code(world: &World) -> Connecting {
    match world.engine.start_connect(world.user_id).await.unwrap() {
        ConnectState::Pending(code) => code,
        other => panic!("no code: {other:?}"),
    }
}

/// Lets the next poll happen.
async fn next_poll(world: &World) {
    world.clock.wait_for_sleepers(1).await;
    world.wait(15);
}

/// How it ends; time passes until it does.
async fn ending(world: &World, events: &mut Receiver<SyncEvent>) -> ConnectState {
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
            next_poll(world).await;
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
async fn approving_connects_and_stores_everything_at_once() {
    let world = world().await;
    let mut events = world.engine.subscribe();
    let code = code(&world).await;
    assert_eq!(code.user_code.len(), 8);
    assert!(code.direct_url.as_deref().unwrap().ends_with(&code.user_code));
    assert!(world.sim.approve(&code.user_code, DEMO_USER));
    assert_eq!(ending(&world, &mut events).await, ConnectState::Approved);
    assert_eq!(world.engine.connect_state(world.user_id), ConnectState::Approved);
    assert_eq!(world.status().await, AccountStatus::Connected);
    let account = db::trakt_accounts::find(&*world.db, world.user_id).await.unwrap().unwrap();
    assert_eq!(account.username.as_deref(), Some(DEMO_USER));
}

#[tokio::test]
async fn denying_ends_it() {
    let world = world().await;
    let mut events = world.engine.subscribe();
    let code = code(&world).await;
    assert!(world.sim.deny(&code.user_code));
    assert_eq!(ending(&world, &mut events).await, ConnectState::Denied);
    assert_eq!(world.status().await, AccountStatus::Disconnected);
}

#[tokio::test]
async fn a_code_that_nobody_enters_expires() {
    let world = world().await;
    let mut events = world.engine.subscribe();
    code(&world).await;
    assert_eq!(ending(&world, &mut events).await, ConnectState::Expired);
}

#[tokio::test]
async fn polling_too_fast_slows_down_and_says_so() {
    let world = world().await;
    let mut events = world.engine.subscribe();
    let code = code(&world).await;
    world.fault_once("/oauth/device/token", FaultKind::RateLimit { headers: true, retry_after: None });
    next_poll(&world).await;
    let SyncEvent::Connect { state: ConnectState::Pending(slower), .. } = events.recv().await.unwrap() else {
        panic!("still pending")
    };
    assert!(slower.slow_down);
    world.sim.approve(&code.user_code, DEMO_USER);
    assert_eq!(ending(&world, &mut events).await, ConnectState::Approved);
}

#[tokio::test]
async fn a_wrong_secret_is_told_from_a_refused_application() {
    let world = world().await;
    world.engine.set_application(DEMO_CLIENT_ID, SecretString::from("wrong")).await.unwrap();
    let mut events = world.engine.subscribe();
    let code = code(&world).await;
    world.sim.approve(&code.user_code, DEMO_USER);
    assert_eq!(ending(&world, &mut events).await, ConnectState::WrongSecret);

    world.sim.set_application_status(DEMO_CLIENT_ID, ApplicationStatus::Disallowed);
    let refused = world.engine.start_connect(world.user_id).await.unwrap();
    assert_eq!(refused, ConnectState::ApplicationNotAllowed);
}

#[tokio::test]
async fn trakt_away_is_said_at_once_and_a_hiccup_later_is_waited_out() {
    let mut world = world().await;
    world.sim.close_port().await;
    let away = world.engine.start_connect(world.user_id).await.unwrap();
    assert_eq!(away, ConnectState::Unreachable);

    world.sim.open_port().await.unwrap();
    let mut events = world.engine.subscribe();
    let code = code(&world).await;
    world.fault_once("/oauth/device/token", FaultKind::Html { status: 520 });
    next_poll(&world).await;
    world.sim.approve(&code.user_code, DEMO_USER);
    assert_eq!(ending(&world, &mut events).await, ConnectState::Approved);
}

#[tokio::test]
async fn a_cancelled_code_connects_nobody() {
    let world = world().await;
    let mut events = world.engine.subscribe();
    let code = code(&world).await;
    world.clock.wait_for_sleepers(1).await;
    world.engine.cancel_connect(world.user_id);
    assert_eq!(ending(&world, &mut events).await, ConnectState::Cancelled);
    world.sim.approve(&code.user_code, DEMO_USER);
    world.clock.advance(Duration::from_secs(30));
    tokio::task::yield_now().await;
    assert_eq!(world.status().await, AccountStatus::Disconnected);
}

#[tokio::test]
async fn without_an_application_there_is_no_code() {
    let world = world().await;
    world.engine.remove_application().await.unwrap();
    assert!(matches!(world.engine.start_connect(world.user_id).await, Err(Error::NotConfigured)));
    assert_eq!(world.engine.connect_state(world.user_id), ConnectState::Idle);
}

//! Several nodes on one database.

use std::time::Duration;

use clock::ManualClock;
use sync::{AccountStatus, ConnectState, Engine, SyncEvent, outbox::payload::When};
use tokio_util::sync::CancellationToken;

use crate::fixture::{Fixture, opening_time};

/// Runs two engines until the future is ready; time passes meanwhile.
async fn while_running<T>(fixture: &Fixture, engines: [&Engine; 2], done: impl Future<Output = T>) -> T {
    let stop = CancellationToken::new();
    let running: Vec<_> = engines
        .map(|engine| {
            tokio::spawn({
                let (engine, stop) = (engine.clone(), stop.clone());
                async move { engine.run(stop).await }
            })
        })
        .into();
    let time_passes = async {
        loop {
            fixture.clock.wait_for_sleepers(4).await;
            fixture.wait(1);
            tokio::task::yield_now().await;
        }
    };
    let result = tokio::select! {
        biased;
        result = done => result,
        () = time_passes => unreachable!("time never ends"),
    };
    stop.cancel();
    for engine in running {
        engine.await.unwrap();
    }
    result
}

#[tokio::test]
async fn a_play_and_a_connect_attempt_on_one_node_are_seen_on_the_other() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    fixture.connect().await;
    let second = fixture.another_engine().await;
    second.set_application(trakt_sim::DEMO_CLIENT_ID, trakt_sim::DEMO_CLIENT_SECRET.into()).await.unwrap();
    let mut seen = second.subscribe();
    let done = async {
        // Wait until both nodes have read the initial revisions.
        let begin = fixture.now();
        while fixture.now() - begin < chrono::TimeDelta::seconds(5) {
            tokio::task::yield_now().await;
        }
        let plays = fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
        fixture.engine.wake(fixture.user_id);
        loop {
            if let SyncEvent::Plays { play_ids, .. } = seen.recv().await.unwrap()
                && play_ids.contains(&plays[0].id)
            {
                break;
            }
        }
        let ConnectState::Pending(code) = fixture.engine.start_connect(fixture.user_id).await.unwrap() else {
            panic!("there is a code")
        };
        loop {
            if let SyncEvent::Connect { state: ConnectState::Pending(shown), .. } = seen.recv().await.unwrap()
            {
                assert_eq!(shown.user_code, code.user_code);
                break;
            }
        }
        assert!(matches!(second.connect_state(fixture.user_id), ConnectState::Pending(_)));
        second.cancel_connect(fixture.user_id);
        let mut here = fixture.engine.subscribe();
        loop {
            if let SyncEvent::Connect { state: ConnectState::Cancelled, .. } = here.recv().await.unwrap() {
                break;
            }
        }
    };
    let limited = tokio::time::timeout(
        Duration::from_secs(60),
        while_running(&fixture, [&fixture.engine, &second], done),
    );
    limited.await.expect("the nodes notify each other");
    assert_eq!(fixture.engine.connect_state(fixture.user_id), ConnectState::Cancelled);
}

#[tokio::test]
async fn an_application_change_on_one_node_applies_to_the_others() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    fixture.connect().await;
    let second = fixture.another_engine().await;
    assert!(second.public_client().is_ok(), "the stored application is read when the engine is opened");
    let done = async {
        fixture.engine.remove_application().await.unwrap();
        while second.public_client().is_ok() {
            tokio::task::yield_now().await;
        }
        assert_eq!(second.account_status(fixture.user_id).await.unwrap(), AccountStatus::NotConfigured);
        let secret = trakt_sim::DEMO_CLIENT_SECRET.into();
        fixture.engine.set_application(trakt_sim::DEMO_CLIENT_ID, secret).await.unwrap();
        while second.public_client().is_err() {
            tokio::task::yield_now().await;
        }
        let status = second.account_status(fixture.user_id).await.unwrap();
        assert_eq!(status, AccountStatus::Connected, "the connection outlives a missing application");
    };
    let limited = tokio::time::timeout(
        Duration::from_secs(60),
        while_running(&fixture, [&fixture.engine, &second], done),
    );
    limited.await.expect("the nodes notify each other");
}

//! The loops in the background.

use clock::ManualClock;
use sync::{Drained, SyncEvent, scrobble::Input};
use trakt_sim::{Fault, FaultKind};

use crate::fixture::{Fixture, opening_time};

#[tokio::test]
async fn queued_messages_are_sent_automatically_and_a_graceful_stop_releases_the_lease() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    fixture.connect().await;
    let mut events = fixture.engine.subscribe();
    let (stop, running) = fixture.run();
    // The round and the account's loops have nothing to do and sleep.
    fixture.clock.wait_for_sleepers(3).await;

    let player = fixture.player().await;
    player.play().await;
    for percent in 1..=90 {
        player.watch_to(percent).report(Input::Progress).await;
    }
    player.stop().await;
    let played = async {
        while fixture.plays().await.iter().all(|play| play.trakt_history_id.is_none()) {
            events.recv().await.unwrap();
        }
    };
    // Time passes only while everything sleeps: the account waits for its next call, or has nothing to do.
    let time_passes = async {
        loop {
            fixture.clock.wait_for_sleepers(3).await;
            fixture.wait(1);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = played => {}
        () = time_passes => unreachable!("time never ends"),
    }
    fixture.assert_in_sync(1).await;

    stop.cancel();
    running.await.unwrap();
    let next = fixture.another_engine().await;
    assert_eq!(next.drain(fixture.user_id).await.unwrap(), Drained::Idle, "no lease has to expire first");
}

#[tokio::test]
async fn a_player_without_reports_is_stopped_automatically() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    let player = fixture.player().await;
    player.play().await;
    player.watch_to(85).report(Input::Progress).await;
    let mut events = fixture.engine.subscribe();
    let (stop, running) = fixture.run();
    let stopped = async { while !matches!(events.recv().await.unwrap(), SyncEvent::Plays { .. }) {} };
    let time_passes = async {
        loop {
            fixture.clock.wait_for_sleepers(1).await;
            fixture.wait(20);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = stopped => {}
        () = time_passes => unreachable!("time never ends"),
    }
    assert_eq!(fixture.plays().await.len(), 1);
    stop.cancel();
    running.await.unwrap();
}

#[tokio::test]
async fn plays_from_elsewhere_are_read_automatically() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    fixture.connect().await;
    let mut events = fixture.engine.subscribe();
    let (stop, running) = fixture.run();
    fixture.clock.wait_for_sleepers(3).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    while fixture.engine.sync_status(fixture.user_id).await.unwrap()[0].last.is_none() {
        tokio::task::yield_now().await;
    }
    fixture.watched_elsewhere(fixture.now());
    let pulled = async {
        // The recommendations are announced as well.
        while !matches!(events.recv().await.unwrap(), SyncEvent::Pulled { .. })
            || fixture.plays().await.is_empty()
        {}
    };
    let time_passes = async {
        loop {
            fixture.clock.wait_for_sleepers(3).await;
            fixture.wait(20);
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        () = pulled => {}
        () = time_passes => unreachable!("time never ends"),
    }
    fixture.assert_in_sync(1).await;
    stop.cancel();
    running.await.unwrap();
}

/// The lanes sleep for different times. The account is disconnected and reconnected while one of them sleeps.
#[tokio::test]
async fn a_quickly_reconnected_account_is_processed_in_both_lanes() {
    let fixture = Fixture::with_clock(ManualClock::new(opening_time())).await;
    fixture.connect().await;
    let (stop, running) = fixture.run();
    fixture.clock.wait_for_sleepers(3).await;
    // The live lane is about to retry; the other one has nothing to do.
    fixture.sim.add_fault(Fault::on("/scrobble/start", FaultKind::Empty { status: 502 }));
    fixture.player().await.play().await;
    while fixture.calls("/scrobble/start") == 0 {
        pass_a_second(&fixture).await;
    }
    fixture.engine.disconnect(fixture.user_id).await.unwrap();
    for _ in 0..15 {
        pass_a_second(&fixture).await;
    }
    fixture.sim.clear_faults();
    fixture.connect().await;
    let player = fixture.player().await;
    player.play().await;
    player.watch_to(90).stop().await;
    for _ in 0..600 {
        if fixture.plays().await.iter().all(|play| play.trakt_history_id.is_some()) {
            break;
        }
        pass_a_second(&fixture).await;
    }
    fixture.assert_in_sync(1).await;
    stop.cancel();
    running.await.unwrap();
}

async fn pass_a_second(fixture: &Fixture) {
    fixture.clock.wait_for_sleepers(1).await;
    fixture.wait(1);
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

//! Random viewings, faults, crashes and removals: Trakt has exactly one play per completed viewing that was not
//! removed, and each of them is a play here.

use chrono::TimeDelta;
use db::{kinds::OutboxState, rows::Play};
use proptest::prelude::*;
use rstest::rstest;
use sync::{AccountStatus, Drained, outbox::payload::When};
use trakt_sim::{Fault, FaultKind};

use crate::{
    fixture::Fixture,
    random::{Work, network_fault, seed},
};

#[derive(Clone, Debug)]
enum Event {
    /// Watches up to a percentage, sending to Trakt in between or not.
    Watch { percent: i64, online: bool },
    /// A fault occurs, a few times.
    Breaks { kind: FaultKind, path: &'static str, times: u32 },
    /// Trakt cannot be reached, or can again.
    Port { open: bool },
    /// Sends for a while, then the process crashes at an arbitrary point.
    Crash { polls: usize },
    /// A play is removed after this many polls of the sending process, which then continues or crashes.
    Remove { which: prop::sample::Index, polls: usize, dies: bool },
    /// Time passes and waiting messages are sent. Tokens last a day.
    Wait { minutes: i64 },
    /// The movie and both episodes are marked manually.
    Mark,
    /// This server's clock is set back; Trakt's is not affected.
    ClockBack { minutes: i64 },
}

fn fault_kind() -> impl Strategy<Value = FaultKind> {
    prop_oneof![
        10 => network_fault(),
        1 => (0..2_usize).prop_map(|keep| FaultKind::PartialAdd { keep }),
        1 => Just(FaultKind::OAuthError { error: "temporarily_unavailable".into(), status: 503 }),
        1 => (-600..600_i64).prop_map(|seconds| FaultKind::LimitUntil { seconds }),
    ]
}

fn fault_path() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("/scrobble"), Just("/sync/history"), Just("/oauth/token"), Just("*")]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        4 => (prop_oneof![Just(30_i64), Just(80), Just(97), Just(100)], any::<bool>())
            .prop_map(|(percent, online)| Event::Watch { percent, online }),
        4 => (fault_kind(), fault_path(), 1..4_u32)
            .prop_map(|(kind, path, times)| Event::Breaks { kind, path, times }),
        1 => any::<bool>().prop_map(|open| Event::Port { open }),
        3 => (0..400_usize).prop_map(|polls| Event::Crash { polls }),
        3 => (any::<prop::sample::Index>(), 0..200_usize, any::<bool>())
            .prop_map(|(which, polls, dies)| Event::Remove { which, polls, dies }),
        2 => (0..90_i64).prop_map(|minutes| Event::Wait { minutes }),
        1 => (1440..3000_i64).prop_map(|minutes| Event::Wait { minutes }),
        2 => Just(Event::Mark),
        1 => (1..90_i64).prop_map(|minutes| Event::ClockBack { minutes }),
    ]
}

async fn run(events: Vec<Event>) {
    let mut fixture = Fixture::connected().await;
    let mut completed = 0;
    for event in events {
        match event {
            Event::Watch { percent, online } => {
                completed += usize::from(percent >= 80);
                let player = fixture.player().await;
                player.play().await;
                if online {
                    fixture.drain().await;
                }
                player.watch_to(percent).stop().await;
                if online {
                    fixture.drain().await;
                }
                // Wait until Trakt accepts the same item again: what comes next is another viewing.
                fixture.wait(61 * 60);
            }
            Event::Breaks { kind, path, times } => fixture.sim.add_fault(Fault::on(path, kind).times(times)),
            Event::Port { open: true } => fixture.sim.open_port().await.unwrap(),
            Event::Port { open: false } => fixture.sim.close_port().await,
            Event::Crash { polls } => {
                fixture.die_while(Work::Sending, polls).await;
                fixture.crash().await;
            }
            Event::Remove { which, polls, dies } => {
                let plays = fixture.plays().await;
                if !plays.is_empty() {
                    completed -= usize::from(remove(&fixture, which.get(&plays), polls, dies).await);
                }
                if dies {
                    fixture.crash().await;
                }
            }
            Event::Wait { minutes } => {
                fixture.wait(minutes * 60);
                fixture.drain().await;
            }
            Event::Mark => {
                let titles = [&fixture.movie, &fixture.episodes[0], &fixture.episodes[1]];
                completed += fixture.mark(&titles, When::At(fixture.now())).await.len();
                fixture.wait(61 * 60);
            }
            Event::ClockBack { minutes } => fixture.set_clock_back(TimeDelta::minutes(minutes)),
        }
    }
    fixture.sim.open_port().await.unwrap();
    fixture.sim.clear_faults();
    reconnect_when_lost(&fixture).await;
    fixture.drain_all().await;
    try_again(&fixture).await;
    fixture.assert_in_sync(completed).await;
    assert_eq!(fixture.queue().await, []);
}

/// A refresh token works only once: if the response to its use is lost, the connection has ended, and the user
/// must connect the account again. Nothing else may end it.
async fn reconnect_when_lost(fixture: &Fixture) {
    let renewals = || fixture.sim.requests().iter().filter(|request| request.path == "/oauth/token").count();
    for _ in 0..100 {
        let Drained::Until(moment) = fixture.drain().await else { break };
        fixture.wait((moment - fixture.now()).num_seconds().max(0) + 1);
    }
    match fixture.status().await {
        AccountStatus::Reconnect => {
            assert!(
                renewals() > 1,
                "a renewal with a lost response is retried before the user must reconnect"
            );
            fixture.connect().await;
        }
        // If nothing was left to send after the last problem, it is still shown.
        status => {
            assert!(matches!(status, AccountStatus::Connected | AccountStatus::Troubled(_)), "{status:?}");
        }
    }
}

/// The user retries everything that Trakt rejected.
async fn try_again(fixture: &Fixture) {
    for row in fixture.queue().await {
        assert_eq!(row.state, OutboxState::Failed, "{row:?}");
        assert!(fixture.engine.retry(fixture.user_id, row.id).await.unwrap());
    }
    fixture.drain_all().await;
}

/// Removes a play that may be being sent; returns whether it existed. If the process `dies`, sending stops
/// there.
async fn remove(fixture: &Fixture, play: &Play, polls: usize, dies: bool) -> bool {
    let removing = async {
        for _ in 0..polls {
            tokio::task::yield_now().await;
        }
        fixture.forget(play).await
    };
    let mut draining = std::pin::pin!(fixture.engine.drain(fixture.user_id));
    let mut removing = std::pin::pin!(removing);
    let was_there = tokio::select! {
        biased;
        _ = &mut draining => return removing.await,
        was_there = &mut removing => was_there,
    };
    if !dies {
        draining.await.unwrap();
    }
    was_there
}

/// A waiting stop was recorded by a clock that is then set back by about as long as the stop waits. It must not
/// be sent as if it had just happened, or the next viewing within Trakt's window would be mistaken for the same
/// one.
#[rstest]
#[tokio::test]
async fn a_waiting_stop_keeps_its_time_when_the_clock_is_set_back(
    #[values(1, 30, 58, 59, 60, 61, 62, 90)] minutes: i64,
    #[values(false, true)] dies: bool,
) {
    let mut fixture = Fixture::connected().await;
    fixture.drain().await;
    let player = fixture.player().await;
    player.play().await;
    player.watch_to(97).stop().await;
    let stopped_at = fixture.now();
    fixture.wait(60 * 60);
    fixture.set_clock_back(TimeDelta::minutes(minutes));
    if dies {
        fixture.crash().await;
    }
    fixture.drain_all().await;
    let first = fixture.on_trakt().remove(0).watched_at;
    assert_eq!(
        first,
        crate::fixture::to_the_minute(stopped_at),
        "in Trakt's time, which was equal to ours then"
    );
    fixture.watch(97).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(2).await;
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        max_shrink_iters: 60,
        rng_seed: seed(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_viewing_that_is_not_removed_is_exactly_one_play(events in prop::collection::vec(event(), 1..14)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(events));
    }
}

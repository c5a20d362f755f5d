//! Random viewings, faults, crashes and second thoughts: on Trakt there is exactly one play per completed viewing that
//! nobody has taken back, and each is a play here.

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
enum Happening {
    /// Watches up to a percentage, telling Trakt during it or not.
    Watch { percent: i64, online: bool },
    /// Something breaks, a few times.
    Breaks { kind: FaultKind, path: &'static str, times: u32 },
    /// Trakt cannot be reached, or can again.
    Port { open: bool },
    /// Sends for a while, then the process dies in the middle of whatever it does.
    Crash { polls: usize },
    /// A play is taken back after so many polls of the sending, which goes on, or dies.
    TakeBack { which: prop::sample::Index, polls: usize, dies: bool },
    /// Time passes and what waits is sent. Tokens last a day.
    Wait { minutes: i64 },
    /// The movie and both episodes are marked by hand.
    Mark,
    /// Somebody corrects this server's clock; Trakt's goes on.
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

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        4 => (prop_oneof![Just(30_i64), Just(80), Just(97), Just(100)], any::<bool>())
            .prop_map(|(percent, online)| Happening::Watch { percent, online }),
        4 => (fault_kind(), fault_path(), 1..4_u32)
            .prop_map(|(kind, path, times)| Happening::Breaks { kind, path, times }),
        1 => any::<bool>().prop_map(|open| Happening::Port { open }),
        3 => (0..400_usize).prop_map(|polls| Happening::Crash { polls }),
        3 => (any::<prop::sample::Index>(), 0..200_usize, any::<bool>())
            .prop_map(|(which, polls, dies)| Happening::TakeBack { which, polls, dies }),
        2 => (0..90_i64).prop_map(|minutes| Happening::Wait { minutes }),
        1 => (1440..3000_i64).prop_map(|minutes| Happening::Wait { minutes }),
        2 => Just(Happening::Mark),
        1 => (1..90_i64).prop_map(|minutes| Happening::ClockBack { minutes }),
    ]
}

async fn live_through(happenings: Vec<Happening>) {
    let mut fixture = Fixture::connected().await;
    let mut completed = 0;
    for happening in happenings {
        match happening {
            Happening::Watch { percent, online } => {
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
                // Out of Trakt's window for the same item: what comes next is another viewing.
                fixture.wait(61 * 60);
            }
            Happening::Breaks { kind, path, times } => {
                fixture.sim.add_fault(Fault::on(path, kind).times(times))
            }
            Happening::Port { open: true } => fixture.sim.open_port().await.unwrap(),
            Happening::Port { open: false } => fixture.sim.close_port().await,
            Happening::Crash { polls } => {
                fixture.die_while(Work::Sending, polls).await;
                fixture.crash().await;
            }
            Happening::TakeBack { which, polls, dies } => {
                let plays = fixture.plays().await;
                if !plays.is_empty() {
                    completed -= usize::from(take_back(&fixture, which.get(&plays), polls, dies).await);
                }
                if dies {
                    fixture.crash().await;
                }
            }
            Happening::Wait { minutes } => {
                fixture.wait(minutes * 60);
                fixture.drain().await;
            }
            Happening::Mark => {
                let titles = [&fixture.movie, &fixture.episodes[0], &fixture.episodes[1]];
                completed += fixture.mark(&titles, When::At(fixture.now())).await.len();
                fixture.wait(61 * 60);
            }
            Happening::ClockBack { minutes } => fixture.set_clock_back(TimeDelta::minutes(minutes)),
        }
    }
    fixture.sim.open_port().await.unwrap();
    fixture.sim.clear_faults();
    reconnect_when_lost(&fixture).await;
    fixture.drain_all().await;
    try_again(&fixture).await;
    fixture.assert_in_step(completed).await;
    assert_eq!(fixture.queue().await, []);
}

/// A refresh token works once: when the answer to its use is lost, the connection has ended, and the person is asked to
/// connect the account again. Nothing else may end it.
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
                "a renewal whose answer was lost is tried again before the person is asked"
            );
            fixture.connect().await;
        }
        // Nothing may have been left to send since the last trouble, so that nobody knows that it is over.
        status => {
            assert!(matches!(status, AccountStatus::Connected | AccountStatus::Troubled(_)), "{status:?}");
        }
    }
}

/// The person says "try again" about everything that Trakt had refused.
async fn try_again(fixture: &Fixture) {
    for row in fixture.queue().await {
        assert_eq!(row.state, OutboxState::Failed, "{row:?}");
        assert!(fixture.engine.retry(fixture.user_id, row.id).await.unwrap());
    }
    fixture.drain_all().await;
}

/// Takes a play back while it may be on its way; whether it was there. The sending goes no further when it `dies`.
async fn take_back(fixture: &Fixture, play: &Play, polls: usize, dies: bool) -> bool {
    let taking = async {
        for _ in 0..polls {
            tokio::task::yield_now().await;
        }
        fixture.forget(play).await
    };
    let mut draining = std::pin::pin!(fixture.engine.drain(fixture.user_id));
    let mut taking = std::pin::pin!(taking);
    let was_there = tokio::select! {
        biased;
        _ = &mut draining => return taking.await,
        was_there = &mut taking => was_there,
    };
    if !dies {
        draining.await.unwrap();
    }
    was_there
}

/// A stop that waits was recorded by a clock that is then set back by about as long as it waits: it must not be sent as if
/// it had just happened, or the next viewing within Trakt's window would be taken for the same one.
#[rstest]
#[tokio::test]
async fn a_stop_that_waits_while_the_clock_is_set_back_keeps_its_own_moment(
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
    assert_eq!(first, crate::fixture::to_the_minute(stopped_at), "in Trakt's time, which was ours then");
    fixture.watch(97).await;
    fixture.drain_all().await;
    fixture.assert_in_step(2).await;
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
    fn every_viewing_that_is_not_taken_back_is_exactly_one_play(happenings in prop::collection::vec(happening(), 1..14)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live_through(happenings));
    }
}

//! Shared helpers for tests with random sequences.

use proptest::{prelude::*, test_runner::RngSeed};
use trakt_sim::FaultKind;

use crate::fixture::Fixture;

/// The seed of the random sequences. `cargo xtask soak` sets new ones; otherwise it is always the same, so that
/// a run fails only because of a change.
pub(crate) fn seed() -> RngSeed {
    const USUAL: u64 = 2026;
    match std::env::var("KINOMETA_TEST_SEED") {
        Ok(seed) => RngSeed::Fixed(seed.parse().expect("KINOMETA_TEST_SEED is a number")),
        Err(_) => RngSeed::Fixed(USUAL),
    }
}

/// What a process is doing when it crashes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Work {
    Sending,
    Reading,
}

pub(crate) fn work() -> impl Strategy<Value = Work> {
    prop_oneof![Just(Work::Sending), Just(Work::Reading)]
}

/// Faults of the network and of the edge in front of Trakt.
pub(crate) fn network_fault() -> impl Strategy<Value = FaultKind> {
    prop_oneof![
        1 => Just(FaultKind::ResetBefore),
        2 => Just(FaultKind::ResetAfter),
        1 => Just(FaultKind::Truncate),
        1 => Just(FaultKind::Empty { status: 502 }),
        1 => Just(FaultKind::Html { status: 520 }),
        1 => Just(FaultKind::RateLimit { headers: true, retry_after: Some(20) }),
        1 => Just(FaultKind::EdgeForbidden),
        1 => (1..170_u32).prop_map(|seconds| FaultKind::ApplyLate { seconds, hang_milliseconds: 0 }),
        1 => Just(FaultKind::DropPageHeaders),
    ]
}

impl Fixture {
    /// Drops the work after some polls, wherever it is then.
    pub(crate) async fn die_while(&self, work: Work, polls: usize) {
        let working = async {
            match work {
                Work::Sending => drop(self.engine.drain(self.user_id).await),
                Work::Reading => drop(self.engine.pull(self.user_id).await),
            }
        };
        let patience = async {
            for _ in 0..polls {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = working => {}
            () = patience => {}
        }
    }
}

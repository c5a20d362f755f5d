//! The process crashes at any point of an import or a sweep: every play is here exactly once in the end.

use proptest::prelude::*;
use trakt_sim::{Fault, FaultKind};

use super::*;

#[derive(Clone, Debug)]
enum Trouble {
    /// The process crashes after this many polls.
    Dies(usize),
    /// A play is added on Trakt, with a date in the past.
    Added { movie: usize, days: i64 },
    /// A play is removed on Trakt.
    Removed(prop::sample::Index),
    /// The next request fails.
    Fails(FaultKind),
}

fn trouble() -> impl Strategy<Value = Trouble> {
    let kind = prop_oneof![
        Just(FaultKind::ResetBefore),
        Just(FaultKind::Truncate),
        Just(FaultKind::Empty { status: 502 }),
        Just(FaultKind::RateLimit { headers: true, retry_after: Some(20) }),
    ];
    prop_oneof![
        6 => (0..2_500_usize).prop_map(Trouble::Dies),
        2 => (0..60_usize, 0..2_000_i64).prop_map(|(movie, days)| Trouble::Added { movie, days }),
        2 => any::<prop::sample::Index>().prop_map(Trouble::Removed),
        1 => kind.prop_map(Trouble::Fails),
    ]
}

async fn run(troubles: Vec<Trouble>) {
    let mut fixture = long_history(600).await;
    fixture.engine.begin_import(fixture.user_id, true).await.unwrap();
    for trouble in troubles {
        match trouble {
            Trouble::Dies(polls) => {
                die_while_reading(&fixture, polls).await;
                fixture.crash().await;
            }
            Trouble::Added { movie, days } => {
                let at = opening_time() - TimeDelta::days(days) + TimeDelta::minutes(7);
                fixture.add_on_trakt(BEA, movie_id(&fixture, movie), at);
            }
            Trouble::Removed(which) => {
                let entries = fixture.entries_of(BEA);
                fixture.remove_on_trakt(BEA, &[which.get(&entries).0]);
            }
            Trouble::Fails(kind) => fixture.sim.add_fault(Fault::on("*", kind).times(1)),
        }
        fixture.wait(11);
    }
    fixture.sim.clear_faults();
    fixture.settle().await;
    for _ in 0..2 {
        fixture.sweep().await;
    }
    fixture.assert_same(BEA).await;
}

async fn die_while_reading(fixture: &Fixture, polls: usize) {
    fixture.sim.freeze(Some(fixture.now()));
    let reading = fixture.engine.pull(fixture.user_id);
    let patience = async {
        for _ in 0..polls {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        _ = reading => {}
        () = patience => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn an_import_survives_crashes_and_faults(troubles in prop::collection::vec(trouble(), 1..8)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(troubles));
    }
}

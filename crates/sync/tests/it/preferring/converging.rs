//! Random choices on both sides, faults and crashes: when the faults stop, both sides are the same.

use proptest::prelude::*;
use trakt_sim::{Fault, FaultKind};

use super::*;
use crate::random::{Work, work};

#[derive(Clone, Debug)]
enum Happening {
    /// The person chooses something here.
    Chooses { title: usize, what: Choice },
    /// The person chooses something on another device.
    ChoosesElsewhere { title: usize, what: Choice },
    /// Something breaks, a few times.
    Breaks { kind: FaultKind, path: &'static str, times: u32 },
    /// What waits is sent.
    Sends,
    /// What has moved is read.
    Reads,
    /// The process dies while it sends, or reads.
    Dies { polls: usize, work: Work },
    /// Time passes.
    Waits { seconds: i64 },
}

#[derive(Clone, Copy, Debug)]
enum Choice {
    Rates(u8),
    Unrates,
    Lists,
    Unlists,
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        4 => (1..=10_u8).prop_map(Choice::Rates),
        2 => Just(Choice::Unrates),
        2 => Just(Choice::Lists),
        2 => Just(Choice::Unlists),
    ]
}

fn fault_kind() -> impl Strategy<Value = FaultKind> {
    prop_oneof![
        Just(FaultKind::ResetBefore),
        Just(FaultKind::ResetAfter),
        Just(FaultKind::Truncate),
        Just(FaultKind::Empty { status: 502 }),
        Just(FaultKind::PartialAdd { keep: 1 }),
        Just(FaultKind::ApplyLate { seconds: 100, hang_milliseconds: 0 }),
        Just(FaultKind::RateLimit { headers: true, retry_after: Some(20) }),
        Just(FaultKind::ShortPages { by: 1, page: Some(1) }),
        Just(FaultKind::StaleCounts { items: 3 }),
        Just(FaultKind::DropPageHeaders),
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => (0..4_usize, choice()).prop_map(|(title, what)| Happening::Chooses { title, what }),
        4 => (0..4_usize, choice()).prop_map(|(title, what)| Happening::ChoosesElsewhere { title, what }),
        3 => (fault_kind(), prop_oneof![Just("/sync/ratings"), Just("/sync/watchlist"), Just("*")], 1..4_u32)
            .prop_map(|(kind, path, times)| Happening::Breaks { kind, path, times }),
        4 => Just(Happening::Sends),
        3 => Just(Happening::Reads),
        2 => (0..300_usize, work()).prop_map(|(polls, work)| Happening::Dies { polls, work }),
        3 => (1..900_i64).prop_map(|seconds| Happening::Waits { seconds }),
    ]
}

async fn live_through(happenings: Vec<Happening>) {
    let mut world = followed().await;
    let titles =
        [world.movie.clone(), world.episodes[0].clone(), world.episodes[1].clone(), world.show().await];
    for happening in happenings {
        match happening {
            Happening::Chooses { title, what } => {
                let new = match what {
                    Choice::Rates(stars) => NewPreference::Rating(Some(stars)),
                    Choice::Unrates => NewPreference::Rating(None),
                    Choice::Lists => NewPreference::Watchlist(true),
                    Choice::Unlists => NewPreference::Watchlist(false),
                };
                world.set(&titles[title], new).await;
            }
            Happening::ChoosesElsewhere { title, what } => match what {
                Choice::Rates(stars) => world.rate_elsewhere(&titles[title], stars, world.now()),
                Choice::Unrates => world.unrate_elsewhere(&titles[title]),
                Choice::Lists => world.list_elsewhere(&[&titles[title]]),
                Choice::Unlists => world.unlist_elsewhere(&[&titles[title]]),
            },
            Happening::Breaks { kind, path, times } => {
                world.sim.add_fault(Fault::on(path, kind).times(times));
            }
            Happening::Sends => drop(world.drain().await),
            Happening::Reads => drop(world.pull().await),
            Happening::Dies { polls, work } => {
                world.die_while(work, polls).await;
                world.crash().await;
            }
            Happening::Waits { seconds } => world.wait(seconds),
        }
        world.wait(1);
    }
    world.sim.clear_faults();
    world.wait(600);
    world.come_to_rest().await;
    world.assert_same_preferences().await;
    world.sim.clear_requests();
    world.come_to_rest().await;
    assert_eq!(world.writes(), 0, "then nothing is left to send");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn both_sides_are_the_same_in_the_end(happenings in prop::collection::vec(happening(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(live_through(happenings));
    }
}

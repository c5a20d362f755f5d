//! Random choices on both sides, files that are added and removed, faults, crashes and a clock that is set
//! back: after the faults end, both sides are equal, and nothing more is sent.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::prelude::*;
use trakt_sim::{Fault, FaultKind};

use super::*;
use crate::random::{Work, seed, work};

#[derive(Clone, Debug)]
enum Event {
    /// The user chooses something here.
    Chooses { title: usize, what: Choice },
    /// The user chooses something on another device.
    ChoosesElsewhere { title: usize, what: Choice },
    /// A fault occurs, a few times.
    Breaks { kind: FaultKind, path: &'static str, times: u32 },
    /// Waiting messages are sent.
    Sends,
    /// Changes on Trakt are read.
    Reads,
    /// The process crashes while it sends or reads.
    Dies { polls: usize, work: Work },
    /// Time passes.
    Waits { seconds: i64 },
    /// This server's clock is set back; Trakt's is not affected.
    SetsTheClockBack { minutes: i64 },
    /// A file of a movie or an episode is added or removed.
    Scans { title: usize, there: bool },
}

#[derive(Clone, Copy, Debug)]
enum Choice {
    Rates(u8),
    Unrates,
    Lists,
    Unlists,
    /// Always the show.
    Drops,
    Undrops,
}

fn choice() -> impl Strategy<Value = Choice> {
    prop_oneof![
        4 => (1..=10_u8).prop_map(Choice::Rates),
        2 => Just(Choice::Unrates),
        2 => Just(Choice::Lists),
        2 => Just(Choice::Unlists),
        2 => Just(Choice::Drops),
        2 => Just(Choice::Undrops),
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
        (-3..4_i64).prop_map(|by| FaultKind::WrongPageCounts { by }),
        Just(FaultKind::ShrinkingLists { by: 1 }),
        Just(FaultKind::IgnoreLimit),
        Just(FaultKind::DropPageHeaders),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..4_usize, choice()).prop_map(|(title, what)| Event::Chooses { title, what }),
        4 => (0..4_usize, choice()).prop_map(|(title, what)| Event::ChoosesElsewhere { title, what }),
        3 => (fault_kind(), path(), 1..4_u32)
            .prop_map(|(kind, path, times)| Event::Breaks { kind, path, times }),
        4 => Just(Event::Sends),
        3 => Just(Event::Reads),
        2 => (0..300_usize, work()).prop_map(|(polls, work)| Event::Dies { polls, work }),
        3 => (1..900_i64).prop_map(|seconds| Event::Waits { seconds }),
        1 => (1..90_i64).prop_map(|minutes| Event::SetsTheClockBack { minutes }),
        2 => (0..3_usize, any::<bool>()).prop_map(|(title, there)| Event::Scans { title, there }),
    ]
}

fn path() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        Just("/sync/ratings"),
        Just("/sync/watchlist"),
        Just("/sync/collection"),
        Just("/users/hidden"),
        Just("*")
    ]
}

async fn run(events: Vec<Event>) {
    let mut fixture = followed().await;
    let titles = [
        fixture.movie.clone(),
        fixture.episodes[0].clone(),
        fixture.episodes[1].clone(),
        fixture.show().await,
    ];
    let mut held = [true; 3];
    for (number, title) in (11..).zip(&titles[..3]) {
        fixture.add_file(number, title).await;
    }
    for event in events {
        match event {
            Event::Chooses { title, what } => {
                let new = match what {
                    Choice::Rates(stars) => NewPreference::Rating(Some(stars)),
                    Choice::Unrates => NewPreference::Rating(None),
                    Choice::Lists => NewPreference::Watchlist(true),
                    Choice::Unlists => NewPreference::Watchlist(false),
                    Choice::Drops => NewPreference::Dropped(true),
                    Choice::Undrops => NewPreference::Dropped(false),
                };
                let of_show = matches!(what, Choice::Drops | Choice::Undrops);
                fixture.set(&titles[if of_show { 3 } else { title }], new).await;
            }
            Event::ChoosesElsewhere { title, what } => match what {
                Choice::Rates(stars) => fixture.rate_elsewhere(&titles[title], stars, fixture.now()),
                Choice::Unrates => fixture.unrate_elsewhere(&titles[title]),
                Choice::Lists => fixture.list_elsewhere(&[&titles[title]]),
                Choice::Unlists => fixture.unlist_elsewhere(&[&titles[title]]),
                Choice::Drops => fixture.act("/users/hidden/dropped", &named(&[&titles[3]])),
                Choice::Undrops => fixture.act("/users/hidden/dropped/remove", &named(&[&titles[3]])),
            },
            Event::Breaks { kind, path, times } => {
                fixture.sim.add_fault(Fault::on(path, kind).times(times));
            }
            Event::Sends => drop(fixture.drain().await),
            Event::Reads => drop(fixture.pull().await),
            Event::Dies { polls, work } => {
                fixture.die_while(work, polls).await;
                fixture.crash().await;
            }
            Event::Waits { seconds } => fixture.wait(seconds),
            Event::SetsTheClockBack { minutes } => {
                fixture.set_clock_back(TimeDelta::minutes(minutes));
            }
            Event::Scans { title, there } => {
                held[title] = there;
                fixture.file_is_there(11 + title, there).await;
            }
        }
        fixture.wait(1);
    }
    fixture.sim.clear_faults();
    fixture.wait(600);
    fixture.sync_until_idle().await;
    fixture.assert_same_preferences().await;
    // After Trakt has rejected the collection, it is not sent for hours.
    fixture.wait(7 * 3_600);
    fixture.drain_all().await;
    let files = titles.iter().zip(held).filter(|(_, there)| *there).filter_map(|(title, _)| title.trakt_id);
    assert_eq!(fixture.collected_ids(), files.collect::<BTreeSet<i64>>());
    fixture.sim.clear_requests();
    fixture.sync_until_idle().await;
    assert_eq!(fixture.writes(), 0, "nothing is left to send");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        rng_seed: seed(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]
    #[test]
    fn both_sides_converge(events in prop::collection::vec(event(), 1..25)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(events));
    }
}

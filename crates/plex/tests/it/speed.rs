use plex::models::Sort;
use plex::target::{Library, Memory, Outcome};

use crate::{client, keys, listed, movies};

/// 10,000 titles and 100 collections of 100. The number of calls is limited, and therefore the time. Run with
/// `--nocapture` to see it.
#[tokio::test]
async fn a_hundred_up_to_date_collections_cost_two_gets_each_and_no_write() {
    let sim = movies(10_000).await;
    let titles = keys(&sim, &(1..=10_000).collect::<Vec<_>>());
    let all: Vec<Vec<u64>> =
        (0..100).map(|at| (0..100).map(|place| titles[(at * 97 + place * 31) % 10_000]).collect()).collect();
    let client = client(&sim);
    let mut memory = Memory::transient();
    for (run, outcome) in [(1, Outcome::Created), (2, Outcome::Unchanged)] {
        sim.clear_requests();
        let started = std::time::Instant::now();
        let mut library = Library::load(&client, "Movies").await.expect("a library");
        let load = sim.counts().reads;
        for (at, members) in all.iter().enumerate() {
            let mut desired = listed(&format!("Collection {at}"), members);
            desired.sort = Some(Sort::Custom);
            let report = library.apply(&desired, &mut memory).await.expect("applied");
            assert_eq!(report.outcome, outcome);
        }
        let counts = sim.counts();
        println!("run {run}: {:?} for {counts:?}", started.elapsed());
        assert!(load <= 24, "{load} calls to load 10,000 titles");
        match outcome {
            // One call adds the members, one sets the label, one sets the order.
            Outcome::Created => assert_eq!(counts.writes(), 300),
            _ => assert_eq!((counts.reads - load, counts.writes()), (200, 0)),
        }
    }
}

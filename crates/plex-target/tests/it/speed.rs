//! The number of calls, which determines how long a run takes.

use std::fmt::Write as _;

use crate::{Fixture, collection};

#[tokio::test]
async fn a_hundred_collections_in_a_library_of_ten_thousand_need_few_calls() {
    let mut fixture = Fixture::with(10_000).await;
    let mut file = String::new();
    for at in 0..100u64 {
        let numbers: Vec<u64> = (0..100).map(|place| 1 + (at * 97 + place * 31) % 10_000).collect();
        fixture.movies(&format!("l{at}"), &numbers);
        let order = if at % 2 == 0 { "collection_order: custom" } else { "summary: Half of them" };
        let _ = write!(file, "{}", collection(&format!("Collection {at}"), &format!("l{at}"), order));
    }
    fixture.movies_file(&file);
    let started = std::time::Instant::now();
    fixture.run().await;
    let counts = fixture.sim.counts();
    println!("first run: {:.2} s, {counts:?}", started.elapsed().as_secs_f64());
    // Per collection, one call adds the members and one sets label and texts. A custom order costs one more, but no
    // moves, because the members are added in that order.
    assert_eq!(counts.writes(), 50 * 2 + 50 * 3, "{counts:?}");
    fixture.sim.clear_requests();
    let started = std::time::Instant::now();
    let outcomes = fixture.run().await;
    let counts = fixture.sim.counts();
    println!("second run: {:.2} s, {counts:?}", started.elapsed().as_secs_f64());
    assert!(outcomes.iter().all(|one| one.status.to_string() == "Unchanged"));
    // Pages of 500 titles, and what is read once for each library.
    let load = 20 + 2 * 5;
    assert!(counts.reads <= 200 + load, "{counts:?}");
    assert_eq!(counts.writes(), 0);
}

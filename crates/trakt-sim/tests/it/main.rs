//! What the simulator promises: a test for each line of Trakt's behaviour, asked over HTTP.

mod access;
mod client;
mod control;
mod endpoints;
mod fault_kinds;
mod faults;
mod headers;
mod hosts;
mod lists;
mod oauth;
mod pages;
mod paging;
mod rates;
mod scrobbling;
mod social;
mod sync;

use trakt_sim::{DEMO_USER, GUEST_USER, Person, Sim, SimBuilder, SimHandle};

/// The first invented movie; the others follow.
const MOVIE: u64 = 900_001;
/// The first invented show; the others follow.
const SHOW: u64 = 300_001;

/// A simulator whose clock stands still: no test depends on the day or the hour at which it runs.
fn builder() -> SimBuilder {
    Sim::builder().frozen_at("2026-11-21T12:34:56Z".parse().expect("a time"))
}

/// A simulator with its default people.
async fn sim() -> SimHandle {
    builder().start().await.expect("a free port")
}

/// The same with a life behind the demo user.
async fn sim_with_history(plays: usize) -> SimHandle {
    builder()
        .person(Person::new(DEMO_USER).vip().history(plays))
        .person(Person::new(GUEST_USER))
        .start()
        .await
        .expect("a free port")
}

//! Tests of the simulator's behaviour over HTTP, one for each documented behaviour of Trakt.

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

/// Trakt number of the first invented movie; the others have consecutive numbers.
const MOVIE: u64 = 900_001;
/// Trakt number of the first invented show; the others have consecutive numbers.
const SHOW: u64 = 300_001;

/// Returns a builder with a frozen clock, so that no test depends on the current time.
fn builder() -> SimBuilder {
    Sim::builder().frozen_at("2026-11-21T12:34:56Z".parse().expect("a time"))
}

/// Starts a simulator with its default users.
async fn sim() -> SimHandle {
    builder().start().await.expect("a free port")
}

/// Starts a simulator whose demo user has a history of `plays` plays, with ratings and lists.
async fn sim_with_history(plays: usize) -> SimHandle {
    builder()
        .person(Person::new(DEMO_USER).vip().history(plays))
        .person(Person::new(GUEST_USER))
        .start()
        .await
        .expect("a free port")
}

//! The sentences for people, made from codes and their facts. Nothing of them is stored.

mod failure;
mod scrobble;
pub mod trakt;

use chrono::{DateTime, Utc};

pub use failure::{advice, of_failure, of_row};
pub use scrobble::of_dot;

fn clock_time(at: DateTime<Utc>) -> String {
    at.format("%H:%M UTC").to_string()
}

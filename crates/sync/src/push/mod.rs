//! The drain: sends the outbox of one account so that, whatever fails, nothing is lost and nothing is sent twice.
//!
//! A row is *in flight*, and that is committed, before anything is sent. A response settles it. Without a response (a
//! reset, a crash), or if the response does not add up, it is *unknown*: Trakt gets time to apply it, and it is only
//! sent again when two checks of the history agree that it is not there. If it nevertheless turns up twice, one of the
//! two is removed.
//!
//! What is being watched now and everything else are two lanes, which are processed in parallel.

mod answer;
mod batch;
mod claim;
mod collection;
mod doubt;
mod drain;
mod entry;
mod item;
mod look;
mod lookup;
mod missing;
mod own_ids;
mod plan;
mod pool;
mod preference;
mod removal;
mod retimed;
mod stop;
mod subject;
mod taken;
mod withdrawn;
mod withhold;
mod worker;

use chrono::{DateTime, Utc};

pub use collection::SyncProblem;
pub(crate) use collection::{Addition, Kept, forecast as forecast_collection};
pub(crate) use drain::{drain, drain_lane};
pub(crate) use item::Item;
pub(crate) use subject::is_identified;

/// The state of a drain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Nothing is waiting.
    Idle,
    /// Something is waiting until this time.
    Until(DateTime<Utc>),
    /// Something is waiting for the user: not connected, reconnect, locked.
    Stopped,
}

impl Drained {
    /// Returns the combined state of two lanes.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Stopped, _) | (_, Self::Stopped) => Self::Stopped,
            (Self::Until(one), Self::Until(two)) => Self::Until(one.min(two)),
            (Self::Until(moment), Self::Idle) | (Self::Idle, Self::Until(moment)) => Self::Until(moment),
            (Self::Idle, Self::Idle) => Self::Idle,
        }
    }
}

//! The drain: sends what waits in the outbox of one account, so that nothing is lost and nothing is sent twice, whatever
//! breaks in between.
//!
//! A row is *in flight*, and that is committed, before anything leaves. An answer settles it. Without an answer (a reset,
//! a crash) it is *unknown*: the history on Trakt is looked at before it is sent again.

mod batch;
mod drain;
mod item;
mod lookup;
mod plan;
mod removal;
mod stop;
mod withdrawn;
mod worker;

use chrono::{DateTime, Utc};

pub(crate) use drain::drain;

/// Where a drain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drained {
    /// Nothing waits.
    Idle,
    /// Something waits until this moment.
    Until(DateTime<Utc>),
    /// Something waits until a person acts: not connected, reconnect, locked.
    Stopped,
}

//! The write side: a change here and its message to Trakt are written in one transaction.
//!
//! Nothing in this module talks to Trakt. After the transaction is committed, wake the account with
//! [`Engine::wake`](crate::Engine::wake).

mod identified;
mod marks;
pub mod payload;
mod player;
pub(crate) mod preferences;
mod restore;
pub(crate) mod resume;
mod tombstones;
mod withheld;

use std::collections::HashSet;

use chrono::TimeDelta;
use db::{Conn, ids::UserId, rows::OutboxRow, withdrawals};

use crate::Result;
use payload::Payload;

pub(crate) use identified::can_be_identified;
pub(crate) use marks::{enqueue_dated, enqueue_identified, removal_of};
pub use marks::{enqueue_history, forget_play, retime_play, retitle_play};
pub use player::Recorded;
pub(crate) use player::{TraktAhead, record};
pub use restore::{RemovedPlay, restore_plays};
pub(crate) use tombstones::enqueue_tombstones;
pub(crate) use withheld::{CaughtUp, catch_up, withhold};

/// How long a message without an answer is left alone: Trakt may apply a request long after it stopped
/// responding.
pub(crate) const SETTLE: TimeDelta = TimeDelta::minutes(3);

/// The entries on Trakt whose plays were deleted here and that are not yet removed there.
pub(crate) async fn removed_entries(conn: &dyn Conn, user_id: UserId) -> Result<HashSet<i64>> {
    let removals = withdrawals::removals(conn, user_id).await?;
    let entry = |row: &OutboxRow| match Payload::read(&row.payload) {
        Some(Payload::Remove(remove)) => remove.history_id,
        _ => None,
    };
    Ok(removals.iter().filter_map(entry).collect())
}

/// The state of a user's connection to Trakt while a change is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Not connected: nothing is queued for Trakt.
    None,
    /// Connected, but nothing can be sent right now: messages are queued and sent later.
    Away,
    /// Connected and working.
    Live,
}

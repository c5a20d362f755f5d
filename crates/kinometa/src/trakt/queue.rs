//! A user's queue of messages to Trakt.

use db::ids::{OutboxId, UserId};
use db::rows::OutboxRow;

use super::{Trakt, TraktError, TraktResult};

/// A page of a user's queue.
#[derive(Debug)]
pub struct Queue {
    /// The messages, in the order of sending.
    pub rows: Vec<OutboxRow>,
    /// The total number of messages in the queue.
    pub total: u64,
}

impl Trakt {
    /// A page of the user's queue, in the order of sending.
    pub async fn queue(&self, user_id: UserId, offset: u64, limit: u64) -> TraktResult<Queue> {
        let counts = db::outbox::counts(&self.db, user_id).await?;
        let rows = db::outbox::queue(&self.db, user_id, offset, limit).await?;
        Ok(Queue { rows, total: counts.pending + counts.failed })
    }

    /// Sends a message again now.
    pub async fn retry(&self, user_id: UserId, id: OutboxId) -> TraktResult<()> {
        let found = self.engine.retry(user_id, id).await?;
        found.then_some(()).ok_or(TraktError::NoSuchItem)
    }

    /// Discards a message. It is never sent.
    pub async fn discard(&self, user_id: UserId, id: OutboxId) -> TraktResult<()> {
        let found = self.engine.discard(user_id, id).await?;
        found.then_some(()).ok_or(TraktError::NoSuchItem)
    }
}

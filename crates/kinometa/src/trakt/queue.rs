//! What is queued for Trakt.

use db::ids::{OutboxId, UserId};
use db::rows::OutboxRow;

use super::{Trakt, TraktError, TraktResult};

/// Part of a person's queue.
#[derive(Debug)]
pub struct Queue {
    /// The messages, in the order of sending.
    pub rows: Vec<OutboxRow>,
    /// The total number.
    pub total: u64,
}

impl Trakt {
    /// Part of a person's queue, in the order of sending.
    pub async fn queue(&self, user_id: UserId, offset: u64, limit: u64) -> TraktResult<Queue> {
        let counts = db::outbox::counts(&self.db, user_id).await?;
        let rows = db::outbox::queue(&self.db, user_id, offset, limit).await?;
        Ok(Queue { rows, total: counts.pending + counts.failed })
    }

    /// Tries a message again now.
    pub async fn retry(&self, user_id: UserId, id: OutboxId) -> TraktResult<()> {
        let found = self.engine.retry(user_id, id).await?;
        found.then_some(()).ok_or(TraktError::NoSuchItem)
    }

    /// Drops a message: it is never sent.
    pub async fn discard(&self, user_id: UserId, id: OutboxId) -> TraktResult<()> {
        let found = self.engine.discard(user_id, id).await?;
        found.then_some(()).ok_or(TraktError::NoSuchItem)
    }
}

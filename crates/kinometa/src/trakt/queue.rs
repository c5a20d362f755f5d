//! What Trakt is still to hear.

use db::ids::{OutboxId, UserId};
use db::kinds::{OutboxKind, OutboxState};
use db::rows::OutboxRow;
use sync::RowFailure;

use super::{Trakt, TraktError, TraktResult};
use crate::{messages, present};
use api_types::trakt::{QueueError, QueueItem, QueueState, TraktQueue};
use catalogue::view::View;

impl Trakt {
    /// Part of a person's queue, in the order of sending.
    pub async fn queue(
        &self,
        view: &View,
        user_id: UserId,
        offset: u64,
        limit: u64,
    ) -> TraktResult<TraktQueue> {
        let rows = db::outbox::queue(&self.db, user_id, offset, limit).await?;
        let counts = db::outbox::counts(&self.db, user_id).await?;
        Ok(TraktQueue {
            items: rows.into_iter().map(|row| item(view, row)).collect(),
            total: i64::try_from(counts.pending + counts.failed).unwrap_or(i64::MAX),
        })
    }

    /// Tries an item again now.
    pub async fn retry(&self, user_id: UserId, id: OutboxId) -> TraktResult<()> {
        let found = self.engine.retry(user_id, id).await?;
        found.then_some(()).ok_or(TraktError::NoSuchItem)
    }

    /// Drops an item: Trakt will not hear of it.
    pub async fn discard(&self, user_id: UserId, id: OutboxId) -> TraktResult<()> {
        let found = self.engine.discard(user_id, id).await?;
        found.then_some(()).ok_or(TraktError::NoSuchItem)
    }
}

fn item(view: &View, row: OutboxRow) -> QueueItem {
    let state = match row.state {
        OutboxState::InFlight => QueueState::InFlight,
        OutboxState::Unknown => QueueState::Unknown,
        OutboxState::Failed => QueueState::Failed,
        OutboxState::Pending | OutboxState::Done | OutboxState::Superseded => QueueState::Pending,
    };
    QueueItem {
        id: row.id,
        // What is left to do about it.
        kind: if row.withdrawn { OutboxKind::HistoryRemove } else { row.kind },
        title: row.title_id.and_then(|id| view.card_of(id)).map(present::card),
        occurred_at: row.occurred_at.0,
        state,
        attempts: i64::from(row.attempts),
        next_attempt_at: (state != QueueState::Failed).then_some(row.next_attempt_at.0),
        error: error_of(&row),
    }
}

fn error_of(row: &OutboxRow) -> Option<QueueError> {
    let failure = RowFailure::of(row)?;
    let code = row.error_code.clone()?;
    Some(QueueError {
        action: messages::advice(&code).map(str::to_owned),
        message: messages::of_row(&failure),
        code,
    })
}

//! History entries on Trakt that must be removed.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    outbox::{self, Settled},
    rows::OutboxRow,
};
use trakt::models::HistoryItem;

use super::{lookup, worker::Worker};
use crate::{
    Result,
    outbox::{payload::Remove, removal_of},
};

/// Enqueues the removal of a history entry.
pub(super) async fn remove(tx: &Tx, row: &OutboxRow, history_id: i64, now: DateTime<Utc>) -> Result<()> {
    let remove = Remove { history_id: Some(history_id), watched_at: None };
    outbox::insert(tx, removal_of(row.user_id, row.title_id, remove, now), Millis::from(now)).await?;
    Ok(())
}

/// Handles a withdrawn row that Trakt has: that entry is removed. Without its ID, the next step looks it up.
pub(super) async fn arrived(
    tx: &Tx,
    row: &OutboxRow,
    history_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<()> {
    let at = Millis::from(now);
    let Some(history_id) = history_id else { return Ok(outbox::recheck(tx, row.id, at).await?) };
    remove(tx, row, history_id, now).await?;
    Ok(outbox::settle(tx, row.id, &Settled::Done, at).await?)
}

/// Handles a match that was corrected after the play was sent: the entry of the wrong title is removed, and the correct
/// one is sent.
pub(super) async fn rename(worker: &Worker<'_>, row: &OutboxRow, entry: &HistoryItem) -> Result<()> {
    let now = worker.now();
    let tx = worker.core.db.begin().await?;
    remove(&tx, row, lookup::history_id(entry), now).await?;
    outbox::send_again(&tx, row.id, Millis::from(now)).await?;
    tx.commit().await?;
    worker.announce(&[row]).await
}

//! Withheld messages, and sending them once they are no longer withheld.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::UserId,
    kinds::{OutboxKind, TombstoneCategory, TombstoneOrigin},
    outbox::{self, Settled},
    rows::OutboxRow,
    sync_settings,
    tombstones::{self, NewTombstone},
    trakt_accounts, withheld_plays,
};

use super::{enqueue_dated, payload::Payload, tombstones::enqueue_tombstones};
use crate::Result;

/// How many plays one step of catching up processes.
const CHUNK: u64 = 500;

/// Takes back a message that was not sent and may no longer be. It is sent later if the user stops withholding
/// it.
pub(crate) async fn withhold(tx: &Tx, row: &OutboxRow, now: DateTime<Utc>) -> Result<()> {
    match row.kind {
        OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause => {}
        OutboxKind::ScrobbleStop | OutboxKind::HistoryAdd => {
            withheld_plays::note(tx, row.play_id.as_slice()).await?;
        }
        OutboxKind::HistoryRemove => put_off_removal(tx, row, now).await?,
        // The next comparison finds the values here.
        OutboxKind::RatingAdd
        | OutboxKind::RatingRemove
        | OutboxKind::WatchlistAdd
        | OutboxKind::WatchlistRemove
        | OutboxKind::DroppedAdd
        | OutboxKind::DroppedRemove
        | OutboxKind::RecommendationHide
        | OutboxKind::RecommendationUnhide => {}
    }
    Ok(outbox::settle(tx, row.id, &Settled::Superseded, Millis::from(now)).await?)
}

/// Makes the removal wait like one made without a connection.
async fn put_off_removal(tx: &Tx, row: &OutboxRow, now: DateTime<Utc>) -> Result<()> {
    let Some(Payload::Remove(remove)) = Payload::read(&row.payload) else { return Ok(()) };
    let account = trakt_accounts::find(tx, row.user_id).await?.and_then(|account| account.slug);
    let (Some(account), Some(title_id)) = (account.filter(|slug| !slug.is_empty()), row.title_id) else {
        return Ok(());
    };
    let tombstone = NewTombstone {
        user_id: row.user_id,
        account,
        category: TombstoneCategory::History,
        title_id,
        watched_at: remove.watched_at.map(Millis::from),
        history_id: remove.history_id,
        origin: TombstoneOrigin::Kinometa,
        queued_at: None,
    };
    if !tombstones::unqueue(tx, &tombstone).await? {
        tombstones::insert(tx, tombstone, Millis::from(now)).await?;
    }
    Ok(())
}

/// The result of a step of catching up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CaughtUp {
    /// There was nothing to check.
    Idle,
    /// Something was checked, and there may be more.
    Step,
}

/// Enqueues plays and removals that were withheld and no longer are, a chunk per call.
pub(crate) async fn catch_up(tx: &Tx, user_id: UserId, now: DateTime<Utc>) -> Result<CaughtUp> {
    let Some(after) = sync_settings::catch_up_after(tx, user_id).await? else { return Ok(CaughtUp::Idle) };
    let plays = withheld_plays::of_user(tx, user_id, after, CHUNK).await?;
    let ids: Vec<_> = plays.iter().map(|play| play.id).collect();
    withheld_plays::forget(tx, &ids).await?;
    enqueue_dated(tx, &plays, now).await?;
    if plays.is_empty() {
        let account = trakt_accounts::find(tx, user_id).await?.and_then(|account| account.slug);
        if let Some(account) = account.filter(|slug| !slug.is_empty()) {
            enqueue_tombstones(tx, user_id, &account, Millis::from(now)).await?;
        }
    }
    sync_settings::set_catch_up(tx, user_id, ids.last().copied()).await?;
    Ok(CaughtUp::Step)
}

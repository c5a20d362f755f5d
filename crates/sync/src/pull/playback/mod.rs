//! Resume points, in both directions. Those made here are sent to Trakt as scrobbles; those of other players are read,
//! and those finished or cleared here are removed on Trakt by their ID. Private ones are not synced.

mod comparing;
mod log;
mod merge;
mod written;

use db::{Millis, kinds::SyncState, rows::SyncCursor, trakt_playbacks};

use super::{cursor, progress::Turn, round::Round, worker::Worker};
use crate::{Result, guard, watermark::Watermark};
use comparing::Comparing;

/// Compares the resume points if any have changed on either side.
pub(super) async fn advance(worker: &Worker<'_>, before: SyncCursor, round: &Round) -> Result<Turn> {
    let core = &worker.engine.core;
    let changed = vec![round.activities.movies.paused_at, round.activities.episodes.paused_at];
    let is_full = round.is_full(&before);
    let comparing = Comparing::begin(worker, &before, round.began).await?;
    let is_unmoved = Watermark::of(&before.activity).is(&changed) && !comparing.is_cleared_here();
    let mut after = before.clone();
    if is_unmoved && !is_full {
        comparing.place_waiting().await?;
    } else {
        let outcome = comparing.run().await?;
        let now = Millis::from(core.clock.now());
        let count = trakt_playbacks::of_account(&core.db, before.user_id, &before.account).await?.len();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let reached = Watermark::reached(changed, round.began);
        after = SyncCursor {
            state: SyncState::Following,
            activity: if outcome.is_open { Watermark::default() } else { reached }.to_json(),
            done: count,
            total: Some(count),
            held: i64::try_from(outcome.held).unwrap_or(i64::MAX),
            requests: outcome.requests,
            read_at: Some(now),
            full_at: if is_full { Some(now) } else { before.full_at },
            ..after
        };
    }
    after.next_at = Millis::from(round.next_at());
    let held = after.held;
    let tx = core.db.begin().await?;
    if !cursor::save(&tx, &before, after).await? {
        return Ok(Turn::More);
    }
    if is_full && held == 0 {
        guard::finished(&tx, comparing.guarded(), core.clock.now()).await?;
    }
    tx.commit().await?;
    Ok(Turn::Done)
}

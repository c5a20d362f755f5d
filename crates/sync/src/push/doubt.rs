//! Plays whose response was lost or did not add up: nothing is sent again before Trakt has had time to apply them, and
//! two complete checks of its history agree that they are not there.

use db::{Millis, outbox, rows::OutboxRow};
use trakt::models::HistoryItem;

use super::{
    claim::Claimed,
    entry,
    item::{self, Item},
    look,
    missing::{Missing, missing},
    pool::Place,
    taken,
    worker::{Step, Worker},
};
use crate::{Result, account::Throttle, outbox::payload::Payload, status::Failure};

/// How often a play is sent that Trakt neither accepts nor rejects.
const MOST_ATTEMPTS: i32 = 4;

/// A play that may have arrived.
struct Doubtful {
    row: OutboxRow,
    item: Item,
    place: Place,
}

/// Checks which of these plays have arrived.
pub(super) async fn settle(worker: &Worker<'_>, rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
    if let Err(error) = worker.measure_clock().await {
        return worker.failed_in_doubt(&rows, error, throttle).await;
    }
    let mut doubtful = Vec::with_capacity(rows.len());
    for row in rows {
        let claimed = Claimed::of(&row);
        let Some(Payload::History(play)) = Payload::read(&row.payload) else {
            worker.fail(&[row], &Failure::Unreadable).await?;
            continue;
        };
        let item = match &claimed {
            Some(claimed) => Some(claimed.item.clone()),
            None => item::of_row(&worker.core.db, &row).await?,
        };
        match item {
            Some(item) => {
                doubtful.push(Doubtful { place: look::place(worker, &row, &play, claimed), row, item })
            }
            None => {
                worker.fail(&[row], &Failure::NotMatched).await?;
            }
        }
    }
    let sought: Vec<(&Item, Place)> = doubtful.iter().map(|play| (&play.item, play.place)).collect();
    let mut pool = match look::read(worker, &sought).await? {
        Ok(pool) => pool,
        Err(error) => {
            let rows: Vec<OutboxRow> = doubtful.into_iter().map(|play| play.row).collect();
            return worker.failed_in_doubt(&rows, error, throttle).await;
        }
    };
    worker.account.succeeded(throttle).await?;
    for play in doubtful {
        match pool.take(&play.item, play.place) {
            Some(entry) => found(worker, &play, &entry).await?,
            None => not_found(worker, &play.row).await?,
        }
    }
    Ok(None)
}

async fn found(worker: &Worker<'_>, play: &Doubtful, found: &HistoryItem) -> Result<()> {
    match item::of_row(&worker.core.db, &play.row).await? {
        Some(now) if !now.is(&found.media) => entry::rename(worker, &play.row, found).await,
        _ => taken::done(worker, &[(&play.row, Some(found))]).await,
    }
}

async fn not_found(worker: &Worker<'_>, row: &OutboxRow) -> Result<()> {
    let now = worker.now();
    let verdict = missing(row, now);
    if verdict == Missing::Agreed && row.attempts >= MOST_ATTEMPTS && was_dropped(row) {
        worker.fail(std::slice::from_ref(row), &Failure::NotTaken).await?;
        return Ok(());
    }
    let tx = worker.core.db.begin().await?;
    match verdict {
        Missing::Unsettled(until) => outbox::look_later(&tx, row.id, Millis::from(until)).await?,
        Missing::First(again) => {
            outbox::set_missing(&tx, row.id, Millis::from(now), Millis::from(again)).await?;
        }
        Missing::Agreed => outbox::send_again(&tx, row.id, Millis::from(now)).await?,
    }
    tx.commit().await?;
    worker.announce(&[row]).await
}

/// Returns whether Trakt responded without accepting the play.
fn was_dropped(row: &OutboxRow) -> bool {
    row.error_code.as_deref() == Some(&Failure::NotTaken.stored().code)
}

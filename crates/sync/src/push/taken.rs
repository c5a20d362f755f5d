//! Plays that Trakt has accepted, and their history entries.

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    ids::OutboxId,
    outbox::{self, Settled},
    plays,
    rows::OutboxRow,
};
use trakt::models::HistoryItem;

use super::{
    claim::Claimed,
    entry,
    item::{self, Item},
    look, lookup,
    pool::{Place, Pool},
    worker::{Step, Worker},
};
use crate::{Result, account::Throttle, changes::log_sent, outbox::payload::Payload};

/// Maximum number of undated plays looked up at once: each needs a read.
const UNDATED: usize = 10;
/// When a failed lookup is tried again. A play without its ID can still be found by its time.
const LOOK_AGAIN: TimeDelta = TimeDelta::minutes(10);
/// When to check whether a play that was sent twice, because its arrival was unknown, has become two.
const SURPLUS_LOOKS: [TimeDelta; 2] = [TimeDelta::minutes(10), TimeDelta::minutes(60)];

/// Records plays that Trakt has accepted. Those with unknown history entries are looked up later, many at once.
pub(super) async fn done(worker: &Worker<'_>, taken: &[(&OutboxRow, Option<&HistoryItem>)]) -> Result<()> {
    let now = Millis::from(worker.now());
    let tx = worker.core.db.begin().await?;
    let mut settled = Vec::new();
    for (row, entry) in taken {
        let history_id = entry.map(lookup::history_id);
        let Some(row) = &worker.hold(&tx, row.id).await? else { continue };
        if row.withdrawn {
            entry::arrived(&tx, row, history_id, worker.now()).await?;
            continue;
        }
        if let (Some(play_id), Some(history_id)) = (row.play_id, history_id) {
            plays::set_history(&tx, play_id, history_id).await?;
        }
        outbox::settle(&tx, row.id, &Settled::Done, now).await?;
        if history_id.is_none() || is_sent_again(row) {
            outbox::set_verify_at(&tx, &[row.id], Some(now)).await?;
        }
        settled.push(row.clone());
    }
    log_sent(&tx, &settled.iter().collect::<Vec<_>>(), now.0).await?;
    tx.commit().await?;
    worker.announce(&taken.iter().map(|(row, _)| *row).collect::<Vec<_>>()).await
}

/// Returns whether a play may have arrived before it was last sent.
fn is_sent_again(row: &OutboxRow) -> bool {
    row.doubtful_since.is_some() && row.attempts > 1
}

/// A play that Trakt has accepted.
struct Taken {
    row: OutboxRow,
    claimed: Claimed,
    place: Place,
    linked: bool,
}

/// Looks up the history entries of these plays, and removes our own duplicates.
pub(super) async fn verify(worker: &Worker<'_>, rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
    let all: Vec<OutboxId> = rows.iter().map(|row| row.id).collect();
    let taken = to_look_for(worker, rows).await?;
    let sought: Vec<(&Item, Place)> = taken.iter().map(|play| (&play.claimed.item, play.place)).collect();
    let mut pool = match look::read(worker, &sought).await? {
        Ok(pool) => pool,
        Err(error) => {
            tracing::debug!(%error, "the ids of new plays could not be read");
            let later = Millis::from(worker.now() + LOOK_AGAIN);
            let tx = worker.core.db.begin().await?;
            outbox::set_verify_at(&tx, &all, Some(later)).await?;
            tx.commit().await?;
            return Ok(None);
        }
    };
    worker.account.succeeded(throttle).await?;
    let now = worker.now();
    let tx = worker.core.db.begin().await?;
    outbox::set_verify_at(&tx, &all, None).await?;
    let mut renamed = Vec::new();
    let mut linked = Vec::new();
    for play in taken.iter().filter(|play| !play.linked) {
        let Some(found) = pool.take(&play.claimed.item, play.place) else { continue };
        match corrected(worker, play).await? {
            Some(now) if !now.is(&found.media) => renamed.push((&play.row, found)),
            _ => link(&tx, &play.row, &found).await?,
        }
        linked.push(&play.row);
    }
    for play in taken.iter().filter(|play| is_sent_again(&play.row)) {
        remove_surplus(worker, &tx, play, &mut pool, now).await?;
    }
    tx.commit().await?;
    for (row, wrong) in renamed {
        entry::rename(worker, row, &wrong).await?;
    }
    worker.announce(&linked).await?;
    Ok(None)
}

async fn to_look_for(worker: &Worker<'_>, rows: Vec<OutboxRow>) -> Result<Vec<Taken>> {
    let ids: Vec<_> = rows.iter().filter_map(|row| row.play_id).collect();
    let plays = plays::find_many(&worker.core.db, &ids).await?;
    let linked = |row: &OutboxRow| {
        let play = plays.iter().find(|play| Some(play.id) == row.play_id);
        play.is_none_or(|play| play.trakt_history_id.is_some())
    };
    let mut undated = 0;
    let mut taken = Vec::with_capacity(rows.len());
    for row in rows {
        let (Some(claimed), Some(Payload::History(play))) = (Claimed::of(&row), Payload::read(&row.payload))
        else {
            continue;
        };
        let place = look::place(worker, &row, &play, Some(claimed.clone()));
        undated += usize::from(place.window().is_none());
        let linked = linked(&row);
        if (place.window().is_some() || undated <= UNDATED) && (!linked || is_sent_again(&row)) {
            taken.push(Taken { linked, row, claimed, place });
        }
    }
    Ok(taken)
}

/// Returns how the title is identified now, if the match was corrected since the play was sent.
async fn corrected(worker: &Worker<'_>, play: &Taken) -> Result<Option<Item>> {
    if play.claimed.title_id == play.row.title_id {
        return Ok(None);
    }
    item::of_row(&worker.core.db, &play.row).await
}

async fn link(tx: &Tx, row: &OutboxRow, entry: &HistoryItem) -> Result<()> {
    if let Some(play_id) = row.play_id {
        plays::set_history(tx, play_id, lookup::history_id(entry)).await?;
    }
    Ok(())
}

/// Removes a duplicate if an attempt that was thought lost has arrived after all: one of two equal entries. At most as
/// many as were sent are removed, and only while nothing else about this title is on its way.
async fn remove_surplus(
    worker: &Worker<'_>,
    tx: &Tx,
    play: &Taken,
    pool: &mut Pool,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = &play.row;
    let titles: Vec<_> = row.title_id.into_iter().collect();
    let waiting = outbox::open_of_titles(tx, row.user_id, &titles).await?;
    if waiting.iter().all(|other| other.withdrawn || !other.kind.adds_play()) {
        for _ in 1..row.attempts {
            let Some(second) = pool.take(&play.claimed.item, play.place) else { break };
            tracing::info!(
                user_id = worker.user().0,
                "a play reached Trakt twice; one of the two is removed"
            );
            entry::remove(tx, row, lookup::history_id(&second), now).await?;
        }
    }
    let sent_at = row.sent_at.map_or(now, |sent| sent.0);
    let next = SURPLUS_LOOKS.into_iter().map(|after| sent_at + after).find(|at| *at > now);
    Ok(outbox::set_verify_at(tx, &[row.id], next.map(Millis::from)).await?)
}

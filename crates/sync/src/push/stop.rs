//! Sends the stop of a viewing: the one scrobble that must arrive exactly once.

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    outbox::{self, Settled},
    plays,
    rows::OutboxRow,
    viewings, withdrawals,
};
use trakt::{error::Conflict, models::Stopped};

use super::{
    entry,
    item::{self, Item},
    lookup::{self, Window},
    plan,
    worker::{Step, Worker, is_doubtful, title_of},
};
use crate::{Result, account::Throttle, changes::log_sent, outbox::payload::Scrobble, scrobble::COUNTS_FROM};

/// Sends a stop; if its arrival is in doubt, it is checked first.
pub(super) async fn send(
    worker: &Worker<'_>,
    row: OutboxRow,
    stop: Scrobble,
    item: Item,
    throttle: &mut Throttle,
) -> Step {
    if is_doubtful(&row) && stop.progress >= COUNTS_FROM {
        match find_own(worker, &row, &stop, &item).await {
            Ok(Some(found)) => {
                worker.account.succeeded(throttle).await?;
                counted(worker, &row, &stop, Some(found.0), found.1).await?;
                return Ok(None);
            }
            Ok(None) if plan::is_late(&row, worker.now()) => {
                let tx = worker.core.db.begin().await?;
                worker.to_history(&tx, row.id, worker.now()).await?;
                tx.commit().await?;
                worker.announce(&[&row]).await?;
                return Ok(None);
            }
            Ok(None) => {}
            Err(Failure::Trakt(error)) => return worker.failed_in_doubt(&[row], error, throttle).await,
            Err(Failure::Ours(error)) => return Err(error),
        }
    }
    if worker.claim(&[row.id]).await?.is_empty() {
        return Ok(None);
    }
    let call = item::titled(&worker.core.db, &row, item.scrobble(stop.progress)).await?;
    match worker.account.client.scrobble().stop(&call).await {
        Ok(stopped) => {
            worker.account.succeeded(throttle).await?;
            answered(worker, &row, &stop, &item, stopped).await?;
            Ok(None)
        }
        // Below the threshold, a second stop only saves the same resume point again.
        Err(trakt::Error::Unknown(outcome)) if stop.progress < COUNTS_FROM => {
            worker.failed(&[row], outcome.cause, throttle).await
        }
        Err(error) => worker.failed(&[row], error, throttle).await,
    }
}

enum Failure {
    Trakt(trakt::Error),
    Ours(crate::Error),
}

impl From<trakt::Error> for Failure {
    fn from(error: trakt::Error) -> Self {
        Self::Trakt(error)
    }
}

impl From<crate::Error> for Failure {
    fn from(error: crate::Error) -> Self {
        Self::Ours(error)
    }
}

/// Finds the history entry of this stop, if it arrived: the newest one of the item since the viewing began that is not
/// a play here yet.
async fn find_own(
    worker: &Worker<'_>,
    row: &OutboxRow,
    stop: &Scrobble,
    item: &Item,
) -> Result<Option<(i64, DateTime<Utc>)>, Failure> {
    worker.measure_clock().await?;
    let sent_at = row.sent_at.map_or(row.occurred_at.0, |at| at.0);
    let start = worker.to_trakt(stop.started_at.min(row.occurred_at.0));
    let window = Window::around(start, worker.to_trakt(sent_at.max(row.occurred_at.0)));
    let plays = lookup::plays_in(&worker.account.client, item, window).await?;
    let own = lookup::unclaimed(&worker.core.db, row.user_id, plays).await?;
    Ok(own.first().map(|play| (lookup::history_id(play), play.watched_at)))
}

async fn answered(
    worker: &Worker<'_>,
    row: &OutboxRow,
    stop: &Scrobble,
    item: &Item,
    stopped: Stopped,
) -> Result<()> {
    match stopped {
        Stopped::Counted { id, .. } => {
            let id = id.map(|id| i64::try_from(id.0).unwrap_or(i64::MAX));
            counted(worker, row, stop, id, row.occurred_at.0).await
        }
        Stopped::AlreadyCounted(conflict) => already_counted(worker, row, stop, item, conflict).await,
        Stopped::Paused { .. } | Stopped::Ignored => not_counted(worker, row, stop).await,
    }
}

/// Handles a stop that is a play on Trakt: it becomes a play here too.
async fn counted(
    worker: &Worker<'_>,
    row: &OutboxRow,
    stop: &Scrobble,
    history_id: Option<i64>,
    watched_at: DateTime<Utc>,
) -> Result<()> {
    let tx = worker.core.db.begin().await?;
    let Some(row) = &worker.hold(&tx, row.id).await? else { return Ok(()) };
    if row.withdrawn {
        entry::arrived(&tx, row, history_id, worker.now()).await?;
    } else {
        adopt(worker, &tx, row, stop, history_id, watched_at).await?;
    }
    tx.commit().await?;
    worker.announce(&[row]).await
}

/// Links the row to this history entry: there is one play of the entry, which becomes the row's.
async fn adopt(
    worker: &Worker<'_>,
    tx: &Tx,
    row: &OutboxRow,
    stop: &Scrobble,
    history_id: Option<i64>,
    watched_at: DateTime<Utc>,
) -> Result<()> {
    let now = Millis::from(worker.now());
    let known = match history_id {
        Some(history_id) => plays::find_by_history(tx, row.user_id, history_id).await?,
        None => None,
    };
    let play_id = match (known, row.play_id) {
        (Some(known), own) => {
            if let Some(own) = own.filter(|own| *own != known.id) {
                plays::delete(tx, own).await?;
            }
            known.id
        }
        (None, Some(own)) => {
            if let Some(history_id) = history_id {
                plays::set_history(tx, own, history_id).await?;
            }
            own
        }
        (None, None) => plays::insert(tx, worker.play_of(row, stop, watched_at, history_id)?, now).await?.id,
    };
    outbox::set_play(tx, row.id, Some(play_id)).await?;
    log_sent(tx, &[&OutboxRow { play_id: Some(play_id), ..row.clone() }], now.0).await?;
    Ok(outbox::settle(tx, row.id, &Settled::Done, now).await?)
}

/// Handles 409: Trakt counted the title a moment ago. Either that was this viewing, and there is one play, which is
/// this one; or it was the previous viewing, and this one is added to the history.
async fn already_counted(
    worker: &Worker<'_>,
    row: &OutboxRow,
    stop: &Scrobble,
    item: &Item,
    conflict: Conflict,
) -> Result<()> {
    let at = conflict.watched_at.unwrap_or(row.occurred_at.0);
    if !row.withdrawn && was_the_viewing_before(worker, row, stop, at).await? {
        return not_counted(worker, row, stop).await;
    }
    let found = match lookup::plays_in(&worker.account.client, item, Window::minute(at)).await {
        Ok(plays) => lookup::not_removed(&worker.core.db, row.user_id, plays).await?.into_iter().next(),
        Err(error) => {
            tracing::debug!(%error, "the play that Trakt has already counted could not be looked up");
            None
        }
    };
    let tx = worker.core.db.begin().await?;
    let Some(row) = &worker.hold(&tx, row.id).await? else { return Ok(()) };
    let since = Millis::from(at - lookup::SLACK);
    if row.withdrawn {
        withdraw_counted(worker, &tx, row).await?;
    } else if let Some(play) = found {
        adopt(worker, &tx, row, stop, Some(lookup::history_id(&play)), play.watched_at).await?;
    } else if withdrawals::was_removed(&tx, row.user_id, title_of(row)?, since).await? {
        // What Trakt remembers is a deleted play: this is another viewing, which Trakt does not have.
        worker.to_history(&tx, row.id, worker.now()).await?;
    } else {
        settle_without_entry(worker, &tx, row, stop, at).await?;
    }
    tx.commit().await?;
    worker.announce(&[row]).await
}

/// Returns whether what Trakt counted at `at` is the viewing before this stop's. Trakt rejects a title for a while
/// after counting it, and somebody who immediately watches an episode again finishes within that time.
async fn was_the_viewing_before(
    worker: &Worker<'_>,
    row: &OutboxRow,
    stop: &Scrobble,
    at: DateTime<Utc>,
) -> Result<bool> {
    // A stop reaches Trakt slightly late, and a viewing only counts if a quarter of the title was played in it.
    let slack = lookup::SLACK.min(TimeDelta::milliseconds(stop.duration_ms / 4));
    let present = viewings::of_titles(&worker.core.db, row.user_id, &[title_of(row)?]).await?;
    Ok(present.iter().any(|viewing| {
        viewing.follows_at.is_some()
            && viewing.started_at.0 <= row.occurred_at.0
            && at < worker.to_trakt(viewing.started_at.0) + slack
    }))
}

/// Handles 409 for a withdrawn message: what Trakt had before the first attempt is not ours.
async fn withdraw_counted(worker: &Worker<'_>, tx: &Tx, row: &OutboxRow) -> Result<()> {
    let now = Millis::from(worker.now());
    if row.attempts > 1 {
        return entry::arrived(tx, row, None, worker.now()).await;
    }
    Ok(outbox::settle(tx, row.id, &Settled::Superseded, now).await?)
}

/// Keeps the play without an ID, because Trakt has counted it, but its history entry cannot be determined.
async fn settle_without_entry(
    worker: &Worker<'_>,
    tx: &Tx,
    row: &OutboxRow,
    stop: &Scrobble,
    at: DateTime<Utc>,
) -> Result<()> {
    let now = Millis::from(worker.now());
    if row.play_id.is_none() {
        let since = Millis::from(at.min(stop.started_at));
        let play_id = match plays::latest(tx, row.user_id, title_of(row)?, since).await? {
            Some(play) => play.id,
            None => plays::insert(tx, worker.play_of(row, stop, at, None)?, now).await?.id,
        };
        outbox::set_play(tx, row.id, Some(play_id)).await?;
    }
    log_sent(tx, &[row], now.0).await?;
    Ok(outbox::settle(tx, row.id, &Settled::Done, now).await?)
}

/// Handles a stop for which Trakt only kept a resume point or nothing. If enough was watched, it is a play anyway, and
/// is added to the history.
async fn not_counted(worker: &Worker<'_>, row: &OutboxRow, stop: &Scrobble) -> Result<()> {
    let tx = worker.core.db.begin().await?;
    let Some(row) = &worker.hold(&tx, row.id).await? else { return Ok(()) };
    if stop.progress >= COUNTS_FROM && !row.withdrawn {
        worker.to_history(&tx, row.id, worker.now()).await?;
    } else {
        outbox::settle(&tx, row.id, &Settled::Done, Millis::from(worker.now())).await?;
    }
    tx.commit().await?;
    worker.announce(&[row]).await
}

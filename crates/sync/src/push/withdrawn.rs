//! Messages whose play was deleted while they were being sent: they are not sent (again), and if they arrived, they are
//! removed on Trakt.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    outbox::{self, Settled},
    rows::OutboxRow,
};
use trakt::models::HistoryItem;

use super::{
    claim::Claimed,
    entry,
    item::{self, Item},
    look,
    lookup::{self, Window},
    missing::{Missing, missing},
    plan,
    pool::{Place, Pool},
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::Throttle,
    outbox::payload::{History, Payload, When},
};

/// Checks whether such a row has arrived, and makes sure that it is removed if so.
pub(super) async fn send(worker: &Worker<'_>, row: OutboxRow, throttle: &mut Throttle) -> Step {
    if let Err(error) = worker.measure_clock().await {
        return worker.failed_in_doubt(&[row], error, throttle).await;
    }
    let item = match Claimed::of(&row) {
        Some(claimed) => Some(claimed.item),
        None => item::of_row(&worker.core.db, &row).await?,
    };
    let place = place(worker, &row);
    let (found, verdict) = match item.filter(|_| place != Place::Nowhere) {
        Some(item) => match find(worker, &item, place).await? {
            Ok(found) => {
                worker.account.succeeded(throttle).await?;
                (found, missing(&row, worker.now()))
            }
            Err(error) => return worker.failed_in_doubt(&[row], error, throttle).await,
        },
        // It can no longer be identified on Trakt, so it cannot be looked up.
        None => (None, Missing::Agreed),
    };
    let now = Millis::from(worker.now());
    let tx = worker.core.db.begin().await?;
    match (&found, verdict) {
        (Some(play), _) => entry::arrived(&tx, &row, Some(lookup::history_id(play)), now.0).await?,
        (None, Missing::Unsettled(until)) => outbox::look_later(&tx, row.id, Millis::from(until)).await?,
        (None, Missing::First(again)) => {
            outbox::set_missing(&tx, row.id, row.missing_since.unwrap_or(now), Millis::from(again)).await?;
        }
        (None, Missing::Agreed) => outbox::settle(&tx, row.id, &Settled::Superseded, now).await?,
    }
    tx.commit().await?;
    worker.announce(&[&row]).await?;
    Ok(None)
}

async fn find(
    worker: &Worker<'_>,
    item: &Item,
    place: Place,
) -> Result<Result<Option<HistoryItem>, trakt::Error>> {
    let client = &worker.account.client;
    let read = match place.window() {
        Some(window) => lookup::plays_in(client, item, window).await,
        None => lookup::every_play(client, item).await,
    };
    match read {
        Ok(plays) => {
            let plays = lookup::unclaimed(&worker.core.db, worker.user(), plays).await?;
            Ok(Ok(Pool::new(plays).take(item, place)))
        }
        Err(error) => Ok(Err(error)),
    }
}

/// Returns where the history entry of a row can be. The window is narrow, to exclude what was watched elsewhere.
fn place(worker: &Worker<'_>, row: &OutboxRow) -> Place {
    let occurred_at = row.occurred_at.0;
    let around = |start: DateTime<Utc>, end: DateTime<Utc>| {
        Window::around(worker.to_trakt(start), worker.to_trakt(end))
    };
    match Payload::read(&row.payload) {
        Some(Payload::Scrobble(_)) => {
            let sent_at = row.sent_at.map_or(occurred_at, |sent| sent.0);
            Place::Within(around(occurred_at, sent_at.max(occurred_at)), worker.to_trakt(sent_at))
        }
        Some(Payload::History(History { watched: When::At(at), scrobbled_since: Some(_), .. })) => {
            // It was only sent as a scrobble while it was not late.
            Place::Within(around(at, at + plan::LATE), worker.to_trakt(at))
        }
        Some(Payload::History(play)) => look::place(worker, row, &play, Claimed::of(row)),
        _ => Place::Nowhere,
    }
}

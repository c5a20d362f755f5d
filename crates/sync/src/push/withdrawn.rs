//! Messages whose play was deleted while they were being sent: they are not sent (again), and what has arrived is removed
//! there.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    outbox::{self, Settled},
    rows::OutboxRow,
};
use trakt::models::HistoryItem;

use super::{
    item::{self, Item},
    lookup::{self, Window},
    plan,
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::Throttle,
    outbox::{
        payload::{History, Payload, Remove, When},
        removal_of,
    },
};

/// Looks whether such a row has arrived, and sees to it that what has arrived goes away.
pub(super) async fn send(worker: &Worker<'_>, row: OutboxRow, throttle: &mut Throttle) -> Step {
    let found = match item::of_row(&worker.core.db, &row).await? {
        Some(item) => match look(worker, &row, &item).await? {
            Ok(found) => found,
            Err(error) => return worker.failed_in_doubt(&row, error, throttle).await,
        },
        // Nothing names it to Trakt any more, so it cannot be looked for.
        None => None,
    };
    let tx = worker.core.db.begin().await?;
    match &found {
        Some(play) => arrived(&tx, &row, Some(lookup::history_id(play)), worker.now()).await?,
        None => outbox::settle(&tx, row.id, &Settled::Superseded, Millis::from(worker.now())).await?,
    }
    tx.commit().await?;
    worker.announce(&[&row]).await?;
    Ok(None)
}

/// Trakt has it: that one entry is to go. Without its id the next step looks for it.
pub(super) async fn arrived(
    tx: &Tx,
    row: &OutboxRow,
    history_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<()> {
    let at = Millis::from(now);
    if history_id.is_none() {
        return Ok(outbox::recheck(tx, row.id, at).await?);
    }
    let remove = Remove { history_id, watched_at: None };
    outbox::insert(tx, removal_of(row.user_id, row.title_id, remove, now), at).await?;
    Ok(outbox::settle(tx, row.id, &Settled::Done, at).await?)
}

/// The entry that this row has become. The stretch is narrow: what was watched elsewhere must not be taken for it.
async fn look(
    worker: &Worker<'_>,
    row: &OutboxRow,
    item: &Item,
) -> Result<Result<Option<HistoryItem>, trakt::Error>> {
    let client = &worker.account.client;
    let arrival = arrival_of(row);
    let read = match &arrival {
        Arrival::Nowhere => return Ok(Ok(None)),
        Arrival::Within(window, _) => lookup::plays_in(client, item, *window).await,
        Arrival::After(newest) => lookup::every_play(client, item).await.map(|plays| {
            let mut plays = plays.unwrap_or_default();
            plays.retain(|play| play.id.0 > *newest);
            plays
        }),
    };
    let plays = match read {
        Ok(plays) => lookup::unclaimed(&worker.core.db, row.user_id, plays).await?,
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(match arrival {
        Arrival::Within(_, at) => plays.into_iter().min_by_key(|play| (play.watched_at - at).abs()),
        _ => plays.into_iter().min_by_key(|play| play.id.0),
    }))
}

/// Where the entry of a row can be.
#[derive(Debug, PartialEq)]
enum Arrival {
    /// In this stretch, the closer to this moment the likelier.
    Within(Window, DateTime<Utc>),
    /// The first one after this id.
    After(u64),
    /// Nothing says where.
    Nowhere,
}

fn arrival_of(row: &OutboxRow) -> Arrival {
    let occurred_at = row.occurred_at.0;
    match Payload::read(&row.payload) {
        Some(Payload::Scrobble(_)) => {
            let sent_at = row.sent_at.map_or(occurred_at, |sent| sent.0);
            Arrival::Within(Window::around(occurred_at, sent_at.max(occurred_at)), sent_at)
        }
        Some(Payload::History(History { watched: When::At(at), scrobbled_since, .. })) => {
            // As a scrobble it was sent only while it was not late.
            let window = match scrobbled_since {
                Some(_) => Window::around(at, at + plan::LATE),
                None => Window::minute(at),
            };
            Arrival::Within(window, at)
        }
        Some(Payload::History(History { newest_before: Some(newest), .. })) => Arrival::After(newest),
        _ => Arrival::Nowhere,
    }
}

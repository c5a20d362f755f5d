//! Removes plays on Trakt: single ones by ID, never "all plays of an item".

use db::{
    Millis,
    ids::OutboxId,
    outbox::{self, Settled},
    rows::OutboxRow,
};
use trakt::models::{HistoryId, HistoryRemove};

use super::{
    item,
    lookup::{self, Window},
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::{Throttle, backoff_after},
    outbox::payload::{Payload, Remove},
    status::Failure,
};

/// How often a removal is sent for an entry that Trakt keeps without rejecting the removal.
const MOST_ATTEMPTS: i32 = 4;

/// Removes the plays of some rows. Removing them twice does no harm.
pub(super) async fn send(worker: &Worker<'_>, rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
    match rows.as_slice() {
        [row] => remove_one(worker, row, throttle).await,
        _ => remove_many(worker, rows, throttle).await,
    }
}

async fn remove_one(worker: &Worker<'_>, row: &OutboxRow, throttle: &mut Throttle) -> Step {
    let Some(Payload::Remove(remove)) = Payload::read(&row.payload) else {
        return worker.fail(std::slice::from_ref(row), &Failure::Unreadable).await;
    };
    let rows = std::slice::from_ref(row);
    let history_id = match find(worker, row, &remove).await? {
        Ok(history_id) => history_id,
        Err(error) => return worker.failed(rows, error, throttle).await,
    };
    if !claim(worker, row, remove, history_id).await? {
        return Ok(None);
    }
    if let Some(history_id) = history_id {
        match worker.account.client.sync().remove_history(&HistoryRemove::plays([history_id])).await {
            Ok(removed) if removed.unaccounted(1) > 0 => {
                return handle_unaccounted(worker, row, history_id, throttle).await;
            }
            // Not found: somebody has already removed it.
            Ok(_) | Err(trakt::Error::NotFound) => {}
            Err(trakt::Error::Unknown(outcome)) => return worker.failed(rows, outcome.cause, throttle).await,
            Err(error) => return worker.failed(rows, error, throttle).await,
        }
    }
    worker.account.succeeded(throttle).await?;
    worker.settle(&[row], Settled::Done).await?;
    Ok(None)
}

/// Handles a response that does not account for the entry: the removal is done if the entry no longer exists.
async fn handle_unaccounted(
    worker: &Worker<'_>,
    row: &OutboxRow,
    history_id: HistoryId,
    throttle: &mut Throttle,
) -> Step {
    let rows = std::slice::from_ref(row);
    worker.account.succeeded(throttle).await?;
    let is_there = match item::of_row(&worker.core.db, row).await? {
        Some(item) => match lookup::every_play(&worker.account.client, &item).await {
            Ok(plays) => plays.iter().any(|play| play.id == history_id),
            Err(error) => return worker.failed(rows, error, throttle).await,
        },
        None => true,
    };
    let failure = Failure::NotTaken;
    if !is_there {
        worker.settle(&[row], Settled::Done).await?;
    } else if row.attempts + 1 >= MOST_ATTEMPTS {
        return worker.fail(rows, &failure).await;
    } else {
        let again = worker.now() + backoff_after(row.attempts.unsigned_abs() + 1);
        worker.settle(&[row], Settled::Retry(Millis::from(again), failure.stored())).await?;
    }
    Ok(None)
}

/// Removes several entries with known IDs in one request. Those that Trakt does not have are gone, too.
async fn remove_many(worker: &Worker<'_>, mut rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
    let ids: Vec<OutboxId> = rows.iter().map(|row| row.id).collect();
    let claimed = worker.claim(&ids).await?;
    rows.retain(|row| claimed.contains(&row.id));
    let entries: Vec<HistoryId> = rows.iter().filter_map(entry).collect();
    if entries.is_empty() {
        return Ok(None);
    }
    let refs: Vec<&OutboxRow> = rows.iter().collect();
    match worker.account.client.sync().remove_history(&HistoryRemove::plays(entries)).await {
        Ok(removed) if removed.unaccounted(refs.len()) == 0 => {
            worker.account.succeeded(throttle).await?;
            worker.settle(&refs, Settled::Done).await?;
            Ok(None)
        }
        // It is unknown which of them Trakt skipped or cannot handle, so each is sent alone to get its own response.
        Ok(_) | Err(trakt::Error::NotFound | trakt::Error::Validation { .. }) => {
            let now = Millis::from(worker.now());
            worker.settle(&refs, Settled::Retry(now, Failure::Split.stored())).await?;
            Ok(None)
        }
        Err(trakt::Error::Unknown(outcome)) => worker.failed(&rows, outcome.cause, throttle).await,
        Err(error) => worker.failed(&rows, error, throttle).await,
    }
}

fn entry(row: &OutboxRow) -> Option<HistoryId> {
    match Payload::read(&row.payload)? {
        Payload::Remove(remove) => remove.history_id.and_then(|id| u64::try_from(id).ok()).map(HistoryId),
        _ => None,
    }
}

/// Claims the row for sending and stores the ID that was found: if the response is lost, the same entry is removed
/// again, and not the next one that looks like it.
async fn claim(
    worker: &Worker<'_>,
    row: &OutboxRow,
    remove: Remove,
    history_id: Option<HistoryId>,
) -> Result<bool> {
    let Some(tx) = worker.account.begin_claim().await? else { return Ok(false) };
    if outbox::claim(&tx, &[row.id], Millis::from(worker.now())).await?.is_empty() {
        return Ok(false);
    }
    if let Some(found) = history_id.filter(|_| remove.history_id.is_none()) {
        let remove = Remove { history_id: i64::try_from(found.0).ok(), ..remove };
        outbox::set_payload(&tx, row.id, Payload::Remove(remove).to_json()).await?;
    }
    tx.commit().await?;
    Ok(true)
}

/// Returns the entry to remove; `None` if Trakt does not have it.
async fn find(
    worker: &Worker<'_>,
    row: &OutboxRow,
    remove: &Remove,
) -> Result<Result<Option<HistoryId>, trakt::Error>> {
    if let Some(id) = remove.history_id.and_then(|id| u64::try_from(id).ok()) {
        return Ok(Ok(Some(HistoryId(id))));
    }
    let (Some(at), Some(item)) = (remove.watched_at, item::of_row(&worker.core.db, row).await?) else {
        return Ok(Ok(None));
    };
    match lookup::plays_in(&worker.account.client, &item, Window::minute(at)).await {
        Ok(plays) => {
            let unclaimed = lookup::unclaimed(&worker.core.db, row.user_id, plays).await?;
            Ok(Ok(unclaimed.first().map(|play| play.id)))
        }
        Err(error) => Ok(Err(error)),
    }
}

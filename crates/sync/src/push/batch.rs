//! Plays that go to `/sync/history`: marked by hand, or stops that came too late to be scrobbles.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::OutboxId,
    outbox::{self, Settled},
    plays,
    rows::OutboxRow,
};
use trakt::models::{Added, HistoryItem, Items, Watched};

use super::{
    item::{self, Item},
    lookup::{self, Window},
    withdrawn,
    worker::{Step, Worker, is_doubtful},
};
use crate::{
    Result,
    account::Throttle,
    outbox::payload::{History, Payload, When},
    status::Failure,
};

/// A row that can be sent.
struct PendingPlay {
    row: OutboxRow,
    play: History,
    item: Item,
}

/// Sends plays that belong together, after a look whether Trakt has them already.
pub(super) async fn send(worker: &Worker<'_>, rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(Payload::History(play)) = Payload::read(&row.payload) else {
            return worker.fail(&[row], &Failure::Unreadable).await;
        };
        match item::of_row(&worker.core.db, &row).await? {
            Some(item) => entries.push(PendingPlay { row, play, item }),
            None => {
                worker.fail(&[row], &Failure::NotMatched).await?;
            }
        }
    }
    if entries.is_empty() {
        return Ok(None);
    }
    let found = match look(worker, &mut entries).await? {
        Ok(found) => found,
        Err(error) => return not_looked(worker, entries, error, throttle).await,
    };
    let entries = take_found(worker, entries, found).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    post(worker, entries, throttle).await
}

/// What Trakt has that may be one of these plays and is no other play here.
async fn look(
    worker: &Worker<'_>,
    entries: &mut [PendingPlay],
) -> Result<Result<Vec<HistoryItem>, trakt::Error>> {
    let client = &worker.account.client;
    let read = match entries {
        [entry] => look_for_one(client, entry).await,
        several => match several.first().and_then(|entry| moment(&entry.play)) {
            Some(at) => lookup::all_in(client, Window::minute(at)).await,
            None => Ok(Vec::new()),
        },
    };
    Ok(match read {
        Ok(plays) => Ok(lookup::unclaimed(&worker.core.db, worker.user(), plays).await?),
        Err(error) => Err(error),
    })
}

async fn look_for_one(
    client: &trakt::Client,
    entry: &mut PendingPlay,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    match (moment(&entry.play), entry.play.scrobbled_since) {
        // It may have arrived as a scrobble, which Trakt dates itself, or at its true time.
        (Some(at), Some(since)) => {
            let sent_at = entry.row.sent_at.map_or(at, |sent| sent.0);
            lookup::plays_in(client, &entry.item, Window::around(since.min(at), sent_at.max(at))).await
        }
        (Some(at), None) => lookup::plays_in(client, &entry.item, Window::minute(at)).await,
        (None, _) => look_undated(client, entry).await,
    }
}

/// "Released" and "unknown" are dated by Trakt. Before the first attempt the newest entry is noted; later, what is newer
/// is ours.
async fn look_undated(
    client: &trakt::Client,
    entry: &mut PendingPlay,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let Some(plays) = lookup::every_play(client, &entry.item).await? else { return Ok(Vec::new()) };
    if is_doubtful(&entry.row)
        && let Some(newest) = entry.play.newest_before
    {
        return Ok(plays.into_iter().filter(|play| play.id.0 > newest).collect());
    }
    entry.play.newest_before = Some(plays.iter().map(|play| play.id.0).max().unwrap_or(0));
    Ok(Vec::new())
}

async fn not_looked(
    worker: &Worker<'_>,
    entries: Vec<PendingPlay>,
    error: trakt::Error,
    throttle: &mut Throttle,
) -> Step {
    let (doubtful, fresh): (Vec<_>, Vec<_>) =
        entries.into_iter().map(|entry| entry.row).partition(is_doubtful);
    if let [row] = doubtful.as_slice() {
        return worker.failed_in_doubt(row, error, throttle).await;
    }
    worker.failed(&fresh, error, throttle).await
}

/// Settles the plays that Trakt has; the others come back.
async fn take_found(
    worker: &Worker<'_>,
    entries: Vec<PendingPlay>,
    mut found: Vec<HistoryItem>,
) -> Result<Vec<PendingPlay>> {
    let mut missing = Vec::new();
    for entry in entries {
        match found.iter().position(|play| entry.item.is(&play.media)) {
            Some(at) => done(worker, &entry.row, Some(found.swap_remove(at))).await?,
            None => missing.push(entry),
        }
    }
    Ok(missing)
}

async fn post(worker: &Worker<'_>, entries: Vec<PendingPlay>, throttle: &mut Throttle) -> Step {
    let mut items = Items::new();
    let tx = worker.core.db.begin().await?;
    let ids: Vec<OutboxId> = entries.iter().map(|entry| entry.row.id).collect();
    let claimed = outbox::claim(&tx, &ids, Millis::from(worker.now())).await?;
    let entries: Vec<PendingPlay> =
        entries.into_iter().filter(|entry| claimed.contains(&entry.row.id)).collect();
    for entry in &entries {
        entry.item.add_to(&mut items, watched(&entry.play));
        if entry.play.newest_before.is_some() {
            outbox::set_payload(&tx, entry.row.id, Payload::History(entry.play.clone()).to_json()).await?;
        }
    }
    tx.commit().await?;
    if entries.is_empty() {
        return Ok(None);
    }
    match worker.account.client.sync().add_history(&items).await {
        Ok(added) => taken(worker, entries, added, throttle).await,
        Err(trakt::Error::Validation { .. }) if entries.len() > 1 => {
            throttle.single_sends = entries.len();
            let rows: Vec<&OutboxRow> = entries.iter().map(|entry| &entry.row).collect();
            let now = Millis::from(worker.now());
            worker.settle(&rows, Settled::Retry(now, Failure::Split.stored())).await?;
            Ok(None)
        }
        Err(error) => {
            let rows: Vec<OutboxRow> = entries.into_iter().map(|entry| entry.row).collect();
            worker.failed(&rows, error, throttle).await
        }
    }
}

async fn taken(
    worker: &Worker<'_>,
    mut entries: Vec<PendingPlay>,
    added: Added,
    throttle: &mut Throttle,
) -> Step {
    worker.account.succeeded(throttle).await?;
    throttle.single_sends = throttle.single_sends.saturating_sub(entries.len());
    let missing = |entry: &PendingPlay| added.not_found.items().any(|missing| entry.item.is_missing(missing));
    let unknown: Vec<OutboxRow> =
        entries.iter().filter(|entry| missing(entry)).map(|entry| entry.row.clone()).collect();
    if !unknown.is_empty() {
        worker.fail(&unknown, &Failure::NotFound).await?;
        entries.retain(|entry| !missing(entry));
    }
    // Settled before the ids are asked for: whatever goes wrong there, these plays are on Trakt.
    for entry in &entries {
        done(worker, &entry.row, None).await?;
    }
    link(worker, entries).await?;
    Ok(None)
}

/// Notes which entries the plays have become. Without it a play can still be found by its time.
async fn link(worker: &Worker<'_>, mut entries: Vec<PendingPlay>) -> Result<()> {
    for entry in &mut entries {
        entry.row.state = db::kinds::OutboxState::Unknown;
        entry.play.scrobbled_since = None;
    }
    let mut found = match look(worker, &mut entries).await? {
        Ok(found) => found,
        Err(error) => {
            tracing::debug!(%error, "the ids of new plays could not be read");
            return Ok(());
        }
    };
    for entry in &entries {
        if let Some(at) = found.iter().position(|play| entry.item.is(&play.media)) {
            done(worker, &entry.row, Some(found.swap_remove(at))).await?;
        }
    }
    Ok(())
}

/// Trakt has it.
async fn done(worker: &Worker<'_>, row: &OutboxRow, found: Option<HistoryItem>) -> Result<()> {
    let history_id = found.as_ref().map(lookup::history_id);
    let tx = worker.core.db.begin().await?;
    let Some(row) = &worker.hold(&tx, row.id).await? else { return Ok(()) };
    if row.withdrawn {
        withdrawn::arrived(&tx, row, history_id, worker.now()).await?;
    } else {
        if let (Some(play_id), Some(history_id)) = (row.play_id, history_id) {
            plays::set_history(&tx, play_id, history_id).await?;
        }
        outbox::settle(&tx, row.id, &Settled::Done, Millis::from(worker.now())).await?;
    }
    tx.commit().await?;
    worker.announce(&[row]).await
}

fn moment(play: &History) -> Option<DateTime<Utc>> {
    match play.watched {
        When::At(at) => Some(at),
        When::Released | When::Unknown => None,
    }
}

fn watched(play: &History) -> Watched {
    match play.watched {
        When::At(at) => Watched::at(at),
        When::Released => Watched::when_released(),
        When::Unknown => Watched::some_time(),
    }
}

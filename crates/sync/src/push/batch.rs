//! Plays sent to `/sync/history`: marked as watched, or stops that came too late to be scrobbled.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    time::Duration,
};

use chrono::{DateTime, Utc};
use clock::Deadline;
use db::{
    Millis,
    ids::OutboxId,
    outbox::{self, Settled},
    rows::OutboxRow,
};
use trakt::models::{Added, HistoryItem, Items, Watched};

use super::{
    answer::{self, Verdict},
    claim::{self, Claimed},
    item::{self, Item},
    lookup::{self, Window},
    pool::{Place, Pool},
    taken,
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::{ReadMinute, Throttle},
    outbox::{
        SETTLE,
        payload::{History, Payload, When},
    },
    status::Failure,
};

/// If the plays are spread over more minutes than this, they are sent without checking whether Trakt already has them
/// from elsewhere.
const MINUTES_LOOKED_AT: usize = 3;
/// How long a check stays valid.
const LOOK_LASTS: Duration = Duration::from_secs(300);

/// A row that can be sent.
struct PendingPlay {
    row: OutboxRow,
    play: History,
    claimed: Claimed,
}

/// Sends plays together.
pub(super) async fn send(worker: &Worker<'_>, rows: Vec<OutboxRow>, throttle: &mut Throttle) -> Step {
    if let Err(error) = prepare(worker, &rows, throttle).await {
        return worker.failed(&rows, error, throttle).await;
    }
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(Payload::History(play)) = Payload::read(&row.payload) else {
            worker.fail(&[row], &Failure::Unreadable).await?;
            continue;
        };
        match item::of_row(&worker.core.db, &row).await? {
            Some(item) => {
                let claimed = Claimed { title_id: row.title_id, item, at: moment(worker, &row, &play) };
                entries.push(PendingPlay { row, play, claimed });
            }
            None => {
                worker.fail(&[row], &Failure::NotMatched).await?;
            }
        }
    }
    if let Err(error) = look(worker, &entries, throttle).await {
        let rows: Vec<OutboxRow> = entries.into_iter().map(|entry| entry.row).collect();
        return worker.failed(&rows, error, throttle).await;
    }
    let entries = take_found(worker, entries, throttle).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    post(worker, entries, throttle).await
}

/// Determines what must be known before sending: how far the clocks differ, and where new IDs start.
async fn prepare(
    worker: &Worker<'_>,
    rows: &[OutboxRow],
    throttle: &mut Throttle,
) -> Result<(), trakt::Error> {
    let clock = &*worker.core.clock;
    let measured = throttle.clock_measured.is_some_and(|until| !until.left(clock).is_zero());
    if !measured && rows.iter().any(|row| row.playback_session_id.is_some()) {
        worker.account.client.sync().last_activities().await?;
        throttle.clock_measured = Some(Deadline::after(clock, LOOK_LASTS));
    }
    let known = throttle.newest.is_some_and(|(until, _)| !until.left(clock).is_zero());
    if !known && rows.iter().any(is_undated) {
        let newest = lookup::newest_id(&worker.account.client).await?;
        throttle.newest = Some((Deadline::after(clock, LOOK_LASTS), newest));
    }
    Ok(())
}

fn is_undated(row: &OutboxRow) -> bool {
    matches!(
        Payload::read(&row.payload),
        Some(Payload::History(History { watched: When::Released | When::Unknown, .. }))
    )
}

/// Checks what Trakt has in the minutes of these plays, unless they were read recently. Plays spread over many
/// minutes are sent without a check, because each minute would need a read.
async fn look(
    worker: &Worker<'_>,
    entries: &[PendingPlay],
    throttle: &mut Throttle,
) -> Result<(), trakt::Error> {
    let clock = &*worker.core.clock;
    throttle.minutes.retain(|_, read| !read.until.left(clock).is_zero());
    let mut unread: Vec<DateTime<Utc>> = entries.iter().filter_map(|entry| entry.claimed.at).collect();
    unread.retain(|at| !throttle.minutes.contains_key(&minute(*at)));
    unread.sort_by_key(|at| minute(*at));
    unread.dedup_by_key(|at| minute(*at));
    if unread.len() > MINUTES_LOOKED_AT {
        return Ok(());
    }
    for at in unread {
        let found = match entries {
            [only] => {
                lookup::plays_in(&worker.account.client, &only.claimed.item, Window::minute(at)).await?
            }
            _ => lookup::all_in(&worker.account.client, Window::minute(at)).await?,
        };
        // A check for one title says nothing about the others.
        let lasts = if entries.len() == 1 { Duration::ZERO } else { LOOK_LASTS };
        let until = Deadline::after(clock, lasts);
        throttle.minutes.insert(minute(at), ReadMinute { until, entries: found });
    }
    Ok(())
}

/// Settles the plays that Trakt already has; returns the others.
async fn take_found(
    worker: &Worker<'_>,
    entries: Vec<PendingPlay>,
    throttle: &mut Throttle,
) -> Result<Vec<PendingPlay>> {
    let mut missing = Vec::new();
    let mut found = Vec::new();
    let mut pools = Pools::default();
    for entry in entries {
        match pools.take(worker, &entry, throttle).await? {
            Some(play) => found.push((entry.row, play)),
            None => missing.push(entry),
        }
    }
    pools.put_back(throttle);
    let found: Vec<(&OutboxRow, Option<&HistoryItem>)> =
        found.iter().map(|(row, play)| (row, Some(play))).collect();
    if !found.is_empty() {
        taken::done(worker, &found).await?;
    }
    Ok(missing)
}

/// The minutes that were read, as far as this batch needs them.
#[derive(Default)]
struct Pools(BTreeMap<i64, Pool>);

impl Pools {
    async fn take(
        &mut self,
        worker: &Worker<'_>,
        entry: &PendingPlay,
        throttle: &mut Throttle,
    ) -> Result<Option<HistoryItem>> {
        let Some(at) = entry.claimed.at else { return Ok(None) };
        let minute = minute(at);
        if let Entry::Vacant(vacant) = self.0.entry(minute) {
            let Some(read) = throttle.minutes.get_mut(&minute) else { return Ok(None) };
            let entries = std::mem::take(&mut read.entries);
            let unclaimed = lookup::unclaimed(&worker.core.db, worker.user(), entries).await?;
            vacant.insert(Pool::new(unclaimed));
        }
        let pool = self.0.get_mut(&minute);
        Ok(pool.and_then(|pool| pool.take(&entry.claimed.item, Place::Minute(at))))
    }

    fn put_back(self, throttle: &mut Throttle) {
        for (minute, pool) in self.0 {
            if let Some(read) = throttle.minutes.get_mut(&minute) {
                read.entries = pool.rest();
            }
        }
    }
}

async fn post(worker: &Worker<'_>, entries: Vec<PendingPlay>, throttle: &mut Throttle) -> Step {
    let (items, entries) = claim(worker, entries, throttle).await?;
    if entries.is_empty() {
        return Ok(None);
    }
    match worker.account.client.sync().add_history(&items).await {
        Ok(added) => answered(worker, entries, added, throttle).await,
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

/// Claims the rows for sending, with their contents. The request omits rows claimed by others or withdrawn.
async fn claim(
    worker: &Worker<'_>,
    mut entries: Vec<PendingPlay>,
    throttle: &Throttle,
) -> Result<(Items<Watched>, Vec<PendingPlay>)> {
    let Some(tx) = worker.account.begin_claim().await? else { return Ok((Items::new(), Vec::new())) };
    let claims: Vec<outbox::Claim> = entries.iter().map(|entry| entry.claimed.to_claim(&entry.row)).collect();
    let items_of = |entries: &[PendingPlay]| {
        let mut items = Items::new();
        entries.iter().for_each(|entry| entry.claimed.item.add_to(&mut items, watched(entry)));
        items
    };
    let batch = claim::hash(&items_of(&entries));
    let claimed: Vec<OutboxId> =
        outbox::claim_batch(&tx, &claims, &batch, Millis::from(worker.now())).await?;
    entries.retain(|entry| claimed.contains(&entry.row.id));
    for entry in entries.iter_mut().filter(|entry| entry.claimed.at.is_none()) {
        if entry.play.newest_before.is_none() {
            entry.play.newest_before = throttle.newest.map(|(_, id)| id);
            outbox::set_payload(&tx, entry.row.id, Payload::History(entry.play.clone()).to_json()).await?;
        }
    }
    tx.commit().await?;
    Ok((items_of(&entries), entries))
}

async fn answered(
    worker: &Worker<'_>,
    entries: Vec<PendingPlay>,
    added: Added,
    throttle: &mut Throttle,
) -> Step {
    worker.account.succeeded(throttle).await?;
    throttle.single_sends = throttle.single_sends.saturating_sub(entries.len());
    let sent: Vec<&Item> = entries.iter().map(|entry| &entry.claimed.item).collect();
    let verdicts = answer::verdicts(&sent, &added);
    let with = |wanted: Verdict| -> Vec<&OutboxRow> {
        let rows = entries.iter().zip(&verdicts).filter(|(_, verdict)| **verdict == wanted);
        rows.map(|(entry, _)| &entry.row).collect()
    };
    let taken: Vec<_> = with(Verdict::Taken).into_iter().map(|row| (row, None)).collect();
    if !taken.is_empty() {
        taken::done(worker, &taken).await?;
    }
    let unknown: Vec<OutboxRow> = with(Verdict::NotFound).into_iter().cloned().collect();
    if !unknown.is_empty() {
        worker.fail(&unknown, &Failure::NotFound).await?;
    }
    let open = with(Verdict::Open);
    if !open.is_empty() {
        let look_at = Millis::from(worker.now() + SETTLE);
        worker.settle(&open, Settled::Unknown(look_at, Failure::NotTaken.stored())).await?;
    }
    Ok(None)
}

/// Returns when a play was watched, in Trakt's time. The time from a player was read from our clock; a time entered by
/// the user was not.
fn moment(worker: &Worker<'_>, row: &OutboxRow, play: &History) -> Option<DateTime<Utc>> {
    match play.watched {
        When::At(at) if row.playback_session_id.is_some() => Some(worker.to_trakt(at)),
        When::At(at) => Some(at),
        When::Released | When::Unknown => None,
    }
}

fn watched(entry: &PendingPlay) -> Watched {
    match (entry.claimed.at, entry.play.watched) {
        (Some(at), _) | (None, When::At(at)) => Watched::at(at),
        (None, When::Released) => Watched::when_released(),
        (None, When::Unknown) => Watched::at_unknown_time(),
    }
}

fn minute(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60)
}

//! Preferences that were superseded by something newer, here or on Trakt.

use std::collections::HashMap;

use chrono::TimeDelta;
use db::{
    Millis,
    ids::{OutboxId, TitleId},
    kinds::{OutboxState, SyncState},
    outbox::{self, Settled},
    rows::OutboxRow,
    sync_cursors,
};

use crate::{
    Result,
    outbox::preferences::settled_at,
    preference::Preference,
    push::{plan::LATE, worker::Worker},
    watermark::{self, Watermark},
};

/// How long to wait for the comparison.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// Removes messages that were superseded by newer ones about the same title. As long as a superseded message can still
/// change Trakt's value, the newer one waits.
pub(super) async fn newest(
    worker: &Worker<'_>,
    preference: Preference,
    rows: Vec<OutboxRow>,
) -> Result<Vec<OutboxRow>> {
    let now = worker.now();
    let all = outbox::about_preferences(&worker.core.db, worker.user(), preference.category()).await?;
    let waits = |row: &&OutboxRow| row.state != OutboxState::Failed;
    let last: HashMap<Option<TitleId>, OutboxId> =
        all.iter().filter(waits).map(|row| (row.title_id, row.id)).collect();
    let is_last = |row: &OutboxRow| last.get(&row.title_id).is_none_or(|id| *id == row.id);
    let overtaken: Vec<&OutboxRow> = all.iter().filter(waits).filter(|row| !is_last(row)).collect();
    if overtaken.is_empty() {
        return Ok(rows);
    }
    let doubt = |row: &OutboxRow| {
        let of_title = overtaken.iter().filter(|other| other.title_id == row.title_id);
        of_title.filter_map(|other| settled_at(other, now)).max().filter(|until| *until > now)
    };
    let tx = worker.core.db.begin().await?;
    let mut newest = Vec::with_capacity(rows.len());
    for row in rows.into_iter().filter(is_last) {
        match doubt(&row) {
            Some(until) => outbox::put_off(&tx, &[row.id], Millis::from(until), Millis::from(now)).await?,
            None => newest.push(row),
        }
    }
    for row in &overtaken {
        outbox::settle(&tx, row.id, &Settled::Superseded, Millis::from(now)).await?;
    }
    tx.commit().await?;
    Ok(newest)
}

/// Returns whether messages that have waited for long may be older than changes on Trakt. If so, they are postponed
/// until the category was compared, which keeps the newer of both.
pub(super) async fn is_overtaken_there(
    worker: &Worker<'_>,
    account: Option<&str>,
    preference: Preference,
    rows: &[OutboxRow],
) -> Result<Result<bool, trakt::Error>> {
    let now = worker.now();
    let is_late = |row: &OutboxRow| row.state == OutboxState::Unknown || now - row.occurred_at.0 > LATE;
    let is_patient = |row: &OutboxRow| row.missing_since.is_none_or(|since| now - since.0 < PATIENCE);
    let late: Vec<OutboxId> =
        rows.iter().filter(|row| is_late(row) && is_patient(row)).map(|row| row.id).collect();
    let Some(account) = account.filter(|_| !late.is_empty()) else { return Ok(Ok(false)) };
    let (user_id, category) = (worker.user(), preference.category());
    let cursor = sync_cursors::find(&worker.core.db, user_id, account, category).await?;
    let Some(cursor) = cursor.filter(|cursor| cursor.state == SyncState::Following) else {
        return Ok(Ok(false));
    };
    let activities = match worker.account.client.sync().last_activities().await {
        Ok(activities) => activities,
        Err(error) => return Ok(Err(error)),
    };
    if Watermark::of(&cursor.activity).is(&watermark::changed(preference, &activities)) {
        return Ok(Ok(false));
    }
    let tx = worker.core.db.begin().await?;
    sync_cursors::set_due(&tx, user_id, account, Millis::from(now)).await?;
    outbox::put_off(&tx, &late, Millis::from(now + super::COMPARED_IN), Millis::from(now)).await?;
    tx.commit().await?;
    Ok(Ok(true))
}

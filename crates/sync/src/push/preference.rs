//! Ratings, watchlist items and dropped shows. Sending one twice does no harm, so what is in doubt is sent again.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis, Tx,
    ids::{OutboxId, TitleId},
    kinds::{OutboxKind, OutboxState, SyncState},
    outbox::{self, Settled},
    preferences, recommendations,
    rows::{OutboxRow, Preference as Row},
    sync_cursors,
    sync_shadows::{self, Of},
};
use trakt::models::{Added, HiddenSection, Items, NotFound, Noted, Plain, Rated, Removed, Unrated};

use super::{
    Drained,
    own_ids::OwnIds,
    plan::LATE,
    subject::{Known, Subject},
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::{Throttle, to_trakt},
    changes::log_told,
    outbox::{
        payload::{Choice, Payload},
        preferences::{agree, settled_at},
    },
    preference::Preference,
    status::Failure,
    watermark::{self, Watermark},
};

/// How often an item is sent that Trakt neither takes nor refuses.
const MOST_ATTEMPTS: i32 = 4;
/// What waited is compared with Trakt before it is sent; so soon it is looked whether that has happened.
const COMPARED_IN: TimeDelta = TimeDelta::seconds(15);
/// For so long it is waited for the comparison.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// A message that can be sent.
struct Pending {
    row: OutboxRow,
    subject: Subject,
    value: Option<i32>,
}

/// Sends messages of one kind together. `account` is the slug of the account, once Trakt has said so.
pub(super) async fn send(
    worker: &Worker<'_>,
    account: Option<&str>,
    rows: Vec<OutboxRow>,
    throttle: &mut Throttle,
) -> Step {
    let Some(first) = rows.first() else { return Ok(None) };
    let (kind, Some(category)) = (first.kind, first.kind.preference()) else { return Ok(None) };
    let Some(preference) = Preference::of(category) else { return Ok(None) };
    let rows = newest(worker, preference, rows).await?;
    match is_overtaken_there(worker, account, preference, &rows).await {
        Ok(Ok(false)) => {}
        Ok(Ok(true)) => return Ok(None),
        Ok(Err(error)) => return worker.failed(&rows, error, throttle).await,
        Err(error) => return Err(error),
    }
    let mut pending = match named(worker, &rows).await? {
        Ok(pending) => pending,
        Err(error) => return worker.failed(&rows, error, throttle).await,
    };
    let ids: Vec<OutboxId> = pending.iter().map(|message| message.row.id).collect();
    let claimed = worker.claim(&ids).await?;
    pending.retain(|message| claimed.contains(&message.row.id));
    if pending.is_empty() {
        return Ok(None);
    }
    match call(worker, kind, &pending).await {
        Ok(answer) => answered(worker, account, preference, pending, &answer, throttle).await,
        Err(trakt::Error::Validation { .. }) if pending.len() > 1 => {
            let rows: Vec<&OutboxRow> = pending.iter().map(|message| &message.row).collect();
            let now = Millis::from(worker.now());
            worker.settle(&rows, Settled::Retry(now, Failure::Split.stored())).await?;
            Ok(None)
        }
        Err(error) => {
            let rows: Vec<OutboxRow> = pending.into_iter().map(|message| message.row).collect();
            worker.failed(&rows, error, throttle).await
        }
    }
}

/// The messages with how Trakt calls their titles. Those that it has no name for are parked.
async fn named(worker: &Worker<'_>, rows: &[OutboxRow]) -> Result<Result<Vec<Pending>, trakt::Error>> {
    let mut pending = Vec::with_capacity(rows.len());
    let mut own_ids = OwnIds::default();
    for row in rows {
        let Some(Payload::Choice(Choice { value, .. })) = Payload::read(&row.payload) else {
            worker.fail(std::slice::from_ref(row), &Failure::Unreadable).await?;
            continue;
        };
        let subject = match Known::find(&worker.core.db, row.title_id).await? {
            Some(Known::ByOwnIds(subject)) => Ok(subject),
            Some(Known::ByNumbers(part)) => match own_ids.find(&worker.account.client, &part).await {
                Ok(found) => found.ok_or(Failure::NotFound),
                Err(error) => return Ok(Err(error)),
            },
            None => Err(Failure::NotMatched),
        };
        match subject {
            Ok(subject) => pending.push(Pending { row: row.clone(), subject, value }),
            Err(failure) => {
                worker.fail(std::slice::from_ref(row), &failure).await?;
            }
        }
    }
    Ok(Ok(pending))
}

/// Leaves out what something newer about the same title has overtaken. While an overtaken message can still change what
/// Trakt holds, the newer one waits.
async fn newest(worker: &Worker<'_>, preference: Preference, rows: Vec<OutboxRow>) -> Result<Vec<OutboxRow>> {
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

/// What has waited for long may be older than what was chosen on Trakt meanwhile. Then it is put off until the category
/// was compared, which keeps the newer of both.
async fn is_overtaken_there(
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
    outbox::put_off(&tx, &late, Millis::from(now + COMPARED_IN), Millis::from(now)).await?;
    tx.commit().await?;
    Ok(Ok(true))
}

/// What an answer says.
struct Answer {
    not_found: NotFound,
    /// Items that it does not account for.
    unaccounted: u64,
    /// What was not there is not counted either.
    is_removal: bool,
}

async fn call(worker: &Worker<'_>, kind: OutboxKind, pending: &[Pending]) -> Result<Answer, trakt::Error> {
    let (sync, users) = (worker.account.client.sync(), worker.account.client.users());
    let added = |added: Added| Answer {
        unaccounted: added.unaccounted(pending.len()),
        not_found: added.not_found,
        is_removal: false,
    };
    let removed = |removed: Removed| Answer {
        unaccounted: removed.unaccounted(pending.len()),
        not_found: removed.not_found,
        is_removal: true,
    };
    match kind {
        OutboxKind::RatingAdd => {
            let mut items = Items::new();
            for message in pending {
                let stars = message.value.and_then(|value| u8::try_from(value).ok()).and_then(Rated::new);
                let at = to_trakt(&worker.account.client, message.row.occurred_at.0);
                stars.into_iter().for_each(|stars| message.subject.add_to(&mut items, stars.at(at)));
            }
            sync.add_ratings(&items).await.map(added)
        }
        OutboxKind::RatingRemove => sync.remove_ratings(&all(pending, Unrated {})).await.map(removed),
        OutboxKind::WatchlistAdd => sync.watchlist().add(&all(pending, Noted::default())).await.map(added),
        OutboxKind::WatchlistRemove => sync.watchlist().remove(&all(pending, Plain {})).await.map(removed),
        OutboxKind::DroppedAdd => {
            users.hide(&HiddenSection::Dropped, &all(pending, Plain {})).await.map(added)
        }
        OutboxKind::DroppedRemove => {
            users.unhide(&HiddenSection::Dropped, &all(pending, Plain {})).await.map(removed)
        }
        OutboxKind::RecommendationHide => {
            users.hide(&HiddenSection::Recommendations, &all(pending, Plain {})).await.map(added)
        }
        OutboxKind::RecommendationUnhide => {
            users.unhide(&HiddenSection::Recommendations, &all(pending, Plain {})).await.map(removed)
        }
        OutboxKind::ScrobbleStart
        | OutboxKind::ScrobblePause
        | OutboxKind::ScrobbleStop
        | OutboxKind::HistoryAdd
        | OutboxKind::HistoryRemove => {
            Ok(Answer { not_found: NotFound::default(), unaccounted: 0, is_removal: false })
        }
    }
}

/// All titles, of each of which the same is said.
fn all<D: Clone>(pending: &[Pending], details: D) -> Items<D> {
    let mut items = Items::new();
    pending.iter().for_each(|message| message.subject.add_to(&mut items, details.clone()));
    items
}

async fn answered(
    worker: &Worker<'_>,
    account: Option<&str>,
    preference: Preference,
    pending: Vec<Pending>,
    answer: &Answer,
    throttle: &mut Throttle,
) -> Step {
    worker.account.succeeded(throttle).await?;
    let (missing, rest): (Vec<Pending>, Vec<Pending>) =
        pending.into_iter().partition(|message| message.subject.is_among(&answer.not_found));
    let unnamed = answer.not_found.len().saturating_sub(missing.len());
    let rows = |messages: Vec<Pending>| -> Vec<OutboxRow> {
        messages.into_iter().map(|message| message.row).collect()
    };
    let missing = rows(missing);
    if !missing.is_empty() {
        worker.fail(&missing, &Failure::NotFound).await?;
    }
    if rest.is_empty() {
        return Ok(None);
    }
    if unnamed >= rest.len() {
        return worker.fail(&rows(rest), &Failure::NotFound).await;
    }
    let is_last = |message: &Pending| message.row.attempts + 1 >= MOST_ATTEMPTS;
    let is_exhausted = rest.len() == 1 && rest.iter().all(is_last);
    // What so many answers do not count as removed was not there: it is gone all the same.
    let was_absent = answer.is_removal && is_exhausted;
    if unnamed == 0 && (answer.unaccounted == 0 || was_absent) {
        return taken(worker, account, preference, rest).await;
    }
    let rest = rows(rest);
    let refs: Vec<&OutboxRow> = rest.iter().collect();
    let now = Millis::from(worker.now());
    if rest.len() > 1 {
        // Nobody knows which of them were left out: each gets an answer of its own.
        worker.settle(&refs, Settled::Retry(now, Failure::Split.stored())).await?;
    } else if is_exhausted {
        return worker.fail(&rest, &Failure::NotTaken).await;
    } else {
        let again = Millis::from(worker.now() + COMPARED_IN);
        worker.settle(&refs, Settled::Retry(again, Failure::NotTaken.stored())).await?;
    }
    Ok(None)
}

/// Trakt holds these now.
async fn taken(
    worker: &Worker<'_>,
    account: Option<&str>,
    preference: Preference,
    messages: Vec<Pending>,
) -> Step {
    let (user_id, category, now) = (worker.user(), preference.category(), Millis::from(worker.now()));
    let tx = worker.core.db.begin().await?;
    preferences::lock(&tx, user_id).await?;
    for message in &messages {
        if worker.hold(&tx, message.row.id).await?.is_some() {
            outbox::settle(&tx, message.row.id, &Settled::Done, now).await?;
        }
    }
    if preference == Preference::Rating {
        recommendations::outdate(&tx, user_id).await?;
    }
    if let Some(account) = account {
        let of = Of { user_id, account: account.to_owned(), category };
        log(&tx, &of, &messages, now.0).await?;
        note(&tx, &of, &messages).await?;
    }
    tx.commit().await?;
    worker.announce(&messages.iter().map(|message| &message.row).collect::<Vec<_>>()).await?;
    Ok(None::<Drained>)
}

/// Logs what Trakt held before and holds now.
async fn log(tx: &Tx, of: &Of, messages: &[Pending], now: DateTime<Utc>) -> Result<()> {
    let ids: Vec<TitleId> = messages.iter().filter_map(|message| message.row.title_id).collect();
    let before: HashMap<TitleId, Option<i32>> = sync_shadows::of_titles(tx, of, &ids)
        .await?
        .into_iter()
        .map(|shadow| (shadow.title_id, shadow.there))
        .collect();
    let told = messages.iter().filter_map(|message| {
        let title_id = message.row.title_id?;
        Some((title_id, before.get(&title_id).copied().flatten(), message.value))
    });
    log_told(tx, (of.user_id, &of.account, of.category), told.collect(), now).await
}

/// Notes what Trakt holds now. What was changed here since is still to be sent.
async fn note(tx: &Tx, of: &Of, messages: &[Pending]) -> Result<()> {
    let ids: Vec<TitleId> = messages.iter().filter_map(|message| message.row.title_id).collect();
    let here: HashMap<TitleId, Row> = preferences::of_titles(tx, of.user_id, of.category, &ids)
        .await?
        .into_iter()
        .map(|row| (row.title_id, row))
        .collect();
    let mut agreed = Vec::new();
    for message in messages {
        let Some(title_id) = message.row.title_id else { continue };
        match here.get(&title_id) {
            Some(row) if row.value != message.value => {
                let shadow = of.row(title_id, message.value, message.value);
                sync_shadows::forget(tx, of, &[title_id]).await?;
                sync_shadows::put_many(tx, shadow.into_iter().collect()).await?;
            }
            Some(_) => agreed.push((title_id, message.value)),
            None => {
                // The account was disconnected meanwhile, and what was on its watchlist forgotten with it.
                let value = message.value.map(|value| Row {
                    user_id: of.user_id,
                    category: of.category,
                    title_id,
                    value: Some(value),
                    changed_at: message.row.occurred_at,
                    trakt_ahead_ms: Payload::read(&message.row.payload)
                        .and_then(|payload| payload.trakt_ahead())
                        .map(|ahead| ahead.num_milliseconds()),
                });
                preferences::put_many(tx, value.into_iter().collect()).await?;
                agreed.push((title_id, message.value));
            }
        }
    }
    agree(tx, of, &agreed, of.user_id).await
}

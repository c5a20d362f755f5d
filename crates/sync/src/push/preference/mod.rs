//! Ratings, watchlist items and dropped shows. Sending one twice does no harm, so whatever is in doubt is sent again.

mod call;
mod overtaken;
mod taken;

use chrono::TimeDelta;
use db::{Millis, ids::OutboxId, outbox::Settled, rows::OutboxRow};

use super::{
    own_ids::OwnIds,
    subject::{Known, Subject},
    worker::{Step, Worker},
};
use crate::{
    Result,
    account::Throttle,
    outbox::payload::{Choice, Payload},
    preference::Preference,
    status::Failure,
};
use call::{Answer, call};
use overtaken::{is_overtaken_there, newest};
use taken::taken;

/// How often an item is sent that Trakt neither accepts nor rejects.
const MOST_ATTEMPTS: i32 = 4;
/// Waiting messages are compared with Trakt before they are sent; this is how soon to check whether that has happened.
const COMPARED_IN: TimeDelta = TimeDelta::seconds(15);

/// A message that can be sent.
struct Pending {
    row: OutboxRow,
    subject: Subject,
    value: Option<i32>,
}

/// Sends messages of one kind together. `account` is the account's slug, if Trakt has already reported it.
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

/// Returns the messages with their titles as identified on Trakt. Those that cannot be identified fail.
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
    // Items that so many responses did not count as removed were not there, so they are gone anyway.
    let was_absent = answer.is_removal && is_exhausted;
    if unnamed == 0 && (answer.unaccounted == 0 || was_absent) {
        return taken(worker, account, preference, rest).await;
    }
    let rest = rows(rest);
    let refs: Vec<&OutboxRow> = rest.iter().collect();
    let now = Millis::from(worker.now());
    if rest.len() > 1 {
        // It is unknown which of them were left out, so each is sent alone to get its own response.
        worker.settle(&refs, Settled::Retry(now, Failure::Split.stored())).await?;
    } else if is_exhausted {
        return worker.fail(&rest, &Failure::NotTaken).await;
    } else {
        let again = Millis::from(worker.now() + COMPARED_IN);
        worker.settle(&refs, Settled::Retry(again, Failure::NotTaken.stored())).await?;
    }
    Ok(None)
}

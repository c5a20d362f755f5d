//! What to send next. Pure: rows and the time go in, a decision comes out.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    ids::OutboxId,
    kinds::{OutboxKind, OutboxState},
    outbox::Settled,
    rows::OutboxRow,
};

use crate::{
    outbox::payload::{Payload, Scrobble, When},
    scrobble::COUNTS_FROM,
};

/// A scrobble older than this is late: Trakt would take it for something that happens now.
pub(crate) const LATE: TimeDelta = TimeDelta::seconds(120);
/// How many plays go into one request.
const BATCH: usize = 50;

/// What to do with a scrobble before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tidy {
    /// Overtaken or too late to matter: it is never sent.
    Supersede(OutboxId),
    /// A stop that is too late to be one, but counts: it becomes a history entry.
    ToHistory(OutboxId),
}

/// What the waiting scrobbles (oldest first) no longer need.
pub(crate) fn tidy(rows: &[OutboxRow], now: DateTime<Utc>) -> Vec<Tidy> {
    let overtaken = |at: usize| {
        let row = &rows[at];
        rows[at + 1..]
            .iter()
            .any(|later| later.playback_session_id == row.playback_session_id && later.viewing == row.viewing)
    };
    let mut tidied = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let verdict = match (row.kind, scrobble(row)) {
            (OutboxKind::ScrobbleStop, Some(stop)) if is_late(row, now) => {
                if stop.progress < COUNTS_FROM {
                    Some(Tidy::Supersede(row.id))
                } else if row.state == OutboxState::Pending {
                    Some(Tidy::ToHistory(row.id))
                } else {
                    None
                }
            }
            (OutboxKind::ScrobbleStop, _) => None,
            (OutboxKind::HistoryAdd | OutboxKind::HistoryRemove, _) => None,
            (OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause, _) => {
                (is_late(row, now) || overtaken(at)).then_some(Tidy::Supersede(row.id))
            }
        };
        tidied.extend(verdict);
    }
    tidied
}

/// Whether a row is too old to be sent as a scrobble.
pub(crate) fn is_late(row: &OutboxRow, now: DateTime<Utc>) -> bool {
    now - row.occurred_at.0 > LATE
}

/// When the next waiting scrobble becomes late: it must be tidied then, whatever else waits.
pub(crate) fn next_late(rows: &[OutboxRow], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    rows.iter()
        .map(|row| row.occurred_at.0 + LATE + TimeDelta::milliseconds(1))
        .filter(|late| *late > now)
        .min()
}

/// Which scrobble is next.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pick {
    /// This one.
    Row(Box<OutboxRow>),
    /// None is due before this moment.
    Wait(DateTime<Utc>),
    /// None waits.
    Nothing,
}

/// The oldest scrobble that is due. The messages about one title keep their order: a row that waits holds back the later
/// rows of its title, and no others.
pub(crate) fn pick(rows: &[OutboxRow], now: DateTime<Utc>) -> Pick {
    let mut held = HashSet::new();
    let mut wake: Option<DateTime<Utc>> = None;
    for row in rows {
        if !held.insert(row.title_id) {
            continue;
        }
        let due = row.next_attempt_at.0;
        if due <= now {
            return Pick::Row(Box::new(row.clone()));
        }
        wake = Some(wake.map_or(due, |wake| wake.min(due)));
    }
    wake.map_or(Pick::Nothing, Pick::Wait)
}

/// The next request of bulk work, from the rows that are due (oldest first): plays of one minute go together, because
/// one look into the history covers all of them.
pub(crate) fn batch(due: &[OutboxRow], alone: bool) -> Vec<OutboxRow> {
    let Some(first) = due.first() else { return Vec::new() };
    let minute = if alone { None } else { shared_minute(first) };
    let Some(minute) = minute else { return vec![first.clone()] };
    due.iter().filter(|row| shared_minute(row) == Some(minute)).take(BATCH).cloned().collect()
}

/// The minute of a play that nobody has tried to send yet.
fn shared_minute(row: &OutboxRow) -> Option<i64> {
    match Payload::read(&row.payload) {
        Some(Payload::History(play))
            if row.state == OutboxState::Pending
                && row.sent_at.is_none()
                && play.scrobbled_since.is_none() =>
        {
            match play.watched {
                When::At(at) => Some(at.timestamp().div_euclid(60)),
                When::Released | When::Unknown => None,
            }
        }
        _ => None,
    }
}

/// The outcome for a withdrawn message: what has not arrived is not tried again.
pub(crate) fn settled_withdrawn(settled: Settled) -> Settled {
    match settled {
        Settled::Retry(..) | Settled::Failed(_) => Settled::Superseded,
        other => other,
    }
}

/// The scrobble in a row.
pub(crate) fn scrobble(row: &OutboxRow) -> Option<Scrobble> {
    match Payload::read(&row.payload)? {
        Payload::Scrobble(scrobble) => Some(scrobble),
        _ => None,
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;

//! Decides what to send next. Pure: from the rows and the time.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    ids::OutboxId,
    kinds::{OutboxKind, OutboxState},
    outbox::Settled,
    rows::OutboxRow,
};

use crate::{
    outbox::payload::{History, Payload, Scrobble, When},
    scrobble::COUNTS_FROM,
    status::Failure,
};

/// A scrobble older than this is late: Trakt would treat it as happening now.
pub(crate) const LATE: TimeDelta = TimeDelta::seconds(120);
/// Maximum number of plays in a request.
const BATCH: usize = 100;
/// Maximum number of undated plays checked at once.
const UNDATED: usize = 10;

/// What to do with a scrobble before anything is sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Tidy {
    /// Superseded, or too late to matter: it is never sent.
    Supersede(OutboxId),
    /// A stop that is too late for a scrobble, but counts: it becomes a history entry.
    ToHistory(OutboxId),
}

/// Returns what to do with waiting scrobbles (oldest first) that need not be sent as they are.
pub(crate) fn tidy(rows: &[OutboxRow], now: DateTime<Utc>) -> Vec<Tidy> {
    let overtaken = |at: usize| {
        let row = &rows[at];
        rows[at + 1..].iter().any(|later| match &row.playback_session_id {
            Some(player) => {
                later.playback_session_id.as_ref() == Some(player) && later.viewing == row.viewing
            }
            None => later.title_id == row.title_id,
        })
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
            (
                OutboxKind::HistoryAdd
                | OutboxKind::HistoryRemove
                | OutboxKind::RatingAdd
                | OutboxKind::RatingRemove
                | OutboxKind::WatchlistAdd
                | OutboxKind::WatchlistRemove
                | OutboxKind::DroppedAdd
                | OutboxKind::DroppedRemove
                | OutboxKind::RecommendationHide
                | OutboxKind::RecommendationUnhide,
                _,
            ) => None,
            (OutboxKind::ScrobbleStart | OutboxKind::ScrobblePause, _) => {
                let is_late = is_late(row, now) && !is_restored_resume_point(row);
                (is_late || overtaken(at)).then_some(Tidy::Supersede(row.id))
            }
        };
        tidied.extend(verdict);
    }
    tidied
}

/// Returns whether a row is a resume point restored by the user: it does not come from a player, and is valid whenever
/// it arrives.
fn is_restored_resume_point(row: &OutboxRow) -> bool {
    row.kind == OutboxKind::ScrobblePause && row.playback_session_id.is_none()
}

/// Returns whether a row is too old to be sent as a scrobble.
pub(crate) fn is_late(row: &OutboxRow, now: DateTime<Utc>) -> bool {
    now - row.occurred_at.0 > LATE
}

/// Returns when the next waiting scrobble becomes late: it must be tidied up then, whatever else is waiting.
pub(crate) fn next_late(rows: &[OutboxRow], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    rows.iter()
        .map(|row| row.occurred_at.0 + LATE + TimeDelta::milliseconds(1))
        .filter(|late| *late > now)
        .min()
}

/// The next scrobble.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Pick {
    /// This one.
    Row(Box<OutboxRow>),
    /// None is due before this time.
    Wait(DateTime<Utc>),
    /// None is waiting.
    Nothing,
}

/// Picks the oldest scrobble that is due. The messages about a title keep their order: a waiting row holds back the
/// later rows of its title, and no others.
pub(crate) fn pick(rows: &[OutboxRow], now: DateTime<Utc>) -> Pick {
    let mut held = HashSet::new();
    let mut wake: Option<DateTime<Utc>> = None;
    for row in rows {
        // Nothing waits for a message that is only looked up.
        if !row.withdrawn && !held.insert(row.title_id) {
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

/// The next piece of bulk work.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Bulk {
    /// Check whether a withdrawn message has arrived.
    Withdrawn(Box<OutboxRow>),
    /// Remove these plays in one request; a single one if its history entry has yet to be found.
    Removals(Vec<OutboxRow>),
    /// Send these preferences, which are of the same kind, in one request.
    Preferences(Vec<OutboxRow>),
    /// Check whether these plays have arrived.
    Doubtful(Vec<OutboxRow>),
    /// Send these plays in one request.
    Fresh(Vec<OutboxRow>),
    /// Nothing is due.
    Nothing,
}

/// Returns the next piece of bulk work, from the due rows (oldest first). Plays are grouped regardless of their times.
pub(crate) fn bulk(due: &[OutboxRow], alone: bool) -> Bulk {
    let Some(first) = due.first() else { return Bulk::Nothing };
    let like_first = |most: usize, same: &dyn Fn(&OutboxRow) -> bool| -> Vec<OutboxRow> {
        due.iter().filter(|row| is_play(row) && same(row)).take(most).cloned().collect()
    };
    match first.kind {
        _ if first.withdrawn => Bulk::Withdrawn(Box::new(first.clone())),
        OutboxKind::HistoryRemove => {
            let together = |row: &&OutboxRow| {
                row.kind == OutboxKind::HistoryRemove
                    && !row.withdrawn
                    && has_history_id(row)
                    && !is_split(row)
            };
            Bulk::Removals(match together(&first) {
                true => due.iter().filter(together).take(BATCH).cloned().collect(),
                false => vec![first.clone()],
            })
        }
        kind if kind.preference().is_some() => {
            let together = |row: &&OutboxRow| row.kind == kind && !is_split(row);
            Bulk::Preferences(match is_split(first) {
                true => vec![first.clone()],
                false => due.iter().filter(together).take(BATCH).cloned().collect(),
            })
        }
        _ if in_doubt(first) => {
            // Each undated play is checked with a separate read.
            let undated = is_undated(first);
            let most = if undated { UNDATED } else { BATCH };
            Bulk::Doubtful(like_first(most, &|row| in_doubt(row) && is_undated(row) == undated))
        }
        _ if alone => Bulk::Fresh(vec![first.clone()]),
        _ => Bulk::Fresh(like_first(batch_size(first), &|row| {
            !in_doubt(row) && batch_size(row) == batch_size(first)
        })),
    }
}

fn is_play(row: &OutboxRow) -> bool {
    row.kind == OutboxKind::HistoryAdd && !row.withdrawn
}

/// Returns whether a play may have arrived: its response was lost, and no two checks since then have agreed that it is
/// not there.
fn in_doubt(row: &OutboxRow) -> bool {
    match row.state {
        OutboxState::Unknown => true,
        OutboxState::Pending => {
            row.sent_at.is_some()
                && row.missing_since.is_none()
                && history(row).is_some_and(|play| play.scrobbled_since.is_some())
        }
        OutboxState::InFlight | OutboxState::Done | OutboxState::Failed | OutboxState::Superseded => false,
    }
}

/// Returns whether a row is waiting and is certainly not on Trakt.
pub(crate) fn is_unsent(row: &OutboxRow) -> bool {
    row.state == OutboxState::Pending && !row.withdrawn && !in_doubt(row)
}

/// Returns whether Trakt has an additional play once it has accepted a row.
pub(crate) fn counts(row: &OutboxRow) -> bool {
    row.kind.adds_play() && scrobble(row).is_none_or(|stop| stop.progress >= COUNTS_FROM)
}

/// Returns how many plays are sent together with this one. If a response did not account for it, it is sent alone to
/// get its own response. If responses were lost, the cause may have been the network or a single play that Trakt cannot
/// handle: each time, half as many are sent together.
fn batch_size(row: &OutboxRow) -> usize {
    let again = row.attempts.unsigned_abs();
    if again < 2 || row.doubtful_since.is_none() {
        return BATCH;
    }
    match row.error_code == Some(Failure::NotTaken.stored().code) {
        true => 1,
        false => (BATCH >> (again - 1).min(31)).max(1),
    }
}

/// Returns whether a preference or a removal is sent alone, because a request with it was rejected or its response did
/// not add up.
fn is_split(row: &OutboxRow) -> bool {
    let alone = [Failure::Split, Failure::NotTaken].map(|failure| failure.stored().code);
    row.error_code.as_ref().is_some_and(|code| alone.contains(code))
}

/// Returns whether a removal specifies the history entry.
fn has_history_id(row: &OutboxRow) -> bool {
    matches!(Payload::read(&row.payload), Some(Payload::Remove(remove)) if remove.history_id.is_some())
}

fn is_undated(row: &OutboxRow) -> bool {
    !matches!(history(row), Some(History { watched: When::At(_), .. }))
}

fn history(row: &OutboxRow) -> Option<History> {
    match Payload::read(&row.payload)? {
        Payload::History(play) => Some(play),
        _ => None,
    }
}

/// Returns the outcome for a withdrawn message: if it has not arrived, it is not tried again.
pub(crate) fn settled_withdrawn(settled: Settled) -> Settled {
    match settled {
        Settled::Retry(..) | Settled::Failed(_) => Settled::Superseded,
        other => other,
    }
}

/// Returns the scrobble in a row.
pub(crate) fn scrobble(row: &OutboxRow) -> Option<Scrobble> {
    match Payload::read(&row.payload)? {
        Payload::Scrobble(scrobble) => Some(scrobble),
        _ => None,
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;

//! Decides what it means that a check of Trakt's history did not find a play. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use db::rows::OutboxRow;

use crate::outbox::SETTLE;

/// Minimum time between the two checks.
const BETWEEN_LOOKS: TimeDelta = TimeDelta::seconds(60);

/// What it means that a check did not find a play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nothing: it may still be applied. It is checked again at this time.
    Unsettled(DateTime<Utc>),
    /// It is checked once more at this time.
    First(DateTime<Utc>),
    /// Two checks agree: it has not arrived.
    Agreed,
}

/// Decides which case of [`Missing`] applies.
pub(super) fn missing(row: &OutboxRow, now: DateTime<Utc>) -> Missing {
    // Sent in the future: the clock was set back, and the row has waited its time since.
    let sent_at = row.sent_at.map(|sent| sent.0).filter(|sent| *sent <= now);
    if let Some(until) = sent_at.map(|sent| sent + SETTLE).filter(|until| *until > now) {
        return Missing::Unsettled(until);
    }
    match row.missing_since.map(|since| since.0).filter(|since| *since <= now) {
        Some(since) if now - since >= BETWEEN_LOOKS => Missing::Agreed,
        Some(since) => Missing::First(since + BETWEEN_LOOKS),
        None => Missing::First(now + BETWEEN_LOOKS),
    }
}

//! What it means that a look into Trakt's history did not find a play. Pure.

use chrono::{DateTime, TimeDelta, Utc};
use db::rows::OutboxRow;

use crate::outbox::SETTLE;

/// How far apart the two looks are at least.
const BETWEEN_LOOKS: TimeDelta = TimeDelta::seconds(60);

/// What it means that a look did not find a play.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Nothing: it may still be applied. Looked for again then.
    Unsettled(DateTime<Utc>),
    /// It is looked for once more then.
    First(DateTime<Utc>),
    /// Two looks agree: it has not arrived.
    Agreed,
}

/// See [`Missing`].
pub(super) fn missing(row: &OutboxRow, now: DateTime<Utc>) -> Missing {
    // Sent in the future: the clock was set back, and the row has waited for its own since.
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

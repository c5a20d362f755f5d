//! The stored progress of reading an account's history.

use chrono::{DateTime, Utc};
use db::{
    Json, Millis, Tx,
    ids::UserId,
    kinds::{SyncCategory, SyncReason, SyncState},
    rows::SyncCursor,
    sync_cursors,
};
use serde::{Deserialize, Serialize};
use trakt::models::LastActivities;

use crate::{Result, watermark::is_young};

/// When Trakt last changed each part of the history, as far as it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Marks {
    #[serde(default)]
    pub(super) movies: Mark,
    #[serde(default)]
    pub(super) episodes: Mark,
}

/// One watermark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mark {
    /// To be read regardless of what Trakt reports.
    #[default]
    Unread,
    /// Everything up to this change was read; `None` if nothing has ever changed.
    Read(Option<DateTime<Utc>>),
}

impl Mark {
    /// Returns the watermark to store for a read that started at `began`.
    fn of(changed_at: Option<DateTime<Utc>>, began: DateTime<Utc>) -> Self {
        match changed_at {
            Some(at) if is_young(at, began) => Self::Unread,
            changed_at => Self::Read(changed_at),
        }
    }
}

impl Marks {
    /// Returns the watermarks reported by Trakt.
    pub(super) fn of(activities: &LastActivities, began: DateTime<Utc>) -> Self {
        Self {
            movies: Mark::of(activities.movies.watched_at, began),
            episodes: Mark::of(activities.episodes.watched_at, began),
        }
    }

    /// Parses the watermarks of a cursor. Another version's format causes a new read.
    pub(super) fn read(json: &Json) -> Self {
        Self::deserialize(json).unwrap_or_default()
    }

    pub(super) fn to_json(self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }
}

/// Saves a changed cursor; returns `false` if the user has made another decision in the meantime, in which case nothing
/// may be committed.
pub(super) async fn save(tx: &Tx, before: &SyncCursor, after: SyncCursor) -> Result<bool> {
    let stored = sync_cursors::find(tx, before.user_id, &before.account, before.category).await?;
    let same = |stored: &SyncCursor| {
        (stored.state, stored.asked_at, stored.checkpoint)
            == (before.state, before.asked_at, before.checkpoint)
    };
    if !stored.as_ref().is_some_and(same) {
        return Ok(false);
    }
    sync_cursors::put(tx, after).await?;
    Ok(true)
}

/// Returns the reason for a read's changes and its start, for the log. `asked_at` is when the user decided about the
/// import, `began_at` when the read started.
pub(super) fn reason(
    state: SyncState,
    asked_at: Millis,
    began_at: DateTime<Utc>,
) -> (SyncReason, DateTime<Utc>) {
    match state {
        SyncState::Importing | SyncState::Proving => (SyncReason::Import, asked_at.0),
        SyncState::Skipping | SyncState::Following | SyncState::Cancelled => (SyncReason::Sweep, began_at),
    }
}

/// Returns a cursor that starts in `state`, replacing the previous one.
pub(super) fn begun(
    (user_id, account, category): (UserId, &str, SyncCategory),
    before: Option<SyncCursor>,
    state: SyncState,
    now: DateTime<Utc>,
) -> SyncCursor {
    let now = Millis::from(now);
    SyncCursor {
        user_id,
        account: account.to_owned(),
        category,
        state,
        activity: Json::Object(serde_json::Map::new()),
        checkpoint: 1,
        done: 0,
        total: None,
        held: 0,
        requests: 0,
        asked_at: now,
        read_at: before.and_then(|before| before.read_at),
        next_at: now,
        full_at: None,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[rstest]
    #[case::never(None, Mark::Read(None))]
    #[case::old(Some("2026-11-21T19:59:49Z"), Mark::Read(Some(at("2026-11-21T19:59:49Z"))))]
    #[case::as_young_as_the_read(Some("2026-11-21T20:00:00Z"), Mark::Unread)]
    #[case::trakt_is_ahead(Some("2026-11-21T20:05:00Z"), Mark::Unread)]
    fn a_watermark_as_young_as_the_read_is_read_again(#[case] changed: Option<&str>, #[case] expected: Mark) {
        assert_eq!(Mark::of(changed.map(at), at("2026-11-21T20:00:00Z")), expected);
    }

    #[rstest]
    #[case::nothing(json!({}), Marks::default())]
    #[case::unknown(json!({"movies": {"later": 1}}), Marks::default())]
    #[case::read(
        json!({"movies": {"read": "2026-11-21T20:00:00Z"}, "episodes": {"read": null}}),
        Marks { movies: Mark::Read(Some(at("2026-11-21T20:00:00Z"))), episodes: Mark::Read(None) }
    )]
    fn watermarks_in_an_unknown_format_are_read_again(#[case] stored: Json, #[case] expected: Marks) {
        assert_eq!(Marks::read(&stored), expected);
    }
}

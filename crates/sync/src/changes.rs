//! The sync log: what has changed on either side, when and why. Its entries can be [undone](crate::Engine::undo).

use chrono::{DateTime, Utc};
use db::{
    Json, Millis, Tx,
    ids::{FileId, PlayId, SyncChangeId, TitleId, UserId},
    kinds::{OutboxKind, PlaySource, SyncCategory, SyncDirection, SyncReason, SyncWhat},
    rows::{OutboxRow, Play, SyncChange},
    sync_changes::{self, ChangeFilter},
    trakt_accounts,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Engine, Result,
    account::profile,
    outbox::payload::{Payload, When},
    scrobble::COUNTS_FROM,
};

/// What a read has changed here.
pub(crate) struct Run<'a> {
    pub(crate) user_id: UserId,
    /// The slug of the account on Trakt.
    pub(crate) account: &'a str,
    pub(crate) category: SyncCategory,
    pub(crate) reason: SyncReason,
    /// When the read began, or when the user decided about the import.
    pub(crate) began_at: DateTime<Utc>,
}

/// One item that a read has changed here. `before` is `None` if it did not exist, `after` if it no longer
/// exists.
pub(crate) struct Change {
    pub(crate) title_id: TitleId,
    pub(crate) before: Option<Json>,
    pub(crate) after: Option<Json>,
}

impl Run<'_> {
    /// Logs what was changed here. Items added by an import are counted, not listed.
    pub(crate) async fn log(&self, tx: &Tx, changes: Vec<Change>, now: DateTime<Utc>) -> Result<()> {
        let (mut rows, mut imported) = (Vec::new(), 0);
        for change in changes {
            let Some(what) = what(change.before.as_ref(), change.after.as_ref()) else { continue };
            if what == SyncWhat::Added && self.reason == SyncReason::Import {
                imported += 1;
                continue;
            }
            let row = self.row(what, now);
            rows.push(SyncChange {
                title_id: Some(change.title_id),
                before: change.before,
                after: change.after,
                ..row
            });
        }
        if imported > 0 {
            let summary = SyncChange { amount: imported, ..self.row(SyncWhat::Added, now) };
            if !sync_changes::count_up(tx, &summary).await? {
                rows.push(summary);
            }
        }
        sync_changes::insert_many(tx, rows).await?;
        Ok(())
    }

    fn row(&self, what: SyncWhat, now: DateTime<Utc>) -> SyncChange {
        SyncChange {
            direction: SyncDirection::FromTrakt,
            reason: self.reason,
            run_at: Some(Millis::from(self.began_at)),
            ..sent_change((self.user_id, self.account, self.category), what, now)
        }
    }
}

/// A change on Trakt caused by a change here. The caller supplies the title.
pub(crate) fn sent_change(
    (user_id, account, category): (UserId, &str, SyncCategory),
    what: SyncWhat,
    now: DateTime<Utc>,
) -> SyncChange {
    SyncChange {
        id: SyncChangeId::NEW,
        user_id,
        account: account.to_owned(),
        category,
        direction: SyncDirection::ToTrakt,
        what,
        reason: SyncReason::Here,
        title_id: None,
        amount: 1,
        before: None,
        after: None,
        run_at: None,
        changed_at: Millis::from(now),
        undone_at: None,
    }
}

/// What happened to an item; `None` if nothing did.
fn what<T>(before: Option<T>, after: Option<T>) -> Option<SyncWhat> {
    match (before, after) {
        (None, None) => None,
        (None, Some(_)) => Some(SyncWhat::Added),
        (Some(_), Some(_)) => Some(SyncWhat::Changed),
        (Some(_), None) => Some(SyncWhat::Removed),
    }
}

/// A play as stored in the log. The format is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LoggedPlay {
    /// When it was watched.
    pub(crate) watched_at: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<PlaySource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file_id: Option<FileId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) play_id: Option<PlayId>,
    /// Its entry on Trakt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) history_id: Option<i64>,
}

impl LoggedPlay {
    pub(crate) fn of(play: &Play) -> Self {
        Self {
            watched_at: play.watched_at.map(|at| at.0),
            source: Some(play.source),
            file_id: play.file_id,
            play_id: Some(play.id),
            history_id: play.trakt_history_id,
        }
    }

    /// What was sent to Trakt about a play: the play there before, and now.
    fn sent(row: &OutboxRow) -> Option<(Option<Self>, Option<Self>)> {
        let play = |watched_at, history_id| Self {
            watched_at,
            source: None,
            file_id: None,
            play_id: row.play_id,
            history_id,
        };
        match (row.kind, Payload::read(&row.payload)?) {
            (OutboxKind::ScrobbleStop, Payload::Scrobble(stop)) if stop.progress >= COUNTS_FROM => {
                Some((None, Some(play(Some(row.occurred_at.0), None))))
            }
            (OutboxKind::HistoryAdd, Payload::History(history)) => {
                let watched_at = match history.watched {
                    When::At(at) => Some(at),
                    When::Released | When::Unknown => None,
                };
                Some((None, Some(play(watched_at, None))))
            }
            (OutboxKind::HistoryRemove, Payload::Remove(remove)) => {
                Some((Some(play(remove.watched_at, remove.history_id)), None))
            }
            _ => None,
        }
    }

    pub(crate) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }

    /// From the log; `None` if a newer version wrote it.
    pub(crate) fn read(json: Option<&Json>) -> Option<Self> {
        Self::deserialize(json?).ok()
    }
}

/// Logs plays that Trakt has added or removed because of changes here. Other messages are skipped. Messages
/// sent together form one run and can be undone together.
pub(crate) async fn log_sent(tx: &Tx, rows: &[&OutboxRow], now: DateTime<Utc>) -> Result<()> {
    let sent: Vec<_> = rows.iter().filter_map(|row| Some((*row, LoggedPlay::sent(row)?))).collect();
    let Some((first, _)) = sent.first() else { return Ok(()) };
    let stored = trakt_accounts::find(tx, first.user_id).await?;
    let Some(account) = stored.as_ref().and_then(profile::slug) else { return Ok(()) };
    let whose = (first.user_id, account, SyncCategory::History);
    let run_at = run_of(sent.len(), now);
    let change = |(row, (before, after)): &(&OutboxRow, (Option<LoggedPlay>, Option<LoggedPlay>))| {
        Some(SyncChange {
            title_id: row.title_id,
            before: before.as_ref().map(LoggedPlay::to_json),
            after: after.as_ref().map(LoggedPlay::to_json),
            run_at,
            ..sent_change(whose, what(before.as_ref(), after.as_ref())?, now)
        })
    };
    sync_changes::insert_many(tx, sent.iter().filter_map(change).collect()).await?;
    Ok(())
}

/// A resume point as stored in the log. The format is frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct LoggedResumePoint {
    /// 0 to 100.
    pub(crate) percent: f64,
    /// When it was saved, in Trakt's time.
    pub(crate) paused_at: DateTime<Utc>,
    /// Length of the title in milliseconds, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) duration_ms: Option<i64>,
}

impl LoggedResumePoint {
    pub(crate) fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }

    /// From the log; `None` if a newer version wrote it.
    pub(crate) fn read(json: Option<&Json>) -> Option<Self> {
        Self::deserialize(json?).ok()
    }
}

/// A preference as stored in the log. The format is frozen.
pub(crate) fn logged_value(value: i32) -> Json {
    json!({ "value": value })
}

/// A preference from the log; `None` if there was none.
pub(crate) fn read_value(json: Option<&Json>) -> Option<i32> {
    json?.get("value")?.as_i64().and_then(|value| i32::try_from(value).ok())
}

/// How the log stores an import that added many items. They are identified by the start of the run. The format
/// is frozen.
pub(crate) fn counted_by_run() -> Json {
    json!({ "counted": true })
}

/// Whether this is [`counted_by_run`].
pub(crate) fn is_counted_by_run(json: Option<&Json>) -> bool {
    json == Some(&counted_by_run())
}

/// The run of changes that were sent together; a single change has none.
fn run_of(changes: usize, now: DateTime<Utc>) -> Option<Millis> {
    (changes > 1).then(|| Millis::from(now))
}

/// Logs preferences sent to Trakt: their values there before and now. Those sent together can be undone
/// together.
pub(crate) async fn log_sent_preferences(
    tx: &Tx,
    whose: (UserId, &str, SyncCategory),
    preferences: Vec<(TitleId, Option<i32>, Option<i32>)>,
    now: DateTime<Utc>,
) -> Result<()> {
    let run_at = run_of(preferences.len(), now);
    let change = |(title_id, before, after): (TitleId, Option<i32>, Option<i32>)| {
        Some(SyncChange {
            title_id: Some(title_id),
            before: before.map(logged_value),
            after: after.map(logged_value),
            run_at,
            ..sent_change(whose, what(before, after)?, now)
        })
    };
    sync_changes::insert_many(tx, preferences.into_iter().filter_map(change).collect()).await?;
    Ok(())
}

/// Part of a user's log, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncLog {
    /// The changes.
    pub changes: Vec<SyncChange>,
    /// The total number.
    pub total: u64,
}

impl Engine {
    /// What the sync has changed for a user, on either side, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sync_log(
        &self,
        user_id: UserId,
        filter: ChangeFilter,
        offset: u64,
        limit: u64,
    ) -> Result<SyncLog> {
        let changes = sync_changes::page(&self.core.db, user_id, filter, offset, limit).await?;
        let total = sync_changes::count(&self.core.db, user_id, filter).await?;
        Ok(SyncLog { changes, total })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_format_of_a_play_is_frozen() {
        let stored = json!({
            "watched_at": "2026-11-21T20:00:00Z", "source": "trakt", "play_id": 7, "history_id": 12
        });
        let play = LoggedPlay {
            watched_at: Some("2026-11-21T20:00:00Z".parse().unwrap()),
            source: Some(PlaySource::Trakt),
            file_id: None,
            play_id: Some(PlayId(7)),
            history_id: Some(12),
        };
        assert_eq!(LoggedPlay::read(Some(&stored)), Some(play.clone()));
        assert_eq!(play.to_json(), stored);
        assert_eq!(LoggedPlay::read(Some(&json!({"watched_at": null}))).unwrap().watched_at, None);
    }

    #[test]
    fn the_format_of_a_resume_point_is_frozen() {
        let stored = json!({"percent": 40.5, "paused_at": "2026-11-21T20:00:00Z", "duration_ms": 6_000_000});
        let place = LoggedResumePoint {
            percent: 40.5,
            paused_at: "2026-11-21T20:00:00Z".parse().unwrap(),
            duration_ms: Some(6_000_000),
        };
        assert_eq!(LoggedResumePoint::read(Some(&stored)), Some(place.clone()));
        assert_eq!(place.to_json(), stored);
        let without_length = json!({"percent": 40.5, "paused_at": "2026-11-21T20:00:00Z"});
        assert_eq!(
            LoggedResumePoint::read(Some(&without_length)),
            Some(LoggedResumePoint { duration_ms: None, ..place })
        );
    }
}

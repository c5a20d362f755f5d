//! The stored payload of an outbox row. The formats are frozen: rows written by one version are sent by the next.
//! Changes require a new format alongside the old one.

use chrono::{DateTime, TimeDelta, Utc};
use db::Json;
use db::ids::FileId;
use serde::{Deserialize, Serialize};

/// The payload of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "format")]
pub enum Payload {
    /// `POST /scrobble/*`
    #[serde(rename = "scrobble/1")]
    Scrobble(Scrobble),
    /// `POST /sync/history`
    #[serde(rename = "history/1")]
    History(History),
    /// `POST /sync/history/remove`
    #[serde(rename = "remove/1")]
    Remove(Remove),
    /// A rating, the watchlist, a dropped show: the kind of the row says which.
    #[serde(rename = "choice/1")]
    Choice(Choice),
}

/// A scrobble. The title is in the row; its IDs are looked up when the message is sent, so that a corrected
/// match is used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scrobble {
    /// 0 to 100.
    pub progress: f64,
    /// Position in the title.
    pub position_ms: i64,
    /// Length of the title.
    pub duration_ms: i64,
    /// When the viewing began.
    pub started_at: DateTime<Utc>,
    /// The file that played.
    pub file_id: Option<FileId>,
    /// How far Trakt's clock was ahead of the clock that these times were taken from, in milliseconds; `None`
    /// if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trakt_ahead_ms: Option<i64>,
}

/// A play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// When it was watched.
    pub watched: When,
    /// Set if the play may already be on Trakt as a scrobble; when the viewing of that scrobble began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrobbled_since: Option<DateTime<Utc>>,
    /// When it was last sent as that scrobble. An entry with a later time on Trakt is another viewing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrobbled_until: Option<DateTime<Utc>>,
    /// How far Trakt's clock was ahead of the clock that these times were taken from, in milliseconds; `None`
    /// if unknown, or if a user entered the time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trakt_ahead_ms: Option<i64>,
    /// The newest history ID of the title just before the first attempt: a newer entry is ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_before: Option<u64>,
}

/// When something was watched, in the form that Trakt accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At this moment.
    At(DateTime<Utc>),
    /// When it was released.
    Released,
    /// Unknown.
    Unknown,
}

impl History {
    /// A play that has not been sent in any form yet.
    pub(crate) fn new(watched: When) -> Self {
        Self {
            watched,
            scrobbled_since: None,
            scrobbled_until: None,
            trakt_ahead_ms: None,
            newest_before: None,
        }
    }
}

/// A play to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remove {
    /// Its history ID, if known.
    pub history_id: Option<i64>,
    /// Otherwise the entry of the title at this time.
    pub watched_at: Option<DateTime<Utc>>,
}

/// A user's preference about a title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// A rating from 1 to 10, otherwise 1; `None` removes it.
    pub value: Option<i32>,
    /// How far Trakt's clock was ahead of the clock that the time of the choice was taken from, in
    /// milliseconds; `None` if unknown, or if no time is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trakt_ahead_ms: Option<i64>,
}

impl Payload {
    /// As stored in the row.
    pub fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }

    /// How far Trakt's clock was ahead of the clock that the times were taken from, if known.
    pub(crate) fn trakt_ahead(&self) -> Option<TimeDelta> {
        let milliseconds = match self {
            Self::Scrobble(scrobble) => scrobble.trakt_ahead_ms,
            Self::History(play) => play.trakt_ahead_ms,
            Self::Choice(choice) => choice.trakt_ahead_ms,
            Self::Remove(_) => None,
        };
        milliseconds.and_then(TimeDelta::try_milliseconds)
    }

    /// The same payload for a clock that differs by `by` from the one before. Trakt's clock is `ahead` of the
    /// new one.
    pub(crate) fn moved(mut self, by: TimeDelta, ahead: TimeDelta) -> Self {
        let ahead = Some(ahead.num_milliseconds());
        match &mut self {
            Self::Scrobble(scrobble) => {
                scrobble.started_at += by;
                scrobble.trakt_ahead_ms = ahead;
            }
            Self::History(play) => {
                if let When::At(at) = &mut play.watched {
                    *at += by;
                }
                let times = [&mut play.scrobbled_since, &mut play.scrobbled_until];
                times.into_iter().flatten().for_each(|at| *at += by);
                play.trakt_ahead_ms = ahead;
            }
            // The time of a choice is stored in the row.
            Self::Choice(choice) => choice.trakt_ahead_ms = ahead,
            Self::Remove(_) => {}
        }
        self
    }

    /// From a row; `None` if a newer version wrote it.
    pub fn read(json: &Json) -> Option<Self> {
        Self::deserialize(json).ok()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[rstest]
    #[case::scrobble(
        json!({
            "format": "scrobble/1", "progress": 81.5, "position_ms": 4890, "duration_ms": 6000,
            "started_at": "2026-11-21T20:00:00Z", "file_id": 7
        }),
        Payload::Scrobble(Scrobble {
            progress: 81.5, position_ms: 4890, duration_ms: 6000,
            started_at: time("2026-11-21T20:00:00Z"), file_id: Some(FileId(7)),
            trakt_ahead_ms: None,
        })
    )]
    #[case::history(
        json!({"format": "history/1", "watched": {"at": "2026-11-21T20:00:00Z"}}),
        Payload::History(History {
            watched: When::At(time("2026-11-21T20:00:00Z")), scrobbled_since: None, scrobbled_until: None,
            trakt_ahead_ms: None, newest_before: None,
        })
    )]
    #[case::late_scrobble(
        json!({
            "format": "history/1", "watched": "released",
            "scrobbled_since": "2026-11-21T20:00:00Z", "newest_before": 12
        }),
        Payload::History(History {
            watched: When::Released, scrobbled_since: Some(time("2026-11-21T20:00:00Z")), scrobbled_until: None,
            trakt_ahead_ms: None, newest_before: Some(12),
        })
    )]
    #[case::late_scrobble_that_was_sent(
        json!({
            "format": "history/1", "watched": {"at": "2026-11-21T21:00:00Z"},
            "scrobbled_since": "2026-11-21T20:00:00Z", "scrobbled_until": "2026-11-21T21:00:05Z"
        }),
        Payload::History(History {
            watched: When::At(time("2026-11-21T21:00:00Z")),
            scrobbled_since: Some(time("2026-11-21T20:00:00Z")),
            scrobbled_until: Some(time("2026-11-21T21:00:05Z")), trakt_ahead_ms: None, newest_before: None,
        })
    )]
    #[case::taken_from_a_clock_that_was_an_hour_behind(
        json!({
            "format": "history/1", "watched": {"at": "2026-11-21T20:00:00Z"}, "trakt_ahead_ms": 3_600_000
        }),
        Payload::History(History {
            trakt_ahead_ms: Some(3_600_000), ..History::new(When::At(time("2026-11-21T20:00:00Z")))
        })
    )]
    #[case::remove(
        json!({"format": "remove/1", "history_id": 5, "watched_at": null}),
        Payload::Remove(Remove { history_id: Some(5), watched_at: None })
    )]
    #[case::rating(json!({"format": "choice/1", "value": 8}), Payload::Choice(Choice { value: Some(8), trakt_ahead_ms: None }))]
    #[case::taken_back(
        json!({"format": "choice/1", "value": null}),
        Payload::Choice(Choice { value: None, trakt_ahead_ms: None })
    )]
    #[case::rating_by_a_slow_clock(
        json!({"format": "choice/1", "value": 8, "trakt_ahead_ms": 3_600_000}),
        Payload::Choice(Choice { value: Some(8), trakt_ahead_ms: Some(3_600_000) })
    )]
    fn the_formats_are_frozen(#[case] stored: Json, #[case] payload: Payload) {
        assert_eq!(Payload::read(&stored), Some(payload.clone()));
        assert_eq!(payload.to_json(), stored);
    }

    #[test]
    fn formats_of_later_versions_are_not_read() {
        assert_eq!(Payload::read(&json!({"format": "history/2", "watched": "released"})), None);
    }
}

//! What an outbox row will send, as it is stored. The formats are frozen: rows written by one version are sent by the
//! next. A change is a new format beside the old one.

use chrono::{DateTime, Utc};
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

/// A scrobble. Which title is in the row; its ids are looked up when it is sent, so that a corrected match helps.
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
}

/// A play.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// When it was watched.
    pub watched: When,
    /// It may be on Trakt already as a scrobble of the viewing that began then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scrobbled_since: Option<DateTime<Utc>>,
    /// The newest history id of the item just before the first attempt: what is newer is ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest_before: Option<u64>,
}

/// When something was watched, as Trakt takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// At this moment.
    At(DateTime<Utc>),
    /// When it came out.
    Released,
    /// Nobody remembers.
    Unknown,
}

/// A play to remove.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Remove {
    /// The entry, when it is known.
    pub history_id: Option<i64>,
    /// Else the entry of the title at this time.
    pub watched_at: Option<DateTime<Utc>>,
}

/// What a person thinks of a title.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// A rating from 1 to 10, else 1; None: it is taken back.
    pub value: Option<i32>,
}

impl Payload {
    /// As the row holds it.
    pub fn to_json(&self) -> Json {
        serde_json::to_value(self).expect("plain data is always JSON")
    }

    /// From a row; None when a later version wrote it.
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
        })
    )]
    #[case::history(
        json!({"format": "history/1", "watched": {"at": "2026-11-21T20:00:00Z"}}),
        Payload::History(History {
            watched: When::At(time("2026-11-21T20:00:00Z")), scrobbled_since: None, newest_before: None,
        })
    )]
    #[case::late_scrobble(
        json!({
            "format": "history/1", "watched": "released",
            "scrobbled_since": "2026-11-21T20:00:00Z", "newest_before": 12
        }),
        Payload::History(History {
            watched: When::Released, scrobbled_since: Some(time("2026-11-21T20:00:00Z")), newest_before: Some(12),
        })
    )]
    #[case::remove(
        json!({"format": "remove/1", "history_id": 5, "watched_at": null}),
        Payload::Remove(Remove { history_id: Some(5), watched_at: None })
    )]
    #[case::rating(json!({"format": "choice/1", "value": 8}), Payload::Choice(Choice { value: Some(8) }))]
    #[case::taken_back(json!({"format": "choice/1", "value": null}), Payload::Choice(Choice { value: None }))]
    fn the_formats_are_frozen(#[case] stored: Json, #[case] payload: Payload) {
        assert_eq!(Payload::read(&stored), Some(payload.clone()));
        assert_eq!(payload.to_json(), stored);
    }

    #[test]
    fn a_format_of_a_later_version_is_not_guessed() {
        assert_eq!(Payload::read(&json!({"format": "history/2", "watched": "released"})), None);
    }
}

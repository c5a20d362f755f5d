//! How far a show has been watched.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::lenient::{invalid_is_none, null_is_default};
use super::{Episode, Show};
use crate::paging::Listing;

/// A show and the account's progress (up next, watched progress).
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ShowOnDeck {
    /// The show.
    pub show: Show,
    /// How far it has been watched.
    pub progress: ShowProgress,
}

/// How far a show has been watched or collected.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct ShowProgress {
    /// Episodes that have aired.
    #[serde(default, deserialize_with = "null_is_default")]
    pub aired: u32,
    /// How many of these are watched (or collected).
    #[serde(default, deserialize_with = "null_is_default")]
    pub completed: u32,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_watched_at: Option<DateTime<Utc>>,
    /// When the progress was reset.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub reset_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub next_episode: Option<Episode>,
    #[serde(default)]
    pub last_episode: Option<Episode>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub stats: Option<ProgressStats>,
    /// `None` means unknown, never "nothing watched".
    #[serde(default)]
    pub seasons: Option<Listing<SeasonProgress>>,
}

/// Time watched and time left.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct ProgressStats {
    #[serde(default, deserialize_with = "null_is_default")]
    pub play_count: u64,
    #[serde(default, deserialize_with = "null_is_default")]
    pub minutes_watched: u64,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub minutes_left: Option<u64>,
}

/// How far a season has been watched.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct SeasonProgress {
    pub number: u32,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub aired: u32,
    #[serde(default, deserialize_with = "null_is_default")]
    pub completed: u32,
    pub episodes: Listing<EpisodeProgress>,
}

/// Whether an episode has been watched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct EpisodeProgress {
    pub number: u32,
    pub completed: bool,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_watched_at: Option<DateTime<Utc>>,
}

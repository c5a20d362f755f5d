//! What an account has watched, rated, paused and hidden.

use chrono::{DateTime, Timelike, Utc};
use serde::Deserialize;

use super::lenient::{invalid_is_none, null_is_default};
use super::{HistoryAction, HistoryId, Media, Movie, PlaybackId, Show};
use crate::paging::Listing;

/// `time` as Trakt stores it: to the minute. A play sent as 03:44:55 comes back as 03:44:00 (trakt-api discussion 694),
/// so compare times only after this conversion, or every sync finds "new" plays.
///
/// ```
/// use trakt::models::to_the_minute;
///
/// let sent = "2026-10-01T03:44:55Z".parse().unwrap();
/// assert_eq!(to_the_minute(sent).to_rfc3339(), "2026-10-01T03:44:00+00:00");
/// ```
pub fn to_the_minute(time: DateTime<Utc>) -> DateTime<Utc> {
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

/// One play.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct HistoryItem {
    /// Its id. Ids grow with insertion, not with `watched_at`.
    pub id: HistoryId,
    /// When it was watched, to the minute.
    pub watched_at: DateTime<Utc>,
    /// How it was added.
    pub action: HistoryAction,
    /// What was watched: a movie or an episode.
    #[serde(flatten)]
    pub media: Media,
}

impl HistoryItem {
    /// Whether this play was watched at `watched_at`, at Trakt's precision.
    pub fn was_watched_at(&self, watched_at: DateTime<Utc>) -> bool {
        to_the_minute(self.watched_at) == to_the_minute(watched_at)
    }
}

/// A watched movie with its number of plays.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct WatchedMovie {
    #[serde(default, deserialize_with = "null_is_default")]
    pub plays: u64,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_watched_at: Option<DateTime<Utc>>,
    /// Does not change when a play is removed.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_updated_at: Option<DateTime<Utc>>,
    pub movie: Movie,
}

/// A watched show.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct WatchedShow {
    #[serde(default, deserialize_with = "null_is_default")]
    pub plays: u64,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_watched_at: Option<DateTime<Utc>>,
    /// Does not change when a play is removed.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_updated_at: Option<DateTime<Utc>>,
    /// When the progress was reset: earlier plays no longer count as progress.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub reset_at: Option<DateTime<Utc>>,
    pub show: Show,
    #[serde(flatten)]
    pub seasons: WatchedSeasons,
}

/// What is known about the watched episodes of a show.
///
/// Trakt lists them only with [`Extended::PROGRESS`](crate::Extended::PROGRESS). Absent, null and empty `seasons` all
/// mean "unknown" and never "nothing watched" (PlexTraktSync issue 2518), so this is not a plain list.
#[derive(Debug, Clone, PartialEq)]
pub enum WatchedSeasons {
    /// Not reported by Trakt. Request it with `PROGRESS`, or read the history.
    Unknown,
    /// The watched episodes by season.
    Known(Listing<WatchedSeason>),
}

impl<'de> Deserialize<'de> for WatchedSeasons {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Raw {
            #[serde(default)]
            seasons: Option<Listing<WatchedSeason>>,
        }
        Ok(match Raw::deserialize(deserializer)?.seasons {
            Some(seasons) if !(seasons.items.is_empty() && seasons.unreadable.is_empty()) => {
                Self::Known(seasons)
            }
            _ => Self::Unknown,
        })
    }
}

/// Watched episodes of a season.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WatchedSeason {
    /// The season; 0 contains the specials.
    pub number: u32,
    /// Its watched episodes.
    pub episodes: Listing<WatchedEpisodeCount>,
}

/// How often an episode was watched.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct WatchedEpisodeCount {
    pub number: u32,
    #[serde(default, deserialize_with = "null_is_default")]
    pub plays: u64,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_watched_at: Option<DateTime<Utc>>,
}

/// A watched episode with its ids.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct WatchedEpisode {
    #[serde(default, deserialize_with = "null_is_default")]
    pub plays: u64,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub last_watched_at: Option<DateTime<Utc>>,
    pub episode: super::Episode,
    #[serde(default)]
    pub show: Option<Show>,
}

/// A resume point. Trakt keeps it for six months.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct PlaybackItem {
    /// Its id, for deleting it.
    pub id: PlaybackId,
    /// In percent.
    pub progress: f64,
    /// When it was paused.
    pub paused_at: DateTime<Utc>,
    /// What was paused: a movie or an episode.
    #[serde(flatten)]
    pub media: Media,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct RatingItem {
    /// 1 to 10.
    pub rating: u8,
    /// When it was given.
    pub rated_at: DateTime<Utc>,
    /// What was rated.
    #[serde(flatten)]
    pub media: Media,
}

/// Something that the account has hidden.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct HiddenItem {
    /// Since when.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub hidden_at: Option<DateTime<Utc>>,
    /// What is hidden.
    #[serde(flatten)]
    pub media: Media,
}

//! Plays and the timeline.

use chrono::{DateTime, NaiveDate, Utc};
use db::ids::{PlayId, TitleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use db::kinds::{PlaySource, TitleKind};

use super::title::TitleCard;
use super::trakt::FailureCode;

/// The state of a play on Trakt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlayTraktState {
    /// It was not sent to Trakt, usually because no account was connected.
    None,
    /// Waiting to be sent.
    Queued,
    /// It is on Trakt.
    Sent,
    /// Trakt rejected it; see the message.
    Failed,
    /// Never to be sent.
    Private,
}

/// The sync status of a play.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlayTrakt {
    /// Its state.
    pub state: PlayTraktState,
    /// What went wrong, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<FailureCode>,
}

/// One viewing of one title by one user.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Play {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: PlayId,
    /// What was watched.
    pub title: TitleCard,
    /// When it was watched; absent if unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watched_at: Option<DateTime<Utc>>,
    /// Its source.
    pub source: PlaySource,
    /// Whether it was watched privately.
    pub private: bool,
    /// Its sync status.
    pub trakt: PlayTrakt,
}

/// New plays.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Plays {
    /// The plays.
    pub plays: Vec<Play>,
}

/// Plays that were added or restored together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlayIds {
    /// Their identities.
    #[schema(value_type = Vec<i64>)]
    pub play_ids: Vec<PlayId>,
}

/// A deleted play, with everything needed to restore it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct RemovedPlay {
    /// What was watched.
    #[schema(value_type = i64)]
    pub title_id: TitleId,
    /// When it was watched; absent if unknown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watched_at: Option<DateTime<Utc>>,
    /// Its source.
    pub source: PlaySource,
    /// Whether it was watched privately.
    pub private: bool,
}

/// Plays that were or would be deleted together.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovedPlays {
    /// The plays.
    pub plays: Vec<RemovedPlay>,
}

/// Part of the user's timeline, newest day first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Timeline {
    /// Days with plays.
    pub days: Vec<TimelineDay>,
    /// The value of `before` for the next page; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_before: Option<String>,
}

/// A day in the user's time zone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineDay {
    /// The date; absent for plays with an unknown time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Its plays, newest first.
    pub plays: Vec<Play>,
}

/// A play in an export.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExportedPlay {
    /// When it was watched; null if unknown.
    pub watched_at: Option<DateTime<Utc>>,
    /// `movie` or `episode`.
    #[serde(rename = "type")]
    pub kind: TitleKind,
    /// Name of the movie or episode.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
    /// Name of an episode's show.
    pub show: Option<String>,
    /// Season of an episode.
    pub season: Option<i32>,
    /// Number of an episode in its season.
    pub episode: Option<i32>,
    /// Running time in minutes.
    pub runtime_minutes: Option<i32>,
    /// The source of the play.
    pub source: PlaySource,
    /// Whether it was watched privately.
    pub private: bool,
    /// The ID of the entry in Trakt's history.
    pub trakt_history_id: Option<i64>,
    /// The movie's or episode's ID on Trakt.
    pub trakt_id: Option<i64>,
    /// Its ID on IMDb.
    pub imdb_id: Option<String>,
    /// Its ID on TMDB.
    pub tmdb_id: Option<i64>,
    /// Its ID on TVDB.
    pub tvdb_id: Option<i64>,
    /// The show's ID on Trakt.
    pub show_trakt_id: Option<i64>,
}

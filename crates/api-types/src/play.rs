//! Plays and the timeline.

use chrono::{DateTime, NaiveDate, Utc};
use db::ids::{PlayId, TitleId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use db::kinds::{PlaySource, TitleKind};

use super::title::TitleCard;
use super::trakt::FailureCode;

/// What Trakt knows of a play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlayTraktState {
    /// Trakt was not connected.
    None,
    /// Waiting to be sent.
    Queued,
    /// Trakt has it.
    Sent,
    /// Trakt refused it; see the message.
    Failed,
    /// Never to be sent.
    Private,
}

/// A play's way to Trakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlayTrakt {
    /// How far it got.
    pub state: PlayTraktState,
    /// What went wrong, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<FailureCode>,
}

/// One viewing of one title by one person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Play {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: PlayId,
    /// What was watched.
    pub title: TitleCard,
    /// When; absent when it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watched_at: Option<DateTime<Utc>>,
    /// Where it came from.
    pub source: PlaySource,
    /// Watched in private.
    pub private: bool,
    /// Its way to Trakt.
    pub trakt: PlayTrakt,
}

/// Plays that were just made.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Plays {
    /// The plays.
    pub plays: Vec<Play>,
}

/// Plays that were made or brought back together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlayIds {
    /// Their identities.
    #[schema(value_type = Vec<i64>)]
    pub play_ids: Vec<PlayId>,
}

/// A play that was deleted, with all that brings it back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
pub struct RemovedPlay {
    /// What was watched.
    #[schema(value_type = i64)]
    pub title_id: TitleId,
    /// When; absent when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watched_at: Option<DateTime<Utc>>,
    /// Where it came from.
    pub source: PlaySource,
    /// Watched in private.
    pub private: bool,
}

/// Plays that were deleted together, or would be.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct RemovedPlays {
    /// The plays.
    pub plays: Vec<RemovedPlay>,
}

/// Part of a person's timeline, newest day first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Timeline {
    /// Days with plays.
    pub days: Vec<TimelineDay>,
    /// Ask for `before` this to go on; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_before: Option<String>,
}

/// A day in the asker's time zone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TimelineDay {
    /// The date; absent for plays whose time is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// Its plays, newest first.
    pub plays: Vec<Play>,
}

/// A play as an export lists it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ExportedPlay {
    /// When; null when it is not known.
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
    /// Minutes.
    pub runtime_minutes: Option<i32>,
    /// Where the play came from.
    pub source: PlaySource,
    /// Watched in private.
    pub private: bool,
    /// The entry in the history on Trakt.
    pub trakt_history_id: Option<i64>,
    /// The movie's or episode's id on Trakt.
    pub trakt_id: Option<i64>,
    /// Its id on IMDb.
    pub imdb_id: Option<String>,
    /// Its id on TMDB.
    pub tmdb_id: Option<i64>,
    /// Its id on TVDB.
    pub tvdb_id: Option<i64>,
    /// The show's id on Trakt.
    pub show_trakt_id: Option<i64>,
}

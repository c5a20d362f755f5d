//! Playing a file, and what Trakt hears of it.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::media_file::MediaFile;
use super::title::TitleCard;

/// How a file reaches the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaybackMode {
    /// As it is.
    Direct,
    /// Picture as it is, repacked by ffmpeg.
    Remux,
    /// Picture converted by ffmpeg.
    Transcode,
}

/// A player's session with the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Playback {
    /// Identity, a UUID.
    pub id: String,
    /// The title being played; of a double episode the current one.
    pub title: TitleCard,
    /// Every title that the file holds, in order.
    pub titles: Vec<TitleCard>,
    /// The file.
    pub file: MediaFile,
    /// How it reaches the browser.
    pub mode: PlaybackMode,
    /// Why it is not played as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Address of the media: a file for direct play, an HLS playlist otherwise.
    pub url: String,
    /// Length in milliseconds.
    pub duration_ms: i64,
    /// Where to begin, in milliseconds.
    pub position_ms: i64,
    /// Where this person had stopped, to offer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_ms: Option<i64>,
    /// Sound track being played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_index: Option<i32>,
    /// Subtitles that are drawn into the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle_index: Option<i32>,
    /// Subtitles to choose from.
    pub subtitles: Vec<PlaybackSubtitle>,
    /// The episode that follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<TitleCard>,
    /// What Trakt hears.
    pub scrobble: ScrobbleStatus,
}

/// A subtitle track: text, or pictures that are drawn into the film when they are chosen.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackSubtitle {
    /// Place among the file's subtitles.
    pub index: i32,
    /// What to show.
    pub label: String,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Address of the WebVTT text. Pictures have none: they are chosen with `POST /api/playback/{id}/subtitle`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// To be shown unless the person chose otherwise.
    pub default: bool,
    /// Only for the foreign parts.
    pub forced: bool,
}

/// State of the player's dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScrobbleState {
    /// Trakt is not connected.
    Off,
    /// Trakt knows.
    Scrobbling,
    /// Trakt will be told.
    Queued,
    /// Trakt could not be told.
    Failed,
    /// Trakt is not to be told.
    Private,
}

/// The player's dot: what Trakt hears of this playback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScrobbleStatus {
    /// The dot.
    pub state: ScrobbleState,
    /// A stable name of the message, for clients that say it in their own words.
    pub code: String,
    /// The dot in words.
    pub message: String,
    /// When Trakt is asked again at the earliest, when that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<DateTime<Utc>>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// This viewing counts as watched.
    pub counted: bool,
}

/// A link that solves something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Action {
    /// A stable name of the label: `connect`, `application`, `match`, `settings` or `queue`.
    pub code: &'static str,
    /// What the button says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// The answer to a report of the player.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackReport {
    /// What Trakt hears.
    pub scrobble: ScrobbleStatus,
    /// The position that the server holds.
    pub position_ms: i64,
}

/// What the seek bar of a player shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackTimeline {
    /// The chapters, in their order.
    pub chapters: Vec<PlaybackChapter>,
    /// Pictures of places in the film; missing when the server cannot make them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previews: Option<PreviewSheets>,
}

/// A chapter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PlaybackChapter {
    /// Where it begins, in milliseconds.
    pub start_ms: i64,
    /// Where it ends, in milliseconds.
    pub end_ms: i64,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// How pictures of places in a film are laid out: row by row on sheets, which follow each other.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PreviewSheets {
    /// Address of a sheet, with `{sheet}` for its number from 0.
    pub url: String,
    /// Milliseconds between two pictures.
    pub interval_ms: i64,
    /// Pictures beside each other on a sheet.
    pub columns: i64,
    /// Pictures below each other on a sheet.
    pub rows: i64,
    /// Width of a picture in pixels.
    pub width: i64,
    /// Height of a picture in pixels.
    pub height: i64,
}

//! Playback of a file, and its scrobbling status.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::media_file::MediaFile;
use super::title::TitleCard;

/// How a file reaches the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaybackMode {
    /// The file is sent unchanged.
    Direct,
    /// ffmpeg remuxes the file; the video is unchanged.
    Remux,
    /// ffmpeg transcodes the video.
    Transcode,
}

/// A player's session with the server.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Playback {
    /// Identity, a UUID.
    pub id: String,
    /// The title being played; for a double episode, the current one.
    pub title: TitleCard,
    /// Every title in the file, in order.
    pub titles: Vec<TitleCard>,
    /// The file.
    pub file: MediaFile,
    /// How it reaches the browser.
    pub mode: PlaybackMode,
    /// Why it is not played directly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Address of the media: a file for direct play, an HLS playlist otherwise.
    pub url: String,
    /// Length in milliseconds.
    pub duration_ms: i64,
    /// The start position in milliseconds.
    pub position_ms: i64,
    /// The user's resume point, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resume_ms: Option<i64>,
    /// The current audio track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio_index: Option<i32>,
    /// The burned-in subtitles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle_index: Option<i32>,
    /// The available subtitles.
    pub subtitles: Vec<PlaybackSubtitle>,
    /// The next episode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<TitleCard>,
    /// The scrobbling status.
    pub scrobble: ScrobbleStatus,
}

/// A subtitle track: text, or images that are burned into the video if selected.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackSubtitle {
    /// Index among the file's subtitles.
    pub index: i32,
    /// Display name.
    pub label: String,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// URL of the WebVTT text. Image subtitles have none: select them with `POST /api/playback/{id}/subtitle`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it is shown by default.
    pub default: bool,
    /// Whether it contains only foreign dialogue (a forced track).
    pub forced: bool,
}

/// State of the player's dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ScrobbleState {
    /// Trakt is not connected.
    Off,
    /// Up to date.
    Scrobbling,
    /// Waiting to sync.
    Queued,
    /// Failed; the user has to act.
    Failed,
    /// Private.
    Private,
}

/// The player's dot: the scrobbling status of this playback.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ScrobbleStatus {
    /// The dot.
    pub state: ScrobbleState,
    /// Stable code of the message, for translations.
    pub code: String,
    /// The message.
    pub message: String,
    /// The earliest time of the next attempt, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_at: Option<DateTime<Utc>>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Whether this viewing counts as watched.
    pub counted: bool,
}

/// An action that solves a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Action {
    /// Stable code of the label: `connect`, `application`, `match`, `settings` or `queue`.
    pub code: &'static str,
    /// The label of the button.
    pub label: String,
    /// The target URL.
    pub href: String,
}

/// The response to a player event.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackReport {
    /// The scrobbling status.
    pub scrobble: ScrobbleStatus,
    /// The position stored by the server.
    pub position_ms: i64,
}

/// Chapters and previews for the seek bar of a player.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PlaybackTimeline {
    /// The chapters, in order.
    pub chapters: Vec<PlaybackChapter>,
    /// Preview images; absent if the server cannot generate them.
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

/// The layout of preview images: row by row on consecutive sheets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PreviewSheets {
    /// Address of a sheet, with `{sheet}` for its number from 0.
    pub url: String,
    /// Milliseconds between two images.
    pub interval_ms: i64,
    /// Number of columns on a sheet.
    pub columns: i64,
    /// Number of rows on a sheet.
    pub rows: i64,
    /// Width of an image in pixels.
    pub width: i64,
    /// Height of an image in pixels.
    pub height: i64,
}

//! Files of titles and the tracks in them.

use chrono::{DateTime, Utc};
use db::ids::FileId;
use serde::Serialize;
use utoipa::ToSchema;

use db::kinds::{FileState, ProblemCode};

/// Whether a file's content is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProbeState {
    /// Its content is known.
    Probed,
    /// Its container needs ffprobe, which is not installed.
    NotProbed,
    /// It could not be read; see `problem`.
    Failed,
}

/// A file of a title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MediaFile {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: FileId,
    /// Path relative to its library's folder; only the file's name for users who are not administrators, and in the
    /// player.
    pub path: String,
    /// Size in bytes.
    pub size: i64,
    /// Container, such as `mp4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// Display name of the container, such as `MP4`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container_name: Option<String>,
    /// Length in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<i64>,
    /// The video track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub video: Option<VideoTrack>,
    /// Audio tracks in order.
    pub audio: Vec<AudioTrack>,
    /// Subtitle tracks: embedded ones first, then external files.
    pub subtitles: Vec<SubtitleTrack>,
    /// Edition, such as `Director's Cut`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Whether it is present or missing.
    pub state: FileState,
    /// Whether its content is known.
    pub probe_state: ProbeState,
    /// What is wrong with it, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The code of the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem_code: Option<ProblemCode>,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

/// The video track of a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VideoTrack {
    /// Codec, such as `h264`.
    pub codec: String,
    /// Display name of the codec, such as `H.264`.
    pub codec_name: String,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// Display name of the resolution, such as `1080p`, as in cards and filters.
    pub resolution: String,
    /// HDR kind, such as `HDR10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hdr: Option<String>,
    /// Bits per channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bit_depth: Option<i32>,
}

/// An audio track of a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AudioTrack {
    /// Index among the audio tracks, from 0.
    pub index: i32,
    /// Codec, such as `aac`.
    pub codec: String,
    /// Display name of the codec, such as `AAC`.
    pub codec_name: String,
    /// Channels.
    pub channels: i32,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Title of the track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether it is marked as the default.
    pub default: bool,
}

/// An embedded or external subtitle track.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SubtitleTrack {
    /// Index among the subtitles, from 0.
    pub index: i32,
    /// Format, such as `srt`.
    pub codec: String,
    /// Language code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Title of the track.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Whether it contains only foreign dialogue (a forced track).
    pub forced: bool,
    /// Whether it is an external file.
    pub external: bool,
}

//! Errors of playback.

use crate::decision::Reason;

/// Why a request for playback failed.
#[derive(Debug, thiserror::Error)]
pub enum PlaybackError {
    /// The requested item does not exist, or belongs to another user.
    #[error("{0} does not exist")]
    NotFound(&'static str),
    /// The title has no file.
    #[error("the title has no file")]
    NoFile,
    /// The file no longer exists.
    #[error("file {0} does not exist")]
    FileMissing(String),
    /// ffmpeg is needed, but not installed or without an H.264 encoder.
    #[error("ffmpeg is missing or lacks an encoder")]
    FfmpegMissing {
        /// What it is needed for.
        needed_for: NeededFor,
    },
    /// The duration is unknown, so no playlist can be created.
    #[error("length of {path} is unknown")]
    LengthUnknown {
        /// The file's path in its library.
        path: String,
        /// Whether ffprobe is missing, which may be able to determine the duration.
        needs_ffprobe: bool,
    },
    /// The file contains no video.
    #[error("{path} is not a video")]
    NotVideo {
        /// The file's path in its library.
        path: String,
    },
    /// Too many conversions or other tasks are running or waiting.
    #[error("too many conversions")]
    Busy,
    /// The disk of the cache is full.
    #[error("the disk of the cache is full")]
    DiskFull,
    /// The request is invalid.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// ffmpeg failed.
    #[error("ffmpeg failed: {0}")]
    Ffmpeg(String),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The sync engine failed.
    #[error(transparent)]
    Sync(#[from] sync::Error),
}

/// Why a request is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// The file has no such audio track.
    #[error("the file has no such audio track")]
    AudioTrack,
    /// The file has no such image subtitles.
    #[error("the file has no such picture subtitles")]
    PictureSubtitle,
    /// The stream plan in the URL is invalid.
    #[error("the stream plan is invalid")]
    Plan,
    /// The external subtitle file is too large.
    #[error("the subtitle file is too large")]
    SubtitleTooLarge,
}

/// What ffmpeg is needed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NeededFor {
    /// To remux or convert a file.
    Decision {
        /// The contents of the file.
        file: Contents,
        /// Why it cannot be played directly.
        reason: Reason,
    },
    /// To convert a file. ffmpeg is installed, but without an H.264 encoder.
    Encoder {
        /// The contents of the file.
        file: Contents,
    },
    /// To continue a stream.
    Stream,
    /// To extract subtitles from a video.
    Subtitles,
}

/// Container and codecs of a file, by ffmpeg's names; `None` if unknown or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The container.
    pub container: Option<String>,
    /// The video codec.
    pub video: Option<String>,
    /// The codec of the selected audio track.
    pub audio: Option<String>,
}

//! Why something cannot be played.

use crate::decision::Reason;

/// Why something cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum PlaybackError {
    /// There is no such thing, or it belongs to somebody else.
    #[error("{0} does not exist")]
    NotFound(&'static str),
    /// The title has no file here.
    #[error("the title has no file")]
    NoFile,
    /// The file has vanished.
    #[error("the file {0} is not there")]
    FileMissing(String),
    /// ffmpeg is needed and not installed.
    #[error("ffmpeg is missing or lacks an encoder")]
    FfmpegMissing {
        /// What it is needed for.
        needed_for: NeededFor,
    },
    /// The length is not known, so that there can be no playlist.
    #[error("the length of {0} is not known")]
    LengthUnknown(String),
    /// As many films are being converted as this machine may.
    #[error("too many films are being converted")]
    Busy,
    /// There is no room for what ffmpeg makes.
    #[error("the disk of the cache is full")]
    DiskFull,
    /// The request is invalid.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// ffmpeg failed.
    #[error("ffmpeg failed: {0}")]
    Ffmpeg(String),
    /// The disk.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The engine that tells Trakt.
    #[error(transparent)]
    Sync(#[from] sync::Error),
}

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// The file has fewer sound tracks.
    #[error("the file has no such audio track")]
    AudioTrack,
    /// The file has no such picture subtitles.
    #[error("the file has no such picture subtitles")]
    PictureSubtitle,
    /// The plan in the address is not one of ours.
    #[error("the stream plan is invalid")]
    Plan,
    /// The file beside the video is too large for subtitles.
    #[error("the subtitle file is too large")]
    SubtitleTooLarge,
}

/// What ffmpeg is needed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NeededFor {
    /// To repack or convert a file.
    Decision {
        /// What the file holds.
        file: Contents,
        /// Why it is not played as it is.
        reason: Reason,
    },
    /// To convert a file: ffmpeg is there, without an H.264 encoder.
    Encoder {
        /// What the file holds.
        file: Contents,
    },
    /// To go on with a stream.
    Stream,
    /// To extract subtitles from a video.
    Subtitles,
}

/// What a file holds, by ffmpeg's names; none when it is not known or not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The container.
    pub container: Option<String>,
    /// The video codec.
    pub video: Option<String>,
    /// The codec of the sound track that is to be heard.
    pub audio: Option<String>,
}

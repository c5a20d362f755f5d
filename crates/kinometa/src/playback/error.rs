//! Why something cannot be played.

use axum::http::StatusCode;

use crate::http::errors::ApiError;

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
    #[error("ffmpeg is missing: {needed_for}")]
    FfmpegMissing {
        /// What it is needed for, as a sentence.
        needed_for: String,
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
    /// The request asks for something that is none.
    #[error("{0}")]
    Invalid(&'static str),
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

impl From<PlaybackError> for ApiError {
    fn from(error: PlaybackError) -> Self {
        match error {
            PlaybackError::NotFound(what) => Self::not_found(&format!("This {what}")),
            PlaybackError::NoFile => Self::new(
                StatusCode::NOT_FOUND,
                "file_missing",
                "There is no file of this title in the library.",
            ),
            PlaybackError::FileMissing(path) => {
                let message = format!("The file {path} is not there. Perhaps its disk is not connected.");
                Self::new(StatusCode::NOT_FOUND, "file_missing", message)
                    .action("Connect the disk, then scan the library again.")
            }
            PlaybackError::FfmpegMissing { needed_for } => {
                let message =
                    format!("{needed_for} That needs ffmpeg, which is not installed on the server.");
                Self::unavailable("ffmpeg_missing", message)
                    .action("Install ffmpeg on the server (on Debian: apt install ffmpeg), then try again.")
            }
            PlaybackError::LengthUnknown(path) => {
                let message = format!("Nothing says how long {path} is, so it cannot be streamed.");
                Self::unavailable("not_probed", message)
                    .action("Install ffmpeg on the server and scan the library again.")
            }
            PlaybackError::Busy => {
                let message =
                    "The server converts as many films as it can. Try again when somebody has finished.";
                Self::unavailable("busy", message).retry_after(10)
            }
            PlaybackError::DiskFull => {
                let message = "The server's disk is full, so there is no room for the converted picture.";
                Self::unavailable("disk_full", message)
                    .action("Make room on the disk that holds Kinometa's data folder, then try again.")
            }
            PlaybackError::Ffmpeg(said) => {
                let message = format!("ffmpeg stopped while it converted this file. It said: {said}");
                Self::unavailable("conversion_failed", message)
                    .action("The file may be damaged: try another version of it. The server's log says more.")
            }
            PlaybackError::Invalid(message) => Self::invalid(message),
            PlaybackError::Db(error) => error.into(),
            error => Self::internal(error),
        }
    }
}

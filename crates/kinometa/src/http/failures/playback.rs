//! Playing.

use axum::http::StatusCode;
use playback::{Invalid, PlaybackError};

use crate::http::errors::ApiError;
use crate::present;

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
                let needed_for = present::needed_for(&needed_for);
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
            PlaybackError::Invalid(error) => Self::invalid(invalid_playback(error)),
            PlaybackError::Db(error) => error.into(),
            error => Self::internal(error),
        }
    }
}

fn invalid_playback(error: Invalid) -> &'static str {
    match error {
        Invalid::AudioTrack => "This file has no such audio track.",
        Invalid::PictureSubtitle => "This file has no such picture subtitles.",
        Invalid::Plan => "This is not one of the server's streams.",
        Invalid::SubtitleTooLarge => "This file is too large for subtitles.",
    }
}

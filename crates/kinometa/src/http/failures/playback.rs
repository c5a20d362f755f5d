//! Errors of playback sessions and streams.

use api_types::error::{ErrorCode, ErrorReason};
use axum::http::StatusCode;
use playback::{Invalid, NeededFor, PlaybackError};

use crate::http::errors::ApiError;
use crate::present;
use crate::streams::TooManyStreams;

/// Seconds after which a rejected player may try again.
const RETRY_AFTER: u64 = 5;

impl From<TooManyStreams> for ApiError {
    fn from(error: TooManyStreams) -> Self {
        let message = format!("You already have {} video streams open, which is the maximum.", error.most);
        Self::new(StatusCode::TOO_MANY_REQUESTS, ErrorCode::TooManyStreams, message)
            .because(ErrorReason::StreamLimit { most: i64::try_from(error.most).unwrap_or(i64::MAX) })
            .action("Close a player, then try again.")
            .retry_after(RETRY_AFTER)
    }
}

impl From<PlaybackError> for ApiError {
    fn from(error: PlaybackError) -> Self {
        match error {
            PlaybackError::NotFound(what) => Self::not_found(what),
            PlaybackError::NoFile => Self::new(
                StatusCode::NOT_FOUND,
                ErrorCode::FileMissing,
                "The library has no file for this title.",
            )
            .because(ErrorReason::NoFile),
            PlaybackError::FileMissing(path) => {
                let message = format!("File unavailable: {path}. Its disk may not be connected.");
                Self::new(StatusCode::NOT_FOUND, ErrorCode::FileMissing, message)
                    .because(ErrorReason::FileUnavailable { path })
                    .action("Connect the disk, then scan the library again.")
            }
            PlaybackError::FfmpegMissing { needed_for } => {
                let sentence = present::needed_for(&needed_for);
                let reason = present::reason_for(&needed_for);
                let (message, action) = match needed_for {
                    NeededFor::Encoder { .. } => {
                        (sentence, "Install an ffmpeg build with libx264 on the server, then try again.")
                    }
                    NeededFor::Decision { .. } | NeededFor::Stream | NeededFor::Subtitles => (
                        format!("{sentence} This requires ffmpeg, which is not installed on the server."),
                        "Install ffmpeg on the server (on Debian: apt install ffmpeg), then try again.",
                    ),
                };
                Self::unavailable(ErrorCode::FfmpegMissing, message).because(reason).action(action)
            }
            PlaybackError::LengthUnknown { path, needs_ffprobe } => {
                let message = format!("The duration of {path} is unknown, so it cannot be streamed.");
                let action = if needs_ffprobe {
                    "Install ffmpeg on the server and scan the library again."
                } else {
                    "The file may be damaged or incomplete. Copy it again, or repack it with ffmpeg or MKVToolNix."
                };
                Self::unavailable(ErrorCode::NotProbed, message)
                    .because(ErrorReason::LengthUnknown { path, needs_ffprobe })
                    .action(action)
            }
            PlaybackError::NotVideo { path } => {
                Self::unavailable(ErrorCode::NotVideo, format!("{path} is not a video."))
                    .because(ErrorReason::NoVideo { path })
                    .action("Replace the file with the video, then scan the library again.")
            }
            PlaybackError::Busy => {
                let message = "The server is converting as many videos as it can.";
                Self::unavailable(ErrorCode::Busy, message)
                    .action("Try again when one of them has finished.")
                    .retry_after(10)
            }
            PlaybackError::DiskFull => {
                let message = "The server's disk is full, so the video cannot be converted.";
                Self::unavailable(ErrorCode::DiskFull, message)
                    .action("Free up space on the disk with Kinometa's data directory, then try again.")
            }
            PlaybackError::Ffmpeg(output) => {
                let message = format!("ffmpeg failed to convert this file: {output}");
                Self::unavailable(ErrorCode::ConversionFailed, message)
                    .because(ErrorReason::FfmpegFailed { detail: output })
                    .action(
                        "The file may be damaged. Try another version, or see the server log for details.",
                    )
            }
            PlaybackError::Invalid(error) => invalid(error),
            PlaybackError::Db(error) => error.into(),
            error => Self::internal(error),
        }
    }
}

fn invalid(error: Invalid) -> ApiError {
    let (reason, message) = match error {
        Invalid::AudioTrack => (ErrorReason::NoAudioTrack, "This file has no such audio track."),
        Invalid::PictureSubtitle => (ErrorReason::NoSubtitleTrack, "This file has no such subtitle track."),
        Invalid::Plan => {
            (ErrorReason::StreamExpired, "This stream address is invalid. Start playback again.")
        }
        Invalid::SubtitleTooLarge => (ErrorReason::SubtitleTooLarge, "This subtitle file is too large."),
    };
    ApiError::invalid(reason, message)
}

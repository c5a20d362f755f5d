//! What the services' errors are to a client.

use axum::http::StatusCode;
use playback::{Invalid, PlaybackError};

use super::errors::ApiError;
use crate::accounts::AccountError;
use crate::present;
use crate::trakt::TraktError;

impl From<db::Error> for ApiError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            db::Error::Conflict(conflict) => Self::conflict(format!("There is {conflict} already.")),
            db::Error::Unavailable(_) => {
                let message = "The database does not answer or cannot be written to.";
                Self::unavailable("database_unavailable", message)
                    .action(
                        "Try again in a moment. If it stays, look at the disk space and the server's log.",
                    )
                    .caused_by(error)
            }
            db::Error::Newer(_) | db::Error::Other(_) => Self::internal(error),
        }
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid { field, message } => Self::invalid_field(field, message),
            AccountError::WrongPassword => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "wrong_password",
                "User name and password do not fit.",
            ),
            AccountError::WrongCurrentPassword => {
                let message = "This is not your current password.";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_password", message)
                    .field("current", message)
            }
            AccountError::TooManyAttempts(wait) => {
                let seconds =
                    u64::try_from(wait.num_milliseconds()).unwrap_or_default().div_ceil(1000).max(1);
                Self::too_many(format!("Too many wrong attempts. Try again in {seconds} s."), seconds)
            }
            AccountError::AlreadySetUp => {
                Self::conflict("This server has its administrator already. Sign in instead.")
            }
            AccountError::UsernameTaken => {
                let message = "Somebody has this user name already. Choose another.";
                Self::conflict(message).field("username", message)
            }
            AccountError::LastAdministrator => {
                Self::conflict("This is the last administrator. Make somebody else one first.")
            }
            AccountError::NotFound(what) => Self::not_found(&format!("This {what}")),
            AccountError::Hashing(_) => Self::internal(error),
            AccountError::Database(error) => error.into(),
        }
    }
}

impl From<sync::Error> for ApiError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::Db(error) => error.into(),
            sync::Error::NotConfigured => TraktError::NotConfigured.into(),
            sync::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            sync::Error::Trakt(error) => trakt_failed(error),
            sync::Error::Secrets(_) | sync::Error::Stored(_) => Self::internal(error),
        }
    }
}

impl From<TraktError> for ApiError {
    fn from(error: TraktError) -> Self {
        match error {
            TraktError::Invalid { field, message } => Self::invalid_field(field, message),
            TraktError::Unreachable => {
                let message = "Trakt did not answer as it should, so nothing was changed.";
                Self::unavailable("trakt_unreachable", message).action(
                    "It is away, busy, or blocks this server. Look at the server's connection to the internet, or try \
                     again later.",
                )
            }
            TraktError::NotConfigured => {
                let message = "Trakt not configured: this server has no Trakt application.";
                let conflict = Self::new(StatusCode::CONFLICT, "trakt_not_configured", message);
                conflict.action("An administrator enters one under Settings, Integrations, Trakt.")
            }
            TraktError::NoSuchItem => Self::not_found("This entry of the queue"),
            TraktError::Engine(error) => error.into(),
            TraktError::Database(error) => error.into(),
        }
    }
}

/// A call to Trakt that somebody waits for did not succeed.
fn trakt_failed(error: trakt::Error) -> ApiError {
    ApiError::unavailable("trakt_unavailable", "Trakt could not be asked just now.")
        .action("Everything local works. Try again later.")
        .caused_by(error)
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

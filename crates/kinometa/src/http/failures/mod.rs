//! Maps the errors of all services to [`ApiError`]: the only place that decides their statuses, codes and messages.

mod accounts;
mod collections;
mod library;
mod playback;
mod plex;
mod trakt;

use api_types::error::{ErrorCode, ErrorReason};
use db::Conflict;

use super::errors::ApiError;

impl From<db::Error> for ApiError {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound(what) => Self::not_found(what),
            db::Error::Conflict(conflicting) => conflict(&conflicting),
            db::Error::Unavailable(_) => {
                let message = "The database is unavailable or cannot be written to.";
                Self::unavailable(ErrorCode::DatabaseUnavailable, message)
                    .action(
                        "Try again in a moment. If this keeps happening, check the free disk space and the server log.",
                    )
                    .caused_by(error)
            }
            db::Error::Newer(_) | db::Error::Other(_) => Self::internal(error),
        }
    }
}

/// The error for a value that has to be unique.
fn conflict(conflict: &Conflict) -> ApiError {
    let (reason, message) = match conflict {
        Conflict::Username => (ErrorReason::UsernameTaken, "This user name is taken. Choose another one."),
        Conflict::LibraryPath => (ErrorReason::LibraryExists, "This folder is already a library."),
        Conflict::TraktHistory => (ErrorReason::PlayExists, "This play is already in the timeline."),
        Conflict::TraktTitle => (ErrorReason::TraktTitleTaken, "This Trakt title is already in the library."),
        Conflict::Other(_) => (ErrorReason::Exists, "This already exists."),
    };
    ApiError::conflict(reason, message)
}

/// The error for a request that changes more than `most` items.
pub(crate) fn too_many_at_once(field: &str, most: usize) -> ApiError {
    let reason = ErrorReason::TooManyAtOnce { most: i64::try_from(most).unwrap_or(i64::MAX) };
    ApiError::invalid_field(field, reason, format!("Choose at most {most} at once."))
}

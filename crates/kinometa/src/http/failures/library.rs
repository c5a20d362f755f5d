//! Libraries, folders, matches, pictures, and marks in the timeline.

use library::artwork::ArtworkError;
use library::folders::FolderError;
use library::manage::LibraryError;
use library::matching::decide::MatchError;

use crate::http::errors::ApiError;
use crate::timeline::mark::MarkError;

impl From<LibraryError> for ApiError {
    fn from(error: LibraryError) -> Self {
        let message = error.to_string();
        match error {
            LibraryError::NoName => Self::invalid_field("name", message),
            LibraryError::NotAbsolute | LibraryError::NoFolder(_) => Self::invalid_field("path", message),
            LibraryError::Overlaps(_) => Self::conflict(message),
            LibraryError::Database(db::Error::Conflict(db::Conflict::LibraryPath)) => {
                Self::conflict("This folder is a library already.")
            }
            LibraryError::Database(error) => error.into(),
        }
    }
}

impl From<FolderError> for ApiError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::NotFound => Self::not_found("This folder"),
            FolderError::NotAbsolute | FolderError::Forbidden => {
                Self::invalid_field("path", error.to_string())
            }
        }
    }
}

impl From<MatchError> for ApiError {
    fn from(error: MatchError) -> Self {
        let message = error.to_string();
        match error {
            MatchError::NotFound => Self::not_found("This match"),
            MatchError::NoSuchTitle => Self::invalid_field("trakt_id", message),
            MatchError::NotConfigured => Self::unavailable("trakt_not_configured", message)
                .action("Set up the application under Settings, Integrations, Trakt."),
            MatchError::Trakt(_) => Self::unavailable("trakt_unreachable", message),
            MatchError::Database(error) => error.into(),
            MatchError::Sync(error) => Self::internal(error),
        }
    }
}

impl From<ArtworkError> for ApiError {
    fn from(error: ArtworkError) -> Self {
        match error {
            ArtworkError::NotFound => Self::not_found("This picture"),
            ArtworkError::Unreachable => {
                Self::unavailable("picture_unreachable", error.to_string()).retry_after(600)
            }
            ArtworkError::Database(error) => error.into(),
        }
    }
}

impl From<MarkError> for ApiError {
    fn from(error: MarkError) -> Self {
        match error {
            MarkError::NoTitle => Self::not_found("This title"),
            MarkError::NoPlay => Self::not_found("This play"),
            MarkError::ImplausibleTime => Self::invalid_field("watched_at", error.to_string()),
            MarkError::Database(error) => error.into(),
            MarkError::Sync(error) => Self::internal(error),
        }
    }
}

//! Libraries, folders, matches, pictures, and marks in the timeline.

use library::artwork::ArtworkError;
use library::folders::FolderError;
use library::manage::LibraryError;
use library::matching::decide::MatchError;

use crate::http::errors::ApiError;
use crate::timeline::mark::MarkError;

impl From<LibraryError> for ApiError {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::NoName => Self::invalid_field("name", "Enter a name for the library."),
            LibraryError::NotAbsolute => {
                Self::invalid_field("path", "Enter the full path, such as /media/movies.")
            }
            LibraryError::NoFolder(path) => {
                let message = format!("There is no folder {path} on the server, or it can't be read.");
                Self::invalid_field("path", message)
            }
            LibraryError::Overlaps(name) => {
                let message = format!("This folder overlaps with the library \u{201c}{name}\u{201d}.");
                Self::conflict(message)
            }
            LibraryError::Database(db::Error::Conflict(db::Conflict::LibraryPath)) => {
                Self::conflict("This folder is already a library.")
            }
            LibraryError::Database(error) => error.into(),
        }
    }
}

impl From<FolderError> for ApiError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::NotFound => Self::not_found("This folder"),
            FolderError::NotAbsolute => Self::invalid_field("path", "Enter the full path, such as /media."),
            FolderError::Forbidden => {
                Self::invalid_field("path", "The server has no permission to read this folder.")
            }
        }
    }
}

impl From<MatchError> for ApiError {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::NotFound => Self::not_found("This match"),
            MatchError::NoSuchTitle => Self::invalid_field("trakt_id", "There is no such title on Trakt."),
            MatchError::NotConfigured => {
                Self::unavailable("trakt_not_configured", "Trakt is not set up on this server.")
                    .action("Set up the application under Settings, Integrations, Trakt.")
            }
            MatchError::Trakt(error) => {
                Self::unavailable("trakt_unreachable", "Trakt can't be searched right now.")
                    .action("Try again in a few minutes.")
                    .caused_by(error)
            }
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
                Self::unavailable("picture_unreachable", "The picture can't be fetched right now.")
                    .retry_after(600)
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

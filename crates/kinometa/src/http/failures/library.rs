//! Errors of libraries, folders, matches, images and manual changes to the timeline.

use api_types::error::{ErrorCode, ErrorReason};
use library::artwork::ArtworkError;
use library::folders::FolderError;
use library::manage::LibraryError;
use library::matching::decide::MatchError;

use crate::http::errors::ApiError;
use crate::timeline::mark::MarkError;

impl From<LibraryError> for ApiError {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::NoName => Self::invalid_field("name", ErrorReason::Empty, "Enter a name."),
            LibraryError::NotAbsolute => absolute("/media/movies"),
            LibraryError::NoFolder(path) => {
                let message = format!("The folder {path} does not exist on the server, or cannot be read.");
                Self::invalid_field("path", ErrorReason::NoFolder { path }, message)
            }
            LibraryError::Overlaps(name) => {
                let message = format!("This folder overlaps with the library \u{201c}{name}\u{201d}.");
                Self::conflict(ErrorReason::LibraryOverlaps { library: name }, message)
            }
            LibraryError::Database(error) => error.into(),
        }
    }
}

fn absolute(example: &str) -> ApiError {
    let message = format!("Enter an absolute path, such as {example}.");
    ApiError::invalid_field("path", ErrorReason::NotAbsolute { example: example.to_owned() }, message)
}

impl From<FolderError> for ApiError {
    fn from(error: FolderError) -> Self {
        match error {
            FolderError::NotFound => Self::not_found("folder"),
            FolderError::NotAbsolute => absolute("/media"),
            FolderError::Forbidden => Self::invalid_field(
                "path",
                ErrorReason::FolderForbidden,
                "Kinometa is not allowed to read this folder. Check its permissions.",
            ),
        }
    }
}

impl From<MatchError> for ApiError {
    fn from(error: MatchError) -> Self {
        match error {
            MatchError::NotFound => Self::not_found("match"),
            MatchError::NoSuchTitle => Self::invalid_field(
                "trakt_id",
                ErrorReason::NoTraktTitle,
                "This title does not exist on Trakt.",
            ),
            MatchError::NotConfigured => {
                let message = "Searching Trakt requires a Trakt API application, and this server has none.";
                Self::unavailable(ErrorCode::TraktNotConfigured, message)
                    .action("An administrator can add one under Settings, Trakt.")
            }
            MatchError::Trakt(error) => Self::unavailable(
                ErrorCode::TraktUnreachable,
                format!("Trakt cannot be reached right now: {error}."),
            )
            .action("Try again later."),
            MatchError::Database(error) => error.into(),
            MatchError::Sync(error) => Self::internal(error),
        }
    }
}

impl From<ArtworkError> for ApiError {
    fn from(error: ArtworkError) -> Self {
        match error {
            ArtworkError::NotFound => Self::not_found("image"),
            ArtworkError::Unreachable => {
                Self::unavailable(ErrorCode::PictureUnreachable, "The image cannot be downloaded right now.")
                    .retry_after(600)
            }
            ArtworkError::Database(error) => error.into(),
        }
    }
}

impl From<MarkError> for ApiError {
    fn from(error: MarkError) -> Self {
        match error {
            MarkError::NoTitle => Self::not_found("title"),
            MarkError::NoPlay => Self::not_found("play"),
            MarkError::ImplausibleTime => Self::invalid_field(
                "watched_at",
                ErrorReason::ImplausibleTime,
                "The time is in the future, or before the first film was made.",
            ),
            MarkError::Database(error) => error.into(),
            MarkError::Sync(error) => Self::internal(error),
        }
    }
}

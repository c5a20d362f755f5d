//! Errors of collections and Kometa's config files.

use api_types::error::{ErrorCode, ErrorReason};
use axum::http::StatusCode;

use crate::collections::{CollectionError, LoadError};
use crate::http::errors::ApiError;

impl From<CollectionError> for ApiError {
    fn from(error: CollectionError) -> Self {
        match error {
            CollectionError::NotFound(what) => Self::not_found(what),
            CollectionError::NotAbsolute => Self::invalid_field(
                "path",
                ErrorReason::NotAbsolute { example: "/config/config.yml".to_owned() },
                "Enter an absolute path on the server, such as /config/config.yml.",
            ),
            CollectionError::NotYaml => Self::invalid_field(
                "path",
                ErrorReason::NotYaml,
                "Kometa's file is called config.yml: choose a .yml or .yaml file.",
            ),
            CollectionError::Registered => {
                let message = "This file is already registered.";
                Self::conflict(ErrorReason::FileRegistered, message).field("path", message)
            }
            CollectionError::Load(error) => unreadable(&error),
            CollectionError::Running => Self::new(
                StatusCode::CONFLICT,
                ErrorCode::AlreadyRunning,
                "These collections are already being built.",
            )
            .action("Wait until they are done, or cancel the run."),
            CollectionError::NotRunning => {
                Self::conflict(ErrorReason::NotRunning, "These collections are not being built right now.")
            }
            CollectionError::OtherKind => Self::invalid_field(
                "library_id",
                ErrorReason::OtherKind,
                "This library doesn't match the file: one is for movies, the other for shows.",
            ),
            CollectionError::Database(error) => error.into(),
            CollectionError::Target(error) => Self::internal(error),
        }
    }
}

/// The error contains the position in the file, but never the content of the line, which may contain credentials.
fn unreadable(error: &LoadError) -> ApiError {
    let detail = error.to_string();
    ApiError::invalid_field("path", ErrorReason::FileUnreadable { detail: detail.clone() }, detail)
}

//! Errors of collections and Kometa's config files.

use axum::http::StatusCode;

use crate::collections::{CollectionError, LoadError};
use crate::http::errors::ApiError;

impl From<CollectionError> for ApiError {
    fn from(error: CollectionError) -> Self {
        match error {
            CollectionError::NotFound(what) => Self::not_found(&format!("This {what}")),
            CollectionError::NotAbsolute => Self::invalid_field(
                "path",
                "Enter an absolute path on the server, such as /config/config.yml.",
            ),
            CollectionError::NotYaml => Self::invalid_field(
                "path",
                "Kometa's file is called config.yml: choose a .yml or .yaml file.",
            ),
            CollectionError::Registered => Self::conflict("This file is registered already.")
                .field("path", "This file is registered already."),
            CollectionError::Load(error) => unreadable(&error),
            CollectionError::Running => Self::new(
                StatusCode::CONFLICT,
                "already_running",
                "These collections are already being built.",
            )
            .action("Wait until they are done, or cancel the run."),
            CollectionError::NotRunning => Self::conflict("These collections are not being built right now."),
            CollectionError::OtherKind => {
                Self::invalid_field("library_id", "This library holds something else than the file needs.")
            }
            CollectionError::Database(error) => error.into(),
            CollectionError::Target(error) => Self::internal(error),
        }
    }
}

/// The error names the place in the file, and never what stands in a line with credentials.
fn unreadable(error: &LoadError) -> ApiError {
    ApiError::invalid_field("path", error.to_string())
}

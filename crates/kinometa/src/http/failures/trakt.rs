//! Trakt: its settings, and calls to it that somebody waits for.

use axum::http::StatusCode;

use crate::http::errors::ApiError;
use crate::trakt::TraktError;

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

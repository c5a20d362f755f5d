//! Errors of the Trakt settings and of requests that call Trakt directly.

use axum::http::StatusCode;
use sync::ListProblem;

use crate::http::errors::ApiError;
use crate::messages;
use crate::trakt::{InvalidSetting, KeyField, TraktError};

impl From<sync::Error> for ApiError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::Db(error) => error.into(),
            sync::Error::NotConfigured => TraktError::NotConfigured.into(),
            sync::Error::NotConnected => {
                let message = "No Trakt account is connected.";
                let conflict = Self::new(StatusCode::CONFLICT, "trakt_not_connected", message);
                conflict.action("Connect it under Settings, Integrations, Trakt.")
            }
            sync::Error::CannotUndo(why) => {
                let message = messages::trakt_log::of_cannot_undo(why);
                Self::new(StatusCode::CONFLICT, "cannot_undo", message)
            }
            sync::Error::List(problem) => list_problem(problem),
            sync::Error::NotFound(what) => Self::not_found(&format!("This {what}")),
            sync::Error::Trakt(error) => trakt_failed(error),
            sync::Error::Secrets(_) | sync::Error::Stored(_) => Self::internal(error),
        }
    }
}

impl From<TraktError> for ApiError {
    fn from(error: TraktError) -> Self {
        match error {
            TraktError::InvalidKey { field, why } => {
                let name = match field {
                    KeyField::ClientId => "client_id",
                    KeyField::ClientSecret => "client_secret",
                };
                Self::invalid_field(name, messages::trakt::of_key(field, why))
            }
            TraktError::Unreachable => {
                let message = "Trakt did not respond as expected. Nothing was changed.";
                Self::unavailable("trakt_unreachable", message).action(
                    "Trakt may be down, overloaded, or blocking this server. Check the server's internet connection, \
                     or try again later.",
                )
            }
            TraktError::NotConfigured => {
                let message = "Trakt not configured: this server has no Trakt API application.";
                let conflict = Self::new(StatusCode::CONFLICT, "trakt_not_configured", message);
                conflict.action("An administrator can add one under Settings, Integrations, Trakt.")
            }
            TraktError::InvalidSetting(setting) => {
                let field = match setting {
                    InvalidSetting::WatchedPercent => "watched_percent",
                    InvalidSetting::Library(_) => "excluded_libraries",
                    InvalidSetting::Title(_) => "excluded_titles",
                };
                Self::invalid_field(field, messages::trakt_settings::of_invalid(setting))
            }
            TraktError::NoSuchItem => Self::not_found("This queue entry"),
            TraktError::Engine(error) => error.into(),
            TraktError::Database(error) => error.into(),
        }
    }
}

fn list_problem(problem: ListProblem) -> ApiError {
    match problem {
        ListProblem::NoAddress(why) => ApiError::invalid_field("url", messages::lists::of_no_address(why)),
        ListProblem::NotFound => {
            let message = "Trakt does not have this list, or it is private.";
            ApiError::new(StatusCode::NOT_FOUND, "list_not_found", message)
                .field("url", message)
                .action("Check the address. Private lists can be followed by their owner only.")
        }
        ListProblem::Private => {
            let message = "Its owner does not share this list with your Trakt account.";
            ApiError::new(StatusCode::FORBIDDEN, "list_private", message).field("url", message)
        }
        ListProblem::System => {
            let message =
                "The watchlist of your Trakt account stays here for as long as the account is connected.";
            ApiError::new(StatusCode::CONFLICT, "system_list", message)
        }
    }
}

/// Maps the failure of a Trakt call that the client waits for.
fn trakt_failed(error: trakt::Error) -> ApiError {
    ApiError::unavailable("trakt_unavailable", "Trakt cannot be reached right now.")
        .action("Everything on this server keeps working. Try again later.")
        .caused_by(error)
}

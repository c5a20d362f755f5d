//! Errors of the Trakt settings and of requests that call Trakt directly.

use api_types::error::{ErrorCode, ErrorReason};
use axum::http::StatusCode;
use sync::{CannotUndo, ListProblem, NoAddress};

use crate::http::errors::ApiError;
use crate::messages;
use crate::trakt::{
    InvalidKey, InvalidSetting, KeyField, TraktError, max_watched_percent, min_watched_percent,
};

impl From<sync::Error> for ApiError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::Db(error) => error.into(),
            sync::Error::NotConfigured => TraktError::NotConfigured.into(),
            sync::Error::NotConnected => {
                let message = "No Trakt account is connected.";
                let conflict = Self::new(StatusCode::CONFLICT, ErrorCode::TraktNotConnected, message);
                conflict.action("Connect it under Settings, Trakt.")
            }
            sync::Error::CannotUndo(why) => {
                let message = messages::trakt_log::of_cannot_undo(why);
                let reason = match why {
                    CannotUndo::Already => ErrorReason::UndoneAlready,
                    CannotUndo::OtherAccount => ErrorReason::UndoOtherAccount,
                    CannotUndo::NotKnown => ErrorReason::UndoUnknown,
                    CannotUndo::Gone => ErrorReason::UndoGone,
                };
                Self::new(StatusCode::CONFLICT, ErrorCode::CannotUndo, message).because(reason)
            }
            sync::Error::List(problem) => list_problem(problem),
            sync::Error::NotTogether => {
                let message = "Someone you chose can no longer watch with you.";
                let missing = Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message);
                missing
                    .because(ErrorReason::NotTogether)
                    .action("They can turn on Watching together in their profile.")
            }
            sync::Error::NotFound(what) => Self::not_found(what),
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
                Self::invalid_field(name, key_reason(field, why), messages::trakt::of_key(field, why))
            }
            TraktError::Unreachable => {
                let message = "Trakt did not respond as expected. Nothing was changed.";
                Self::unavailable(ErrorCode::TraktUnreachable, message).action(
                    "Trakt may be down, overloaded, or blocking this server. Check the server's internet connection, \
                     or try again later.",
                )
            }
            TraktError::NotConfigured => {
                let message = "Trakt not configured: this server has no Trakt API application.";
                let conflict = Self::new(StatusCode::CONFLICT, ErrorCode::TraktNotConfigured, message);
                conflict.action("An administrator can add one under Settings, Trakt.")
            }
            TraktError::InvalidSetting(setting) => {
                let (field, reason) = match setting {
                    InvalidSetting::WatchedPercent => {
                        let (low, high) = (min_watched_percent().into(), max_watched_percent().into());
                        ("watched_percent", ErrorReason::WatchedPercent { low, high })
                    }
                    InvalidSetting::Library(_) => ("excluded_libraries", ErrorReason::NoLibrary),
                    InvalidSetting::Title(_) => ("excluded_titles", ErrorReason::NoTitle),
                };
                Self::invalid_field(field, reason, messages::trakt_settings::of_invalid(setting))
            }
            TraktError::NoSuchItem => Self::not_found("queue entry"),
            TraktError::Engine(error) => error.into(),
            TraktError::Database(error) => error.into(),
        }
    }
}

fn key_reason(field: KeyField, why: InvalidKey) -> ErrorReason {
    match (field, why) {
        (KeyField::ClientId, InvalidKey::Missing) => ErrorReason::ClientIdMissing,
        (KeyField::ClientId, InvalidKey::Malformed) => ErrorReason::ClientIdMalformed,
        (KeyField::ClientId, InvalidKey::Refused) => ErrorReason::ClientIdRefused,
        (KeyField::ClientSecret, InvalidKey::Missing) => ErrorReason::ClientSecretMissing,
        (KeyField::ClientSecret, InvalidKey::Malformed) => ErrorReason::ClientSecretMalformed,
        (KeyField::ClientSecret, InvalidKey::Refused) => ErrorReason::ClientSecretRefused,
    }
}

fn list_problem(problem: ListProblem) -> ApiError {
    match problem {
        ListProblem::NoAddress(why) => {
            let reason = match why {
                NoAddress::Empty => ErrorReason::ListAddressEmpty,
                NoAddress::NotTrakt => ErrorReason::ListAddressElsewhere,
                NoAddress::NoList => ErrorReason::ListAddressOther,
            };
            ApiError::invalid_field("url", reason, messages::lists::of_no_address(why))
        }
        ListProblem::NotFound => {
            let message = "Trakt does not have this list, or it is private.";
            ApiError::new(StatusCode::NOT_FOUND, ErrorCode::ListNotFound, message)
                .field("url", message)
                .action("Check the address. Only the owner can follow a private list.")
        }
        ListProblem::Private => {
            let message = "The owner does not share this list with your Trakt account.";
            ApiError::new(StatusCode::FORBIDDEN, ErrorCode::ListPrivate, message).field("url", message)
        }
        ListProblem::System => {
            let message = "Your watchlist stays here as long as your Trakt account is connected.";
            ApiError::new(StatusCode::CONFLICT, ErrorCode::SystemList, message)
        }
    }
}

/// Maps the failure of a Trakt call that the client waits for.
fn trakt_failed(error: trakt::Error) -> ApiError {
    ApiError::unavailable(ErrorCode::TraktUnavailable, "Trakt cannot be reached right now.")
        .action("Everything on this server keeps working. Try again later.")
        .caused_by(error)
}

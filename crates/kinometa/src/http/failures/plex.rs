//! Errors of the Plex settings.

use crate::http::errors::ApiError;
use crate::messages;
use crate::plex::PlexError;

impl From<PlexError> for ApiError {
    fn from(error: PlexError) -> Self {
        match error {
            PlexError::Address => Self::invalid_field("url", messages::plex::ADDRESS),
            PlexError::NoToken => Self::invalid_field("token", messages::plex::NO_TOKEN),
            PlexError::Token => Self::invalid_field("token", messages::plex::BAD_TOKEN),
            PlexError::Timeout => Self::invalid_field("timeout_seconds", messages::plex::TIMEOUT),
            PlexError::Plex(error) => {
                let (message, action) = messages::plex::of_failure(&error);
                Self::unavailable("plex_unavailable", message).action(action).caused_by(error)
            }
            PlexError::Database(error) => error.into(),
            PlexError::Secrets(_) | PlexError::Stored(_) => Self::internal(error),
        }
    }
}

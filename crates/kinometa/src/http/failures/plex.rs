//! Errors of the Plex settings.

use crate::http::errors::ApiError;
use crate::messages;
use crate::plex::{PlexError, Trouble};
use crate::present::plex::reason;
use api_types::error::{ErrorCode, ErrorReason};

impl From<PlexError> for ApiError {
    fn from(error: PlexError) -> Self {
        match error {
            PlexError::Address => {
                Self::invalid_field("url", ErrorReason::PlexAddress, messages::plex::ADDRESS)
            }
            PlexError::NoToken => {
                Self::invalid_field("token", ErrorReason::PlexTokenMissing, messages::plex::NO_TOKEN)
            }
            PlexError::Token => {
                Self::invalid_field("token", ErrorReason::PlexTokenMalformed, messages::plex::BAD_TOKEN)
            }
            PlexError::Timeout => {
                Self::invalid_field("timeout_seconds", ErrorReason::PlexTimeout, messages::plex::TIMEOUT)
            }
            PlexError::Plex(error) => {
                let (message, action) = messages::plex::of_failure(&error);
                Self::unavailable(ErrorCode::PlexUnavailable, message)
                    .action(action)
                    .because(reason(Trouble::of(&error)))
                    .caused_by(error)
            }
            PlexError::Database(error) => error.into(),
            PlexError::Secrets(_) | PlexError::Stored(_) => Self::internal(error),
        }
    }
}

//! Why a Plex server could not be used, as a code that can be stored.

use serde::{Deserialize, Serialize};

/// A failure of a Plex server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// The server does not accept the token.
    TokenRefused,
    /// The token is read-only.
    ReadOnly,
    /// The server is starting or maintaining its database.
    Maintenance,
    /// The server did not respond in time.
    Slow,
    /// The server cannot be reached.
    Unreachable,
    /// The server redirects to another address.
    Redirects,
    /// The response does not come from a Plex server.
    NotPlex,
    /// Any other failure, including codes stored by a newer version.
    #[serde(other)]
    Unexpected,
}

impl Trouble {
    /// The code of an error.
    pub fn of(error: &plex::Error) -> Self {
        match error {
            plex::Error::InvalidToken => Self::TokenRefused,
            plex::Error::ReadOnlyToken => Self::ReadOnly,
            plex::Error::Maintenance => Self::Maintenance,
            plex::Error::Timeout(_) => Self::Slow,
            plex::Error::Unreachable { .. } => Self::Unreachable,
            plex::Error::Redirected { .. } => Self::Redirects,
            plex::Error::Protocol { .. } => Self::NotPlex,
            _ => Self::Unexpected,
        }
    }
}

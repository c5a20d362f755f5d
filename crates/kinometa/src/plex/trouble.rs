//! Why a Plex server could not be used, as a code that can be kept.

use serde::{Deserialize, Serialize};

/// A failure of a Plex server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// It does not accept the token.
    TokenRefused,
    /// The token is read-only.
    ReadOnly,
    /// It starts, or maintains its database.
    Maintenance,
    /// It did not answer in time.
    Slow,
    /// It cannot be reached.
    Unreachable,
    /// It redirects to another address.
    Redirects,
    /// Something else answers there.
    NotPlex,
    /// Anything else. Also what a newer version has kept.
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

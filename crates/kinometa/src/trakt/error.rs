//! Errors of the Trakt service.

use super::settings::InvalidSetting;

/// Errors of the Trakt service.
#[derive(Debug, thiserror::Error)]
pub enum TraktError {
    /// A key of the application is missing or wrong.
    #[error("the {field:?} of the application is invalid: {why:?}")]
    InvalidKey {
        /// The key.
        field: KeyField,
        /// What is wrong with the key.
        why: InvalidKey,
    },
    /// Trakt did not respond, so the application could not be checked.
    #[error("Trakt does not answer")]
    Unreachable,
    /// The server has no Trakt application.
    #[error("no Trakt application is set up on this server")]
    NotConfigured,
    /// A setting is invalid.
    #[error("the setting is invalid: {0:?}")]
    InvalidSetting(InvalidSetting),
    /// The user's queue has no such item, or the item is currently being sent.
    #[error("no such item in the queue")]
    NoSuchItem,
    /// The engine failed.
    #[error(transparent)]
    Engine(sync::Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// A key of a Trakt API application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyField {
    /// The Client ID.
    ClientId,
    /// The Client Secret.
    ClientSecret,
}

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidKey {
    /// The key is empty, and none is saved for this Client ID.
    Missing,
    /// The key does not have the form of Trakt's keys.
    Malformed,
    /// Trakt does not accept the key.
    Refused,
}

impl From<sync::Error> for TraktError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::NotConfigured => Self::NotConfigured,
            sync::Error::Db(error) => Self::Database(error),
            other => Self::Engine(other),
        }
    }
}

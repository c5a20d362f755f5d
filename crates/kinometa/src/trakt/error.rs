//! Why something about Trakt could not be done.

use super::settings::InvalidSetting;

/// Why something about Trakt could not be done.
#[derive(Debug, thiserror::Error)]
pub enum TraktError {
    /// A key that was entered is missing or wrong.
    #[error("the {field:?} of the application is invalid: {why:?}")]
    InvalidKey {
        /// Which key.
        field: KeyField,
        /// What is wrong with it.
        why: InvalidKey,
    },
    /// Trakt did not answer, so it could not be asked.
    #[error("Trakt does not answer")]
    Unreachable,
    /// The server has no application.
    #[error("no Trakt application is set up on this server")]
    NotConfigured,
    /// A setting that was entered is wrong.
    #[error("the setting is invalid: {0:?}")]
    InvalidSetting(InvalidSetting),
    /// No such item in this person's queue, or it is being sent just now.
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
    /// The client id.
    ClientId,
    /// The client secret.
    ClientSecret,
}

/// What is wrong with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidKey {
    /// It is empty, and none is saved for this client id.
    Missing,
    /// It cannot be one of Trakt's keys.
    Malformed,
    /// Trakt does not accept it.
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

//! Why something about Trakt could not be done.

/// Why something about Trakt could not be done.
#[derive(Debug, thiserror::Error)]
pub enum TraktError {
    /// Something is missing or wrong in what was entered.
    #[error("{message}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// Trakt did not answer, so it could not be asked.
    #[error("Trakt does not answer")]
    Unreachable,
    /// The server has no application.
    #[error("no Trakt application is set up on this server")]
    NotConfigured,
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

impl From<sync::Error> for TraktError {
    fn from(error: sync::Error) -> Self {
        match error {
            sync::Error::NotConfigured => Self::NotConfigured,
            sync::Error::Db(error) => Self::Database(error),
            other => Self::Engine(other),
        }
    }
}

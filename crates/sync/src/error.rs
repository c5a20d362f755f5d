use crate::{lists::ListProblem, secrets::SecretsError, undo::CannotUndo};

/// Errors of the engine. Failures of single outbox rows are not errors: they are stored with the row.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// Trakt, or the network.
    #[error(transparent)]
    Trakt(#[from] trakt::Error),
    /// The key file or a stored secret.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// No Trakt application is configured on this server.
    #[error("no Trakt application is set up on this server")]
    NotConfigured,
    /// The user has no connected account, or its profile is not known yet.
    #[error("no Trakt account is connected")]
    NotConnected,
    /// A change cannot be undone.
    #[error("the change cannot be undone: {0:?}")]
    CannotUndo(CannotUndo),
    /// A list is not available.
    #[error("the list is not available: {0:?}")]
    List(ListProblem),
    /// A user has not turned on watching together, or no longer exists.
    #[error("not everybody watches together")]
    NotTogether,
    /// The item does not exist, or belongs to another user.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Something stored cannot be read.
    #[error("{0}")]
    Stored(String),
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

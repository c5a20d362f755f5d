use crate::{lists::ListProblem, secrets::SecretsError, undo::CannotUndo};

/// Why the engine could not do as asked. Troubles with single outbox rows are no errors: they are kept with the row.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// Trakt, or the way there.
    #[error(transparent)]
    Trakt(#[from] trakt::Error),
    /// The key file or a stored secret.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// No Trakt application is configured on this server.
    #[error("no Trakt application is set up on this server")]
    NotConfigured,
    /// The person has no connected account, or Trakt has not said yet whose it is.
    #[error("no Trakt account is connected")]
    NotConnected,
    /// A change cannot be undone.
    #[error("the change cannot be undone: {0:?}")]
    CannotUndo(CannotUndo),
    /// A list cannot be had.
    #[error("the list is not available: {0:?}")]
    List(ListProblem),
    /// Somebody has not switched watching together on, or is gone.
    #[error("not everybody watches together")]
    NotTogether,
    /// There is no such thing, or it belongs to somebody else.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Something stored cannot be read.
    #[error("{0}")]
    Stored(String),
}

/// A result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

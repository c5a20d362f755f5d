//! Errors of user accounts, sessions and API tokens.

use chrono::TimeDelta;

/// Result of an account operation.
pub type AccountResult<T> = Result<T, AccountError>;

/// Reasons why an account operation failed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A value is invalid.
    #[error("{message}")]
    Invalid {
        /// Name of the field.
        field: &'static str,
        /// Description of the problem.
        message: String,
    },
    /// The user does not exist, or the password is wrong.
    #[error("wrong user name or password")]
    WrongPassword,
    /// The current password is wrong.
    #[error("wrong current password")]
    WrongCurrentPassword,
    /// Too many failed attempts; contains the time to wait.
    #[error("too many failed attempts, wait {} s", .0.num_seconds())]
    TooManyAttempts(TimeDelta),
    /// Too many sign-ins wait for their turn.
    #[error("too many sign-ins at once")]
    Busy,
    /// The first administrator already exists.
    #[error("the server is already set up")]
    AlreadySetUp,
    /// The user name is taken.
    #[error("the user name is taken")]
    UsernameTaken,
    /// The change would leave the server without an administrator.
    #[error("the only administrator cannot be removed")]
    LastAdministrator,
    /// The user or API token does not exist.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Hashing failed, because of a corrupt hash in the database or a panic.
    #[error("password hashing failed: {0}")]
    Hashing(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

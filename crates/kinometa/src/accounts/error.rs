//! Why an account could not do as asked.

use chrono::TimeDelta;

/// A result of this module.
pub type AccountResult<T> = Result<T, AccountError>;

/// Why an account could not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A field of the request is wrong.
    #[error("{message}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// Name and password do not fit.
    #[error("name and password do not fit")]
    WrongPassword,
    /// The password given as the one so far is not it.
    #[error("this is not the current password")]
    WrongCurrentPassword,
    /// Too many wrong guesses.
    #[error("too many attempts, wait {} s", .0.num_seconds())]
    TooManyAttempts(TimeDelta),
    /// The server has its first administrator already.
    #[error("the server is set up already")]
    AlreadySetUp,
    /// The user name is taken.
    #[error("the user name is taken")]
    UsernameTaken,
    /// It would leave the server without an administrator.
    #[error("the last administrator has to stay")]
    LastAdministrator,
    /// No such person, session or token.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// Hashing failed: a damaged hash in the database, or a panic.
    #[error("password hashing failed: {0}")]
    Hashing(String),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

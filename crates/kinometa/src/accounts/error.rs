//! Errors of user accounts, sessions and API tokens.

use chrono::TimeDelta;

/// Result of an account operation.
pub type AccountResult<T> = Result<T, AccountError>;

/// Reasons why an account operation failed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A value is invalid.
    #[error("{why}")]
    Invalid {
        /// Name of the field.
        field: &'static str,
        /// Description of the problem.
        why: InvalidValue,
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
    /// Too many sign-ins are waiting for their password to be checked.
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

/// Why a value cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidValue {
    /// Nothing was entered.
    #[error("This cannot be empty.")]
    Empty,
    /// The text has more characters than this.
    #[error("Use at most {0} characters.")]
    TooLong(usize),
    /// The text contains control characters.
    #[error("Control characters are not allowed here.")]
    ControlCharacters,
    /// The text contains invisible characters, or characters that change the direction of text.
    #[error("Invisible characters and characters that change the direction of text are not allowed here.")]
    InvisibleCharacters,
    /// A word mixes scripts whose letters look alike, such as Latin and Cyrillic.
    #[error(
        "Letters from different scripts in one word can be confused with another name. Use only one script."
    )]
    MixedScripts,
    /// The text contains characters that are not allowed in a user name.
    #[error("Use letters, digits, spaces and simple punctuation in a user name.")]
    UsernameCharacters,
    /// The user name looks like this existing one.
    #[error("This looks like the user name {0}. Choose a name that is easier to distinguish.")]
    UsernameAlike(String),
    /// The password has fewer characters than this.
    #[error("Choose a password of at least {0} characters.")]
    PasswordTooShort(usize),
    /// The password has more bytes than this.
    #[error("Choose a password of at most {0} bytes.")]
    PasswordTooLong(usize),
    /// The preferences take more KiB than this.
    #[error("Preferences can be at most {0} KiB.")]
    PreferencesTooLarge(usize),
}

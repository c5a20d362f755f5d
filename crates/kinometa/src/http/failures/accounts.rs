//! People and their sign-ins.

use axum::http::StatusCode;

use crate::accounts::AccountError;
use crate::http::errors::ApiError;

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid { field, message } => Self::invalid_field(field, message),
            AccountError::WrongPassword => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "wrong_password",
                "User name and password do not fit.",
            ),
            AccountError::WrongCurrentPassword => {
                let message = "This is not your current password.";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "wrong_password", message)
                    .field("current", message)
            }
            AccountError::TooManyAttempts(wait) => {
                let seconds =
                    u64::try_from(wait.num_milliseconds()).unwrap_or_default().div_ceil(1000).max(1);
                Self::too_many(format!("Too many wrong attempts. Try again in {seconds} s."), seconds)
            }
            AccountError::AlreadySetUp => {
                Self::conflict("This server has its administrator already. Sign in instead.")
            }
            AccountError::UsernameTaken => {
                let message = "Somebody has this user name already. Choose another.";
                Self::conflict(message).field("username", message)
            }
            AccountError::LastAdministrator => {
                Self::conflict("This is the last administrator. Make somebody else one first.")
            }
            AccountError::NotFound(what) => Self::not_found(&format!("This {what}")),
            AccountError::Hashing(_) => Self::internal(error),
            AccountError::Database(error) => error.into(),
        }
    }
}

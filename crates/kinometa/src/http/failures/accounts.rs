//! Errors of user accounts, sessions and API tokens.

use api_types::error::{ErrorCode, ErrorReason};
use axum::http::StatusCode;

use crate::accounts::{AccountError, InvalidValue};
use crate::http::errors::ApiError;

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Invalid { field, why } => {
                let message = why.to_string();
                Self::invalid_field(field, invalid_reason(why), message)
            }
            AccountError::WrongPassword => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::WrongPassword,
                "Wrong user name or password.",
            ),
            AccountError::WrongCurrentPassword => {
                let message = "Wrong current password.";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::WrongPassword, message)
                    .field("current", message)
            }
            AccountError::TooManyAttempts(wait) => {
                let seconds =
                    u64::try_from(wait.num_milliseconds()).unwrap_or_default().div_ceil(1000).max(1);
                Self::too_many("Too many failed attempts.", seconds)
                    .action(format!("Try again in {}.", duration(seconds)))
            }
            AccountError::Busy => Self::too_many("Too many people are signing in right now.", 2)
                .because(ErrorReason::SignInsBusy)
                .action("Try again in a moment."),
            AccountError::AlreadySetUp => {
                Self::conflict(ErrorReason::AlreadySetUp, "This server is already set up. Sign in instead.")
            }
            AccountError::UsernameTaken => {
                let message = "This user name is taken. Choose another one.";
                Self::conflict(ErrorReason::UsernameTaken, message).field("username", message)
            }
            AccountError::LastAdministrator => Self::conflict(
                ErrorReason::LastAdministrator,
                "This is the only administrator. Make someone else an administrator first.",
            ),
            AccountError::NotFound(what) => Self::not_found(what),
            AccountError::Hashing(_) => Self::internal(error),
            AccountError::Database(error) => error.into(),
        }
    }
}

fn invalid_reason(why: InvalidValue) -> ErrorReason {
    let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    match why {
        InvalidValue::Empty => ErrorReason::Empty,
        InvalidValue::TooLong(most) => ErrorReason::TooLong { most: count(most) },
        InvalidValue::ControlCharacters => ErrorReason::ControlCharacters,
        InvalidValue::InvisibleCharacters => ErrorReason::InvisibleCharacters,
        InvalidValue::MixedScripts => ErrorReason::MixedScripts,
        InvalidValue::UsernameCharacters => ErrorReason::UsernameCharacters,
        InvalidValue::UsernameAlike(username) => ErrorReason::UsernameAlike { username },
        InvalidValue::PasswordTooShort(least) => ErrorReason::PasswordTooShort { least: count(least) },
        InvalidValue::PasswordTooLong(most) => ErrorReason::PasswordTooLong { most: count(most) },
        InvalidValue::PreferencesTooLarge(most) => ErrorReason::PreferencesTooLarge { most: count(most) },
    }
}

/// A waiting time as text: in seconds below two minutes, otherwise in minutes, rounded up.
fn duration(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        2..120 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[rstest::rstest]
    #[case(1, "1 second")]
    #[case(59, "59 seconds")]
    #[case(120, "2 minutes")]
    #[case(121, "3 minutes")]
    fn waiting_times_are_rounded_up(#[case] seconds: u64, #[case] text: &str) {
        assert_eq!(duration(seconds), text);
    }
}

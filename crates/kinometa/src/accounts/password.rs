//! Password hashing with argon2id, stored as PHC strings.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};

use super::error::{AccountError, AccountResult, InvalidValue};
use super::queue::{FairQueue, Full, Origin, Turn};

/// Minimum password length in characters.
const MIN_CHARS: usize = 8;

/// Maximum password length in bytes, because hashing time grows with the length.
const MAX_BYTES: usize = 1024;

/// Hash to verify against when the user does not exist, so that both cases take the same time.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IG5vYm9keQ$mmT6qjmS9PdN+L5NiR1UqPJXvIjwIVLwzUtqBwVBdGI";

/// Hashes and verifies passwords on the blocking thread pool.
#[derive(Debug, Default)]
pub(super) struct Passwords {
    queue: FairQueue,
}

impl Passwords {
    /// Hashes a new password. Rejects passwords that are too short or too long.
    pub(super) async fn hash(&self, password: SecretString) -> AccountResult<String> {
        check_length(&password)?;
        let turn = self.queue.own_turn().await;
        blocking(turn, move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| AccountError::Hashing(error.to_string()))
        })
        .await?
    }

    /// Whether the password matches the hash. Without a hash (unknown user) this is false and takes the same time.
    pub(super) async fn verify(
        &self,
        password: SecretString,
        hash: Option<String>,
        origin: Origin,
    ) -> AccountResult<bool> {
        let turn = self.queue.turn(origin).await.map_err(|Full| AccountError::Busy)?;
        blocking(turn, move || {
            let stored = hash.as_deref().unwrap_or(DUMMY_HASH);
            let parsed =
                PasswordHash::new(stored).map_err(|error| AccountError::Hashing(error.to_string()))?;
            let matches =
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok();
            Ok(matches && hash.is_some())
        })
        .await?
    }
}

/// Runs the work on the blocking thread pool. The turn is held until the work ends, even if the request is dropped:
/// otherwise a client that connects and disconnects could start any number of hash operations.
async fn blocking<T: Send + 'static>(
    turn: Turn,
    work: impl FnOnce() -> T + Send + 'static,
) -> AccountResult<T> {
    let work = move || {
        let result = work();
        drop(turn);
        result
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| AccountError::Hashing(error.to_string()))
}

fn check_length(password: &SecretString) -> AccountResult<()> {
    let password = password.expose_secret();
    if password.chars().count() < MIN_CHARS {
        let why = InvalidValue::PasswordTooShort(MIN_CHARS);
        return Err(AccountError::Invalid { field: "password", why });
    }
    if password.len() > MAX_BYTES {
        let why = InvalidValue::PasswordTooLong(MAX_BYTES);
        return Err(AccountError::Invalid { field: "password", why });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn any_origin() -> Origin {
        Origin::Network("10.0.0.1".into())
    }

    #[tokio::test]
    async fn a_hash_is_argon2id_and_matches_only_its_password() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(passwords.verify("correct horse".into(), Some(hash.clone()), any_origin()).await.unwrap());
        assert!(!passwords.verify("wrong horse".into(), Some(hash), any_origin()).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_user_has_no_valid_password() {
        assert!(!Passwords::default().verify("anything".into(), None, any_origin()).await.unwrap());
    }

    #[tokio::test]
    async fn too_short_and_too_long_passwords_are_rejected() {
        let passwords = Passwords::default();
        for password in ["", "1234567", "äöüß€å¢", &"x".repeat(1025)] {
            let result = passwords.hash(password.into()).await;
            assert!(matches!(result, Err(AccountError::Invalid { field: "password", .. })), "{password:?}");
        }
    }
}

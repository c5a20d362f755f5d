//! Passwords: argon2id in PHC strings, a few at a time.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::error::{AccountError, AccountResult};

/// Each takes about 20 MiB and a core for some tens of milliseconds: more at once would starve playback.
const AT_ONCE: usize = 2;

/// Shortest password, in characters.
const SHORTEST: usize = 8;

/// Longest password, in bytes: argon2 reads all of it.
const LONGEST: usize = 1024;

/// Hash of no password: verified against when there is no such user, so that both take the same time.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5IG5vYm9keQ$mmT6qjmS9PdN+L5NiR1UqPJXvIjwIVLwzUtqBwVBdGI";

/// Hashes and verifies passwords on the blocking threads.
#[derive(Debug)]
pub(super) struct Passwords {
    permits: Semaphore,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Semaphore::new(AT_ONCE) }
    }
}

impl Passwords {
    /// Hash of a new password; refuses one that is too short or too long.
    pub(super) async fn hash(&self, password: SecretString) -> AccountResult<String> {
        check_length(&password)?;
        self.blocking(move || {
            let hash = Argon2::default().hash_password(password.expose_secret().as_bytes());
            hash.map(|hash| hash.to_string()).map_err(|error| AccountError::Hashing(error.to_string()))
        })
        .await?
    }

    /// Whether the password fits. Without a hash (no such user) it takes the same time and does not fit.
    pub(super) async fn verify(&self, password: SecretString, hash: Option<String>) -> AccountResult<bool> {
        self.blocking(move || {
            let stored = hash.as_deref().unwrap_or(NOBODY);
            let parsed =
                PasswordHash::new(stored).map_err(|error| AccountError::Hashing(error.to_string()))?;
            let fits =
                Argon2::default().verify_password(password.expose_secret().as_bytes(), &parsed).is_ok();
            Ok(fits && hash.is_some())
        })
        .await?
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> AccountResult<T> {
        let _permit = self.permits.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.map_err(|error| AccountError::Hashing(error.to_string()))
    }
}

fn check_length(password: &SecretString) -> AccountResult<()> {
    let password = password.expose_secret();
    if password.chars().count() < SHORTEST {
        let message = format!("Choose a password of at least {SHORTEST} characters.");
        return Err(AccountError::Invalid { field: "password", message });
    }
    if password.len() > LONGEST {
        let message = format!("Choose a password of at most {LONGEST} bytes.");
        return Err(AccountError::Invalid { field: "password", message });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_argon2id_and_fits_only_its_password() {
        let passwords = Passwords::default();
        let hash = passwords.hash("correct horse".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(passwords.verify("correct horse".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("wrong horse".into(), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        assert!(!Passwords::default().verify("anything".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn short_and_endless_passwords_are_refused() {
        let passwords = Passwords::default();
        for password in ["", "1234567", "äöüß€å¢", &"x".repeat(1025)] {
            let refused = passwords.hash(password.into()).await;
            assert!(matches!(refused, Err(AccountError::Invalid { field: "password", .. })), "{password:?}");
        }
    }
}

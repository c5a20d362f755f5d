//! The token pair of a connected account and its storage.

use std::any::Any;
use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

/// The right to act for one account: an access token and the single-use token that renews it.
///
/// Neither token appears in `Debug`. To keep a pair, turn it into [`TokenParts`] with [`Token::expose`].
#[derive(Clone)]
pub struct Token {
    /// Sent as `Authorization: Bearer`.
    pub access_token: SecretString,
    /// Works for one refresh: Trakt responds with a new pair and invalidates this one.
    pub refresh_token: SecretString,
    /// When Trakt issued the pair.
    pub created_at: DateTime<Utc>,
    /// Lifetime of the access token from `created_at`. Rely only on this number: the lifetime was 3 months, then 24
    /// hours, then 7 days (trakt-api discussion 495).
    pub expires_in: Duration,
    /// What the token allows; `public` today.
    pub scope: String,
}

/// The same pair in plain text, in the form in which Trakt sends it. It has no `Debug` on purpose: it exists to be
/// encrypted or written to a file, and read back.
#[derive(Clone, Serialize, Deserialize)]
pub struct TokenParts {
    /// The access token.
    pub access_token: String,
    /// Always `bearer`.
    #[serde(default = "bearer")]
    pub token_type: String,
    /// Lifetime of the access token in seconds.
    pub expires_in: u64,
    /// The refresh token.
    pub refresh_token: String,
    /// The scope.
    #[serde(default)]
    pub scope: String,
    /// When the pair was issued, in seconds since 1970.
    pub created_at: i64,
}

fn bearer() -> String {
    "bearer".into()
}

impl Token {
    /// When the access token stops working.
    pub fn expires_at(&self) -> DateTime<Utc> {
        clock::after(self.created_at, self.expires_in)
    }

    /// When `fraction` (0 to 1) of the lifetime is over and the pair should be renewed.
    ///
    /// A fraction, never a fixed window: "refresh when under 7 days are left" refreshes a 7-day token on every call.
    pub fn refresh_at(&self, fraction: f64) -> DateTime<Utc> {
        clock::after(self.created_at, self.expires_in.mul_f64(fraction.clamp(0.0, 1.0)))
    }

    /// The pair in plain text, for storing it.
    pub fn expose(&self) -> TokenParts {
        TokenParts {
            access_token: self.access_token.expose_secret().into(),
            token_type: bearer(),
            expires_in: self.expires_in.as_secs(),
            refresh_token: self.refresh_token.expose_secret().into(),
            scope: self.scope.clone(),
            created_at: self.created_at.timestamp(),
        }
    }

    /// Whether both are the same pair.
    pub fn same_pair(&self, other: &Token) -> bool {
        self.access_token.expose_secret() == other.access_token.expose_secret()
            && self.refresh_token.expose_secret() == other.refresh_token.expose_secret()
    }
}

impl From<TokenParts> for Token {
    fn from(parts: TokenParts) -> Self {
        Self {
            access_token: parts.access_token.into(),
            refresh_token: parts.refresh_token.into(),
            created_at: DateTime::from_timestamp(parts.created_at, 0).unwrap_or_default(),
            expires_in: Duration::from_secs(parts.expires_in),
            scope: parts.scope,
        }
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Token")
            .field("access_token", &"[redacted]")
            .field("refresh_token", &"[redacted]")
            .field("created_at", &self.created_at)
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish()
    }
}

/// Error of a [`TokenStore`].
pub type StoreError = Box<dyn std::error::Error + Send + Sync>;

/// Keeps the token pair of one account.
///
/// Refresh tokens are single-use, so the client follows a strict order: it takes [`TokenStore::lock`], checks with
/// [`TokenStore::probe`] that a new pair could be stored, reads the pair again (another process may have renewed it),
/// only then uses the refresh token, and stores the new pair before using it.
#[async_trait]
pub trait TokenStore: Send + Sync + 'static {
    /// The stored pair, or `None` if the account is not connected.
    async fn load(&self) -> Result<Option<Token>, StoreError>;

    /// Fails if [`TokenStore::store`] would fail: a read-only file, a full disk, an unavailable database.
    async fn probe(&self) -> Result<(), StoreError>;

    /// Durably replaces the stored pair with `token`: after `Ok`, a crash must not lose it.
    async fn store(&self, token: &Token) -> Result<(), StoreError>;

    /// Deletes the pair after a disconnect.
    async fn clear(&self) -> Result<(), StoreError>;

    /// Prevents other *processes* from refreshing the same pair until the guard is dropped. Within one client,
    /// refreshes are single-flight anyway; implement this (file lock, row lock) if several processes share one store.
    async fn lock(&self) -> Result<Box<dyn Any + Send>, StoreError> {
        Ok(Box::new(()))
    }
}

/// Keeps the pair only in memory: for tests and for programs that reconnect each time.
#[derive(Debug, Default)]
pub struct MemoryTokenStore(Mutex<Option<Token>>);

impl MemoryTokenStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// A store that holds `token`.
    pub fn holding(token: Token) -> Self {
        Self(Mutex::new(Some(token)))
    }

    fn set(&self, token: Option<Token>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self) -> Result<Option<Token>, StoreError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    async fn probe(&self) -> Result<(), StoreError> {
        Ok(())
    }

    async fn store(&self, token: &Token) -> Result<(), StoreError> {
        self.set(Some(token.clone()));
        Ok(())
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.set(None);
        Ok(())
    }
}

#[async_trait]
impl<S: TokenStore + ?Sized> TokenStore for std::sync::Arc<S> {
    async fn load(&self) -> Result<Option<Token>, StoreError> {
        (**self).load().await
    }

    async fn probe(&self) -> Result<(), StoreError> {
        (**self).probe().await
    }

    async fn store(&self, token: &Token) -> Result<(), StoreError> {
        (**self).store(token).await
    }

    async fn clear(&self) -> Result<(), StoreError> {
        (**self).clear().await
    }

    async fn lock(&self) -> Result<Box<dyn Any + Send>, StoreError> {
        (**self).lock().await
    }
}

//! Saving, reading and removing the Plex server in the settings.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Db, settings};
use kometa::collections::PlexServer;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sync::secrets::{Secrets, SecretsError};

use crate::config::{Config, KEY_FILE};

/// Key of the setting, and the purpose for which the token is sealed.
const KEY: &str = "plex.server";
/// Maximum timeout of a request in seconds.
const MAX_TIMEOUT_SECONDS: u64 = 3600;

/// Why a server cannot be saved, read or reached.
#[derive(Debug, thiserror::Error)]
pub enum PlexError {
    /// The address is invalid.
    #[error("the address must look like http://192.168.1.5:32400")]
    Address,
    /// No token was entered, and none is saved for this address.
    #[error("no token is given")]
    NoToken,
    /// The token contains characters that cannot be sent in a header.
    #[error("the token cannot be sent")]
    Token,
    /// The timeout is zero or too long.
    #[error("the timeout must be between 1 and {MAX_TIMEOUT_SECONDS} seconds")]
    Timeout,
    /// The Plex server did not respond as expected.
    #[error(transparent)]
    Plex(#[from] plex::Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The sealed token cannot be opened.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The stored setting is damaged.
    #[error("the stored token cannot be read: {0}")]
    Stored(#[from] base64::DecodeError),
}

/// A server as entered by the user.
#[derive(Debug)]
pub struct NewServer {
    /// URL of the server.
    pub url: String,
    /// Token of the server. If omitted and the URL is the saved one, the saved token is used.
    pub token: Option<SecretString>,
    /// Timeout of a request in seconds.
    pub timeout: u64,
    /// Whether the server's certificate must be valid.
    pub verify_ssl: bool,
}

/// The saved server, without its token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavedServer {
    /// URL of the server.
    pub url: String,
    /// Timeout of a request in seconds.
    pub timeout: u64,
    /// Whether the server's certificate must be valid.
    pub verify_ssl: bool,
    /// The sealed token.
    token: String,
}

impl SavedServer {
    /// The saved server; `None` if none is saved.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn load(db: &Db) -> Result<Option<Self>, PlexError> {
        Ok(settings::get(db, KEY).await?)
    }

    fn open(self, config: &Config) -> Result<PlexServer, PlexError> {
        let secrets = Secrets::open(&config.data_dir.join(KEY_FILE))?;
        let token = secrets.open_sealed(&STANDARD.decode(&self.token)?, KEY)?;
        let timeout = Duration::from_secs(self.timeout);
        Ok(PlexServer { url: self.url, token, timeout, verify_ssl: self.verify_ssl })
    }
}

/// The saved server with its token; `None` if none is saved.
///
/// # Errors
/// When the database cannot be read, or the token cannot be opened.
pub async fn server(db: &Db, config: &Config) -> Result<Option<PlexServer>, PlexError> {
    SavedServer::load(db).await?.map(|saved| saved.open(config)).transpose()
}

/// Validates the input, and completes it with the saved token.
///
/// # Errors
/// [`PlexError`] for invalid input, or when the saved token cannot be read.
pub(super) async fn complete(db: &Db, config: &Config, new: NewServer) -> Result<PlexServer, PlexError> {
    let url = new.url.trim().trim_end_matches('/').to_owned();
    if !(1..=MAX_TIMEOUT_SECONDS).contains(&new.timeout) {
        return Err(PlexError::Timeout);
    }
    let entered = new.token.filter(|token| !token.expose_secret().trim().is_empty());
    let token = match entered {
        Some(token) => SecretString::from(token.expose_secret().trim()),
        // The saved token must not be sent to any other address.
        None => match server(db, config).await?.filter(|saved| saved.url == url) {
            Some(saved) => saved.token,
            None => return Err(PlexError::NoToken),
        },
    };
    let server =
        PlexServer { url, token, timeout: Duration::from_secs(new.timeout), verify_ssl: new.verify_ssl };
    if !server.token.expose_secret().bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(PlexError::Token);
    }
    match plex_target::client_of(&server, "kinometa", true) {
        Ok(_) => Ok(server),
        Err(_) => Err(PlexError::Address),
    }
}

/// Saves a server. No request is sent to it.
///
/// # Errors
/// [`PlexError`] for invalid input, and when the database cannot be written.
pub async fn save(db: &Db, config: &Config, new: NewServer) -> Result<(), PlexError> {
    let server = complete(db, config, new).await?;
    let secrets = Secrets::open(&config.data_dir.join(KEY_FILE))?;
    let saved = SavedServer {
        url: server.url,
        timeout: server.timeout.as_secs(),
        verify_ssl: server.verify_ssl,
        token: STANDARD.encode(secrets.seal(&server.token, KEY)),
    };
    let tx = db.begin().await?;
    settings::put(&tx, KEY, &saved).await?;
    settings::delete(&tx, super::tested::KEY).await?;
    Ok(tx.commit().await?)
}

/// Removes the server, and what was read from it, from the settings. Its collections stay on Plex.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(db: &Db) -> Result<(), PlexError> {
    let tx = db.begin().await?;
    settings::delete(&tx, KEY).await?;
    settings::delete(&tx, super::tested::KEY).await?;
    Ok(tx.commit().await?)
}

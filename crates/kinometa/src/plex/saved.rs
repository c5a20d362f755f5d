//! The server that was saved.

use std::time::Duration;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Db, settings};
use kometa::collections::PlexServer;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sync::secrets::{Secrets, SecretsError};

use crate::config::{Config, KEY_FILE};

/// The setting, and what the token is sealed for.
const KEY: &str = "plex.server";
/// The longest time that one call may be given.
const LONGEST_TIMEOUT: u64 = 3600;

/// Why a server cannot be saved, read or reached.
#[derive(Debug, thiserror::Error)]
pub enum PlexError {
    /// The address is none.
    #[error("the address must look like http://192.168.1.5:32400")]
    Address,
    /// There is no token, and none is saved for this address.
    #[error("no token is given")]
    NoToken,
    /// The token holds what cannot be sent.
    #[error("the token cannot be sent")]
    Token,
    /// The time for a call is none, or too long.
    #[error("the timeout must be between 1 and {LONGEST_TIMEOUT} seconds")]
    Timeout,
    /// The server did not answer as expected.
    #[error(transparent)]
    Plex(#[from] plex::Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The sealed token.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The stored setting is damaged.
    #[error("the stored token cannot be read: {0}")]
    Stored(#[from] base64::DecodeError),
}

/// A server as somebody enters it.
#[derive(Debug)]
pub struct NewServer {
    /// Its address.
    pub url: String,
    /// Its token; the saved one when left out and the address is the same.
    pub token: Option<SecretString>,
    /// Seconds.
    pub timeout: u64,
    /// Whether its certificate must be valid.
    pub verify_ssl: bool,
}

/// The saved server, without its token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Saved {
    /// Its address.
    pub url: String,
    /// Seconds.
    pub timeout: u64,
    /// Whether its certificate must be valid.
    pub verify_ssl: bool,
    /// The sealed token.
    token: String,
}

impl Saved {
    /// The saved server; none when there is none.
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

/// The saved server with its token; none when there is none.
///
/// # Errors
/// When the database cannot be read, or the token cannot be opened.
pub async fn server(db: &Db, config: &Config) -> Result<Option<PlexServer>, PlexError> {
    Saved::load(db).await?.map(|saved| saved.open(config)).transpose()
}

/// Checks what was entered, and completes it with the saved token.
///
/// # Errors
/// [`PlexError`] for what cannot be used.
pub(super) async fn complete(db: &Db, config: &Config, new: NewServer) -> Result<PlexServer, PlexError> {
    let url = new.url.trim().trim_end_matches('/').to_owned();
    if !(1..=LONGEST_TIMEOUT).contains(&new.timeout) {
        return Err(PlexError::Timeout);
    }
    let entered = new.token.filter(|token| !token.expose_secret().trim().is_empty());
    let token = match entered {
        Some(token) => SecretString::from(token.expose_secret().trim()),
        // It is not sent to another address than the one that it was saved for.
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

/// Saves a server. It is not asked.
///
/// # Errors
/// [`PlexError`] for what cannot be used, and when the database cannot be written.
pub async fn save(db: &Db, config: &Config, new: NewServer) -> Result<(), PlexError> {
    let server = complete(db, config, new).await?;
    let secrets = Secrets::open(&config.data_dir.join(KEY_FILE))?;
    let saved = Saved {
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

/// Forgets the server, and what was read from it. Its collections stay on Plex.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(db: &Db) -> Result<(), PlexError> {
    let tx = db.begin().await?;
    settings::delete(&tx, KEY).await?;
    settings::delete(&tx, super::tested::KEY).await?;
    Ok(tx.commit().await?)
}

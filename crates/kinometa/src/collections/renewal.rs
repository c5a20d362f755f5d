//! Keeps the Trakt credentials of registered config files valid, independently of runs.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use db::collection_configs;
use db::rows::CollectionConfig;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use trakt::{Remedy, TokenStore};

use super::service::{CollectionEvent, Collections, Inner};
use crate::credentials::ConfigStore;
use crate::credentials::clients::{catch_up, client_of, outdated_message, rejected_message};
use crate::credentials::grants::{Failure, reason};

/// How often token pairs are checked: a small part of the shortest lifetime that Trakt gives them.
const CHECK_EVERY: Duration = Duration::from_secs(600);

/// A token pair is renewed after this part of its lifetime; the Trakt client uses the same value.
const FRACTION: f64 = 0.75;

/// The state of a file's token pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CredentialState {
    /// Not checked yet.
    Unknown,
    /// The file contains no pair; charts and public lists are read without one.
    None,
    /// Valid.
    Good,
    /// Valid, but only stored on this server: the file could not be written.
    Behind,
    /// Trakt rejects it; the user has to authorize again.
    Lost,
    /// The pair could not be checked or renewed.
    Failed,
}

/// What is known about a file's token pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// The state of the pair.
    pub state: CredentialState,
    /// When the pair expires, unless it is renewed.
    pub expires_at: Option<DateTime<Utc>>,
    /// A sentence with details.
    pub message: Option<String>,
    /// Why the file could not be written, if the state is [`CredentialState::Behind`].
    #[serde(default)]
    pub detail: Option<String>,
}

impl Credentials {
    fn of(state: CredentialState, message: Option<String>) -> Self {
        Self { state, expires_at: None, message, detail: None }
    }

    /// Reads the credentials stored in a file's row.
    pub fn read(row: &CollectionConfig) -> Self {
        let stored = serde_json::from_value(row.credentials.clone());
        stored.unwrap_or_else(|_| Self::of(CredentialState::Unknown, None))
    }
}

/// Checks all files regularly, until the future is dropped.
pub(super) async fn run(service: Collections) {
    loop {
        match service.configs().await {
            Ok(configs) => {
                for config in configs.iter().filter(|config| config.enabled) {
                    check(&service.inner, config).await;
                }
            }
            Err(error) => tracing::warn!(%error, "the credentials of config files cannot be checked"),
        }
        tokio::select! {
            () = service.inner.parts.clock.sleep(CHECK_EVERY) => {}
            () = service.inner.credentials_check.notified() => {}
        }
    }
}

async fn check(inner: &Inner, config: &CollectionConfig) {
    let known = Credentials::read(config);
    let found = match state(inner, Path::new(&config.path), &known).await {
        Ok(found) => found,
        Err(failure) => Credentials::of(CredentialState::Failed, Some(failure.to_string())),
    };
    if found == known {
        return;
    }
    if let CredentialState::Behind | CredentialState::Lost | CredentialState::Failed = found.state {
        let message = found.message.as_deref().unwrap_or_default();
        tracing::warn!(config = config.path, message, "the credentials of a config file need attention");
    }
    if let Err(error) = store_state(inner, config, &found).await {
        tracing::warn!(%error, "the state of the credentials could not be saved");
    }
}

async fn store_state(inner: &Inner, config: &CollectionConfig, found: &Credentials) -> db::Result<()> {
    let value = serde_json::to_value(found).map_err(|error| db::Error::Other(error.to_string()))?;
    let tx = inner.parts.db.begin().await?;
    collection_configs::set_credentials(&tx, config.id, value).await?;
    tx.commit().await?;
    inner.publish(CollectionEvent::Changed);
    Ok(())
}

/// Reads the file, and renews its pair if that is due. Otherwise no request is sent to Trakt.
async fn state(inner: &Inner, path: &Path, known: &Credentials) -> Result<Credentials, Failure> {
    let store = Arc::new(ConfigStore::open(path, &inner.parts.config)?);
    let mut ignored = Vec::new();
    catch_up(&store, &mut |text| ignored.push(text)).await?;
    let block = store.trakt()?;
    let Some(token) = store.load().await? else { return Ok(Credentials::of(CredentialState::None, None)) };
    let now = inner.parts.clock.now();
    let mut token = token;
    if now >= token.refresh_at(FRACTION) {
        let id = block.client_id.as_ref().map(|id| id.expose_secret().trim().to_owned());
        let id = id.filter(|id| !id.is_empty()).ok_or("trakt.client_id is missing")?;
        let secret = block.client_secret.as_ref().map(|secret| secret.expose_secret().trim());
        let clock = inner.parts.clock.clone();
        let client = client_of(&id, secret, &inner.parts.config, clock, store.clone()).build()?;
        // For this request the client renews the pair first. It reads the file again under the file's lock.
        match client.users().check_token().await {
            Ok(()) => {}
            Err(error) if matches!(error.remedy(), Remedy::Reconnect) => {
                return Ok(Credentials {
                    state: CredentialState::Lost,
                    expires_at: Some(token.expires_at()),
                    message: Some(rejected_message(path)),
                    detail: None,
                });
            }
            Err(error) => return Err(reason(error)),
        }
        token = store.load().await?.unwrap_or(token);
    } else if known.state == CredentialState::Lost && known.expires_at == Some(token.expires_at()) {
        return Ok(known.clone());
    }
    let expires_at = Some(token.expires_at());
    let detail = store.write_error();
    let message = detail.as_deref().map(|why| outdated_message(path, why));
    let state = if message.is_some() { CredentialState::Behind } else { CredentialState::Good };
    Ok(Credentials { state, expires_at, message, detail })
}

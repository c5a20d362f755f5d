//! Clients of Trakt for the account in a config.yml.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use collections::fetch::Fetcher;
use secrecy::ExposeSecret;
use trakt::{MemoryTokenStore, RetryPolicy, TokenStore};

use crate::cli::Failure;
use crate::cli::trakt::{catch_up, client_of, exchange_waiting_pin, renew_as_told};
use crate::config::Config;
use crate::credentials::ConfigStore;

/// As long as a short limit of Trakt's lasts: a run waits for that.
const PATIENCE: Duration = Duration::from_secs(120);

/// A source that stays away for longer than this fails in this run; its collections keep what they have.
const RETRIES: RetryPolicy = RetryPolicy {
    attempts: 3,
    first_pause: Duration::from_millis(500),
    longest_pause: Duration::from_secs(5),
};

/// Reads with the pair of config.yml, which is renewed and saved there when its time has come. Without a pair, or when
/// Trakt refuses it, charts and public lists are still read.
pub(super) async fn fetcher(path: &Path, config: &Config) -> Result<Fetcher, Failure> {
    let store = Arc::new(ConfigStore::open(path, config)?);
    catch_up(&store).await?;
    let block = store.trakt()?;
    for finding in store.findings()? {
        eprintln!("{finding}");
    }
    let id = block.client_id.as_ref().map(|id| id.expose_secret().trim()).filter(|id| !id.is_empty());
    let id = id.ok_or("trakt.client_id is missing: register an application at https://developer.trakt.tv and put its Client ID there")?;
    let secret = block.client_secret.as_ref().map(|secret| secret.expose_secret().trim());
    let client = |store| client_of(id, secret, config, store).retries(RETRIES).max_wait(PATIENCE).build();
    let public = client(Arc::new(MemoryTokenStore::new()))?;
    let account = client(store.clone())?;
    if store.load().await?.is_none() {
        if let Some(pin) = &block.pin {
            exchange_waiting_pin(&account, &store, pin).await?;
            return Ok(Fetcher::new(Some(account), public));
        }
        return Ok(Fetcher::new(None, public));
    }
    if block.force_refresh {
        // The pair may be good all the same.
        if let Err(error) = renew_as_told(&account, &store).await {
            eprintln!("force_refresh: the pair could not be renewed ({error}); the one in the file is used");
        }
    }
    Ok(Fetcher::new(Some(account), public))
}

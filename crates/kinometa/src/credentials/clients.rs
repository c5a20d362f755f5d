//! Trakt clients that use the account in a config.yml.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clock::Clock;
use collections::fetch::Fetcher;
use secrecy::ExposeSecret;
use trakt::{
    Application, Client, ClientBuilder, Endpoints, Error, MemoryTokenStore, RetryPolicy, TokenStore,
};

use super::grants::{self, Failure};
use super::{CatchUp, ConfigStore};
use crate::config::Config;

/// How long a run waits when Trakt limits the rate. Trakt's short rate limits end within this time.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// Retries of a request. A source that is unavailable for longer fails in this run; its collections keep their
/// contents.
const RETRIES: RetryPolicy = RetryPolicy {
    attempts: 3,
    first_pause: Duration::from_millis(500),
    longest_pause: Duration::from_secs(5),
};

/// A client for an application, with the pair in `store`.
pub(crate) fn client_of(
    id: &str,
    secret: Option<&str>,
    config: &Config,
    clock: Arc<dyn Clock>,
    store: Arc<dyn TokenStore>,
) -> ClientBuilder {
    let mut application = Application::new(id, concat!("Kinometa/", env!("CARGO_PKG_VERSION")));
    if let Some(secret) = secret.filter(|secret| !secret.is_empty()) {
        application = application.secret(secret);
    }
    let endpoints = Endpoints { api: config.trakt_api_url.clone(), auth: config.trakt_auth_url.clone() };
    Client::builder(application).endpoints(endpoints).clock(clock).token_store(store)
}

/// Explains why Trakt may reject a token pair that was valid, and what to do.
pub(crate) const REJECTION_HINT: &str = "Trakt takes each refresh token once. This one may have been spent by another program, or by a renewal that was \
                     cut off before Trakt's answer was saved; or the application was removed on Trakt's website. A new \
                     authorization puts it right.";

/// The account of a config.yml in a run.
pub(crate) struct Account {
    store: Arc<ConfigStore>,
    /// Whether the user was already told that the file contains an outdated pair.
    reported_outdated: bool,
}

impl Account {
    /// After a run, reports a pair that Trakt rejected, or that was renewed but could not be written to the file.
    pub(crate) async fn finish(&self, fetcher: &Fetcher, report: &mut (dyn FnMut(String) + Send)) {
        if fetcher.account_rejected() {
            report(rejected_message(self.store.path()));
        }
        if !self.reported_outdated
            && self.store.write_error().is_some()
            && let Err(failure) = catch_up(&self.store, report).await
        {
            report(failure.to_string());
        }
    }
}

/// Explains what works without the account.
const WITHOUT_ACCOUNT: &str = "Until then charts and public lists are read without the account, and nothing is removed \
                               for want of the others.";

/// The message for a token pair that Trakt rejected, with advice.
pub(crate) fn rejected_message(path: &Path) -> String {
    let path = path.display();
    format!(
        "Trakt no longer accepts the authorization in {path}. {REJECTION_HINT} Run `kinometa trakt auth --config {path}`, or \
         authorize the file under Settings → Tools. {WITHOUT_ACCOUNT}"
    )
}

/// A fetcher that uses the token pair in config.yml. The pair is renewed when due, and saved in the file. Without
/// a pair, or when Trakt rejects it, charts and public lists are still read. A dry run ignores `force_refresh`.
/// Messages for the user are passed to `report`.
pub(crate) async fn fetcher(
    path: &Path,
    config: &Config,
    clock: &Arc<dyn Clock>,
    dry_run: bool,
    report: &mut (dyn FnMut(String) + Send),
) -> Result<(Fetcher, Account), Failure> {
    let store = Arc::new(ConfigStore::open(path, config)?);
    let reported_outdated = catch_up(&store, report).await?;
    let block = store.trakt()?;
    for finding in store.findings()? {
        report(finding.to_string());
    }
    let id = block.client_id.as_ref().map(|id| id.expose_secret().trim()).filter(|id| !id.is_empty());
    let id = id.ok_or("trakt.client_id is missing: register an application at https://developer.trakt.tv and put its Client ID there")?;
    let secret = block.client_secret.as_ref().map(|secret| secret.expose_secret().trim());
    let client = |store| {
        client_of(id, secret, config, clock.clone(), store).retries(RETRIES).max_wait(MAX_WAIT).build()
    };
    let public = client(Arc::new(MemoryTokenStore::new()))?;
    let account = client(store.clone())?;
    let file_account = Account { store: store.clone(), reported_outdated };
    if store.load().await?.is_none() {
        if let Some(pin) = &block.pin {
            store.probe().await?;
            match grants::exchange(&account, pin.expose_secret(), "the PIN in the file").await {
                Ok(token) => {
                    account.connect(token).await.map_err(grants::reason)?;
                    return Ok((Fetcher::new(Some(account), public), file_account));
                }
                // The user can still run `kinometa trakt auth`; charts and public lists need no account.
                Err(failure) => {
                    report(failure.to_string());
                    report(WITHOUT_ACCOUNT.to_owned());
                }
            }
        }
        return Ok((Fetcher::new(None, public), file_account));
    }
    if block.force_refresh && !dry_run {
        // If the renewal fails, the existing pair may still be valid.
        if let Err(error) = renew(&account, &store).await {
            let error = grants::reason(error);
            report(format!(
                "force_refresh: the pair could not be renewed ({error}); the one in the file is used"
            ));
        }
    }
    Ok((Fetcher::new(Some(account), public), file_account))
}

/// Renews the pair, whatever its age. The file is read again under the lock, so that a pair that another program
/// has renewed meanwhile is not used twice. The new pair is saved before it is used.
pub(crate) async fn renew(client: &Client, store: &Arc<ConfigStore>) -> Result<(), Error> {
    let _lock = store.lock().await.map_err(Error::TokenStore)?;
    store.probe().await.map_err(Error::TokenStore)?;
    let current = store.load().await.map_err(Error::TokenStore)?.ok_or(Error::NotConnected)?;
    let fresh = client.auth().refresh(&current).await?;
    store.store(&fresh).await.map_err(Error::TokenStore)
}

/// Completes unfinished writes to the file and reports them. Returns whether the file still contains an outdated
/// pair, which is reported in every run.
pub(crate) async fn catch_up(
    store: &ConfigStore,
    report: &mut (dyn FnMut(String) + Send),
) -> Result<bool, Failure> {
    match store.finish_unfinished() {
        Ok(None) => {}
        Ok(Some(done)) => report(done),
        // Until it succeeds, the pair in the recovery copy is used.
        Err(failure) => report(failure.to_string()),
    }
    let mut is_outdated = false;
    match store.catch_up().await? {
        None => {}
        Some(CatchUp::Written) => report(format!(
            "The pair that was kept in Kinometa's database is written to {} now.",
            store.path().display()
        )),
        Some(CatchUp::NotWritten { reason }) => {
            is_outdated = true;
            report(outdated_message(store.path(), &reason));
        }
    }
    Ok(is_outdated)
}

/// The message for a file whose token pair is outdated; only Kinometa has the valid one.
pub(crate) fn outdated_message(path: &Path, reason: &str) -> String {
    format!(
        "{} is behind: its pair was renewed, and the new one could not be written. Kinometa goes on with the new one, \
         which it keeps in its database; Kometa cannot use the old one any more. {reason}",
        path.display()
    )
}

//! Manages an account's token pair: reads it, renews it once for all callers, and never loses it.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Mutex;

use super::renewal::{RenewalDecision, decide};
use crate::error::{Error, LostBecause, Remedy, Result};
use crate::token::{StoreError, Token, TokenStore};
use clock::after;

/// How long to wait before the next renewal after a temporary failure.
const RETRY_RENEWAL_AFTER: Duration = Duration::from_secs(60);

/// Whether the token store works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreHealth {
    /// It works.
    Good,
    /// It could not store a new pair, so the old one was not renewed. Calls continue until the old pair expires.
    NotWritable(String),
    /// Trakt issued a new pair and the store failed to save it: it exists only in memory and is lost when the program
    /// ends. Every later call tries to store it again.
    PairUnsaved(String),
}

/// What is known about the account's connection.
struct Known {
    loaded: bool,
    token: Option<Token>,
    /// A pair that Trakt has rejected: never tried again.
    rejected: Option<(Token, LostBecause)>,
    /// The latest renewal, if it failed temporarily.
    failed: Option<FailedRenewal>,
    health: StoreHealth,
}

/// A renewal that failed and is not tried again for a while.
struct FailedRenewal {
    at: DateTime<Utc>,
    until: DateTime<Utc>,
    cause: Arc<Error>,
}

impl FailedRenewal {
    /// If the clock was set back to before the failure, the wait ends: it must not last longer than intended.
    fn is_in_force(&self, now: DateTime<Utc>) -> bool {
        (self.at..self.until).contains(&now)
    }

    fn error(&self) -> Error {
        match *self.cause {
            Error::ApplicationNotAllowed { status } => Error::ApplicationNotAllowed { status },
            _ => Error::RenewalFailed { until: self.until, cause: self.cause.clone() },
        }
    }
}

impl Known {
    /// Why no renewal is tried at `now`, if none is.
    fn waiting(&self, now: DateTime<Utc>) -> Option<Error> {
        self.failed.as_ref().filter(|failed| failed.is_in_force(now)).map(FailedRenewal::error)
    }

    /// Fails if Trakt has rejected this pair: it is not tried again.
    fn check_not_rejected(&self, token: &Token) -> Result<()> {
        match &self.rejected {
            Some((rejected, because)) if rejected.same_pair(token) => Err(Error::Reconnect(*because)),
            _ => Ok(()),
        }
    }
}

pub(super) struct Tokens {
    store: Arc<dyn TokenStore>,
    fraction: f64,
    known: Mutex<Known>,
    /// Held while a refresh is under way, so that there is only one.
    refreshing: Mutex<()>,
}

/// Redeems a refresh token; the implementor knows the hosts and keys.
pub(super) trait Redeem: Clone + Send + Sync + 'static {
    fn redeem(&self, token: &Token) -> impl Future<Output = Result<Token>> + Send;
}

impl Tokens {
    pub(super) fn new(store: Arc<dyn TokenStore>, fraction: f64) -> Self {
        let known =
            Known { loaded: false, token: None, rejected: None, failed: None, health: StoreHealth::Good };
        Self { store, fraction, known: Mutex::new(known), refreshing: Mutex::new(()) }
    }

    pub(super) async fn health(&self) -> StoreHealth {
        self.known.lock().await.health.clone()
    }

    /// The pair in use, read from the store the first time.
    pub(super) async fn current(&self) -> Result<Option<Token>> {
        let mut known = self.known.lock().await;
        if !known.loaded || known.token.is_none() || known.rejected.is_some() {
            self.reread(&mut known).await?;
        }
        Ok(known.token.clone())
    }

    /// Stores a pair that the user has just granted.
    pub(super) async fn connect(&self, token: Token) -> Result<()> {
        let _exclusive = self.refreshing.lock().await;
        self.store.store(&token).await.map_err(Error::TokenStore)?;
        let mut known = self.known.lock().await;
        *known = Known {
            loaded: true,
            token: Some(token),
            rejected: None,
            failed: None,
            health: StoreHealth::Good,
        };
        Ok(())
    }

    /// Deletes the pair here and in the store.
    pub(super) async fn disconnect(&self) -> Result<()> {
        let _exclusive = self.refreshing.lock().await;
        self.store.clear().await.map_err(Error::TokenStore)?;
        let mut known = self.known.lock().await;
        (known.token, known.rejected, known.health) = (None, None, StoreHealth::Good);
        Ok(())
    }

    /// A token for calls at `now`, renewed first if due.
    pub(super) async fn access(self: &Arc<Self>, now: DateTime<Utc>, redeem: &impl Redeem) -> Result<Token> {
        let token = self.usable().await?;
        let waiting = self.known.lock().await.waiting(now).is_some();
        match (decide(&token, self.fraction, now), waiting) {
            (RenewalDecision::Use, _) | (RenewalDecision::RenewIfPossible, true) => Ok(token),
            (RenewalDecision::RenewIfPossible, false) => match self.renew(&token, now, redeem).await {
                Err(error) if !is_final(&error) => {
                    tracing::warn!(%error, "the Trakt token could not be renewed yet; the old one still works");
                    Ok(token)
                }
                renewed => renewed,
            },
            (RenewalDecision::Renew, _) => self.renew(&token, now, redeem).await,
        }
    }

    /// A new token in place of `stale`, which Trakt rejected with 401.
    pub(super) async fn renew_refused(
        self: &Arc<Self>,
        stale: &Token,
        now: DateTime<Utc>,
        redeem: &impl Redeem,
    ) -> Result<Token> {
        match self.renew(stale, now, redeem).await {
            Err(Error::Reconnect(LostBecause::RefreshRefused)) if now < stale.expires_at() => {
                self.mark_rejected(stale, LostBecause::RevokedEarly).await;
                Err(Error::Reconnect(LostBecause::RevokedEarly))
            }
            renewed => renewed,
        }
    }

    /// A new token in place of `stale`, which is too old.
    ///
    /// Runs as a separate task: if the caller is dropped meanwhile, the only copy of the new pair must survive.
    async fn renew(
        self: &Arc<Self>,
        stale: &Token,
        now: DateTime<Utc>,
        redeem: &impl Redeem,
    ) -> Result<Token> {
        let (tokens, stale, redeem) = (self.clone(), stale.clone(), redeem.clone());
        let task = tokio::spawn(async move { tokens.renew_exclusively(&stale, now, &redeem).await });
        task.await.unwrap_or(Err(Error::Setup("the program ended while the token was renewed")))
    }

    /// Marks a freshly renewed pair as rejected: no call tries it again.
    pub(super) async fn mark_rejected(&self, token: &Token, because: LostBecause) {
        let mut known = self.known.lock().await;
        if known.token.as_ref().is_some_and(|current| current.same_pair(token)) {
            known.rejected = Some((token.clone(), because));
        }
    }

    /// The current pair, unless Trakt is known to reject it.
    async fn usable(&self) -> Result<Token> {
        self.save_unsaved().await;
        let token = self.current().await?.ok_or(Error::NotConnected)?;
        self.known.lock().await.check_not_rejected(&token)?;
        Ok(token)
    }

    /// Single-flight: a second caller gets the pair, or the failure, of the first.
    async fn renew_exclusively(
        &self,
        stale: &Token,
        now: DateTime<Utc>,
        redeem: &impl Redeem,
    ) -> Result<Token> {
        let _exclusive = self.refreshing.lock().await;
        if let Some(newer) = self.newer_than(stale).await? {
            return Ok(newer);
        }
        let known = self.known.lock().await;
        known.check_not_rejected(stale)?;
        if let Some(error) = known.waiting(now) {
            return Err(error);
        }
        drop(known);
        let _guard = match self.lock_store().await {
            Ok(guard) => guard,
            Err(error) => return Err(self.report_unwritable(error).await),
        };
        if let Some(newer) = self.newer_than(stale).await? {
            return Ok(newer);
        }
        match redeem.redeem(stale).await {
            Ok(fresh) => {
                self.save(&fresh).await;
                Ok(fresh)
            }
            Err(Error::Reconnect(because)) => match self.newer_than(stale).await? {
                Some(newer) => Ok(newer),
                None => {
                    self.mark_rejected(stale, because).await;
                    Err(Error::Reconnect(because))
                }
            },
            Err(error) => Err(self.note_failure(error, now).await),
        }
    }

    /// Allows the next call to renew the token, however recently a renewal failed.
    pub(super) async fn end_pause(&self) {
        self.known.lock().await.failed = None;
    }

    /// Remembers a failed renewal, so that not every call repeats it.
    async fn note_failure(&self, error: Error, now: DateTime<Utc>) -> Error {
        let earliest = after(now, RETRY_RENEWAL_AFTER);
        let until = match error.remedy() {
            Remedy::Wait { until, .. } => until.max(earliest),
            _ => earliest,
        };
        let failed = FailedRenewal { at: now, until, cause: Arc::new(error) };
        let error = failed.error();
        self.known.lock().await.failed = Some(failed);
        error
    }

    /// Stores a new pair before anything can use it. If the store fails, the pair stays in memory: Trakt has
    /// invalidated the old one, so it is the only valid pair.
    async fn save(&self, fresh: &Token) {
        let mut known = self.known.lock().await;
        known.health = match self.store.store(fresh).await {
            Ok(()) => StoreHealth::Good,
            Err(error) => {
                tracing::error!(
                    %error,
                    "Trakt renewed the token but it could not be stored: it is in memory only, and a restart will \
                     disconnect the account. Make the token store writable."
                );
                StoreHealth::PairUnsaved(error.to_string())
            }
        };
        (known.token, known.loaded, known.rejected, known.failed) = (Some(fresh.clone()), true, None, None);
    }

    /// Tries again to store a pair that exists only in memory.
    async fn save_unsaved(&self) {
        let mut known = self.known.lock().await;
        if let (StoreHealth::PairUnsaved(_), Some(token)) = (&known.health, &known.token)
            && self.store.store(token).await.is_ok()
        {
            tracing::info!("the renewed Trakt token is now saved");
            known.health = StoreHealth::Good;
        }
    }

    /// The pair that has replaced `stale` meanwhile, in this process or in the store.
    async fn newer_than(&self, stale: &Token) -> Result<Option<Token>> {
        let mut known = self.known.lock().await;
        if let Some(token) = known.token.as_ref().filter(|token| !token.same_pair(stale)) {
            return Ok(Some(token.clone()));
        }
        self.reread(&mut known).await?;
        match &known.token {
            None => Err(Error::NotConnected),
            Some(token) if token.same_pair(stale) => Ok(None),
            Some(token) => Ok(Some(token.clone())),
        }
    }

    /// Reads the store again. A pair that could not be stored is newer than the stored one.
    async fn reread(&self, known: &mut Known) -> Result<()> {
        if matches!(known.health, StoreHealth::PairUnsaved(_)) {
            return Ok(());
        }
        known.token = self.store.load().await.map_err(Error::TokenStore)?;
        known.loaded = true;
        Ok(())
    }

    /// Locks out other processes and makes sure that a new pair could be stored.
    async fn lock_store(&self) -> Result<Box<dyn Any + Send>, StoreError> {
        let guard = self.store.lock().await?;
        self.store.probe().await?;
        Ok(guard)
    }

    /// Records that the store cannot be written, and logs it once.
    async fn report_unwritable(&self, error: StoreError) -> Error {
        let mut known = self.known.lock().await;
        if !matches!(known.health, StoreHealth::NotWritable(_)) {
            tracing::error!(
                %error,
                "the Trakt token store cannot be written: the token is not renewed until it can"
            );
        }
        known.health = StoreHealth::NotWritable(error.to_string());
        Error::TokenStore(error)
    }
}

/// Whether waiting is pointless, so that using the old pair would only hide the problem.
fn is_final(error: &Error) -> bool {
    matches!(error, Error::Reconnect(_) | Error::NotConnected | Error::ApplicationNotAllowed { .. })
}

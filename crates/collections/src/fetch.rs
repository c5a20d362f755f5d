//! Reads sources from Trakt, each once per run.

mod address;
mod keys;
mod own_list;
mod read;

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use kometa::collections::{DynamicSource, FoundKey};
use serde::{Deserialize, Serialize};
use trakt::Client;

use crate::entry::Entry;
use crate::failure::Failure;
use crate::source::{Need, Needs, Source};

/// The contents of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// The entries, in the order of the source.
    pub entries: Vec<Entry>,
    /// How many entries could not be read. The source may then contain titles that are not in `entries`.
    pub unreadable: usize,
    /// The description of the list, if requested and available.
    pub description: Option<String>,
    /// When the source was read from Trakt.
    pub at: DateTime<Utc>,
}

/// The results of all sources of a run, or why they could not be read.
pub type Sources = HashMap<Source, Result<Fetched, Failure>>;

/// Stores the results of earlier runs, for `cache_builders`.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The last stored result of a source.
    async fn load(&self, source: &Source) -> Option<Fetched>;
    /// Stores a result. Failing to do so is not an error: the source is then requested again.
    async fn store(&self, source: &Source, fetched: &Fetched);
}

/// Reads from Trakt: with the account, if one is authorized, otherwise only public data.
pub struct Fetcher {
    account: Option<Client>,
    public: Client,
    /// Whether Trakt rejected the token pair of the account in this run.
    account_rejected: bool,
    /// The slugs of the account's lists; `None` until they have been read.
    own_lists: Option<Vec<String>>,
    /// For each list of the account, the target whose collection it is synced with in this run.
    list_targets: HashMap<String, String>,
    /// Sources that this run has already read. A run with two targets reads each source once.
    read: HashMap<Source, ReadSource>,
    /// Keys of dynamic collections that this run has already read.
    keys: HashMap<DynamicSource, ReadKeys>,
}

/// What was needed of a source, when the run began, and the result.
type ReadSource = (Need, DateTime<Utc>, Result<Fetched, Failure>);

/// When the run began, and the keys of a dynamic definition.
type ReadKeys = (DateTime<Utc>, Result<Vec<FoundKey>, Failure>);

impl Fetcher {
    /// `account` is a client with the token pair from config.yml, `public` is one without a token.
    pub fn new(account: Option<Client>, public: Client) -> Self {
        Self {
            account,
            public,
            account_rejected: false,
            own_lists: None,
            list_targets: HashMap::new(),
            read: HashMap::new(),
            keys: HashMap::new(),
        }
    }

    /// Reads all sources. `on_progress` is called before each source with the number of finished sources, the total,
    /// and the source.
    ///
    /// After a failure that affects all sources, the remaining ones are not requested and fail for the same reason.
    pub async fn fetch(
        &mut self,
        needs: &Needs,
        cache: &dyn Cache,
        now: DateTime<Utc>,
        on_progress: &mut (dyn FnMut(usize, usize, &Source) + Send),
    ) -> Sources {
        let mut sources = Sources::new();
        let mut general_failure: Option<Failure> = None;
        for (done, (source, need)) in needs.iter().enumerate() {
            on_progress(done, needs.len(), source);
            let read = self.read.get(source).filter(|(earlier, at, _)| *at == now && covers(earlier, need));
            if let Some((.., result)) = read {
                sources.insert(source.clone(), result.clone());
                continue;
            }
            if let Some(fetched) = cached(cache, source, need, now).await {
                sources.insert(source.clone(), Ok(fetched));
                continue;
            }
            let result = match &general_failure {
                Some(failure) => Err(failure.clone()),
                None => self.read_source(source, need, now).await,
            };
            match &result {
                Ok(fetched) => cache.store(source, fetched).await,
                Err(failure) if failure.affects_all_sources() => general_failure = Some(failure.clone()),
                Err(_) => {}
            }
            self.read.insert(source.clone(), (*need, now, result.clone()));
            sources.insert(source.clone(), result);
        }
        sources
    }

    /// The keys of a dynamic definition, one for each collection that it generates. A run, which began at `now`,
    /// requests them once.
    ///
    /// # Errors
    /// [`Failure`] of the first list that could not be read: the keys are complete or an error.
    pub async fn keys(
        &mut self,
        source: &DynamicSource,
        now: DateTime<Utc>,
    ) -> Result<Vec<FoundKey>, Failure> {
        if let Some((_, keys)) = self.keys.get(source).filter(|(at, _)| *at == now) {
            return keys.clone();
        }
        let keys = self.read_keys(source).await;
        self.keys.insert(source.clone(), (now, keys.clone()));
        keys
    }

    /// Whether Trakt rejected the account's token pair in this run.
    pub fn account_rejected(&self) -> bool {
        self.account_rejected
    }

    async fn read_keys(&mut self, source: &DynamicSource) -> Result<Vec<FoundKey>, Failure> {
        let needs_account = source.needs_account();
        match keys::read(&self.client(needs_account)?, source).await {
            Err(Failure::AuthorizationRejected) => {
                keys::read(&self.client_without_account(needs_account)?, source).await
            }
            other => other,
        }
    }

    async fn read_source(
        &mut self,
        source: &Source,
        need: &Need,
        now: DateTime<Utc>,
    ) -> Result<Fetched, Failure> {
        let needs_account = source.needs_account();
        match read::read(&self.client(needs_account)?, source, need, now).await {
            Err(Failure::AuthorizationRejected) => {
                read::read(&self.client_without_account(needs_account)?, source, need, now).await
            }
            other => other,
        }
    }

    /// Called when Trakt has rejected the account, which is then not used again in this run. Public data is still
    /// read without it.
    fn client_without_account(&mut self, needs_account: bool) -> Result<Client, Failure> {
        self.account_rejected = true;
        if needs_account { Err(Failure::AuthorizationRejected) } else { Ok(self.public.clone()) }
    }

    fn client(&self, needs_account: bool) -> Result<Client, Failure> {
        match (&self.account, needs_account, self.account_rejected) {
            (Some(client), _, false) => Ok(client.clone()),
            (_, false, _) => Ok(self.public.clone()),
            (Some(_), true, true) => Err(Failure::AuthorizationRejected),
            (None, true, _) => Err(Failure::NeedsAccount),
        }
    }
}

/// Whether a result that was read for an earlier need also satisfies another.
fn covers(earlier: &Need, need: &Need) -> bool {
    let enough = earlier.limit == 0 || need.limit != 0 && need.limit <= earlier.limit;
    enough && (earlier.description || !need.description)
}

/// A cached result of an earlier run that is recent and complete enough.
async fn cached(cache: &dyn Cache, source: &Source, need: &Need, now: DateTime<Utc>) -> Option<Fetched> {
    if need.max_age_days <= 0 {
        return None;
    }
    let fetched = cache.load(source).await?;
    let fresh = now - fetched.at < Duration::days(need.max_age_days) && fetched.at <= now;
    let described = !need.description || fetched.description.is_some();
    (fresh && described && fetched.entries.len() >= need.limit).then_some(fetched)
}

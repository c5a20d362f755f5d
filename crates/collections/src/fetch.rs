//! Reading sources from Trakt, each once per run.

mod address;
mod keys;
mod own_list;
mod read;

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use kometa::collections::{Asks, FoundKey};
use serde::{Deserialize, Serialize};
use trakt::Client;

use crate::entry::Entry;
use crate::failure::Failure;
use crate::source::{Need, Needs, Source};

/// The contents of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// How many entries could not be read: the source may then contain more than is known.
    pub unreadable: usize,
    /// Its description, if requested and available.
    pub description: Option<String>,
    /// When it was read from Trakt.
    pub at: DateTime<Utc>,
}

/// What was read in a run, or why reading failed.
pub type Sources = HashMap<Source, Result<Fetched, Failure>>;

/// Results of earlier runs, for `cache_builders`.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The last result of a source.
    async fn load(&self, source: &Source) -> Option<Fetched>;
    /// Stores a result. A failure only costs another request.
    async fn keep(&self, source: &Source, fetched: &Fetched);
}

/// Reads from Trakt with the account if there is one, otherwise only public data.
pub struct Fetcher {
    account: Option<Client>,
    public: Client,
    lost: bool,
    /// The slugs of the account's lists, once they have been read.
    own_lists: Option<Vec<String>>,
    /// The target whose collection each of the account's lists was synced with.
    synced: HashMap<String, String>,
    /// What this run has already read: a run with two targets reads Trakt once.
    read: HashMap<Source, Read>,
    /// The same for dynamic definitions.
    asked: HashMap<Asks, Asked>,
}

/// What was read in a run, for what, and when the run began.
type Read = (Need, DateTime<Utc>, Result<Fetched, Failure>);

/// What a dynamic definition found, and when the run began.
type Asked = (DateTime<Utc>, Result<Vec<FoundKey>, Failure>);

impl Fetcher {
    /// `account` has the token pair of config.yml, `public` has none.
    pub fn new(account: Option<Client>, public: Client) -> Self {
        Self {
            account,
            public,
            lost: false,
            own_lists: None,
            synced: HashMap::new(),
            read: HashMap::new(),
            asked: HashMap::new(),
        }
    }

    /// Reads all sources. `told` receives the progress: the number of finished sources, and the total.
    ///
    /// A cause that affects every source ends the reading: the others are not requested and fail for the same cause.
    pub async fn fetch(
        &mut self,
        needs: &Needs,
        cache: &dyn Cache,
        now: DateTime<Utc>,
        told: &mut (dyn FnMut(usize, usize, &Source) + Send),
    ) -> Sources {
        let mut sources = Sources::new();
        let mut ended: Option<Failure> = None;
        for (done, (source, need)) in needs.iter().enumerate() {
            told(done, needs.len(), source);
            let known = self.read.get(source).filter(|(had, at, _)| *at == now && covers(had, need));
            if let Some((.., known)) = known {
                sources.insert(source.clone(), known.clone());
                continue;
            }
            if let Some(fetched) = cached(cache, source, need, now).await {
                sources.insert(source.clone(), Ok(fetched));
                continue;
            }
            let result = match &ended {
                Some(cause) => Err(cause.clone()),
                None => self.source(source, need, now).await,
            };
            match &result {
                Ok(fetched) => cache.keep(source, fetched).await,
                Err(failure) if failure.is_for_all() => ended = Some(failure.clone()),
                Err(_) => {}
            }
            self.read.insert(source.clone(), (*need, now, result.clone()));
            sources.insert(source.clone(), result);
        }
        sources
    }

    /// The collections of a dynamic definition, complete or an error. A run, which began at `now`, requests them once.
    ///
    /// # Errors
    /// [`Failure`] of the first list that could not be read.
    pub async fn keys(&mut self, asks: &Asks, now: DateTime<Utc>) -> Result<Vec<FoundKey>, Failure> {
        if let Some((_, known)) = self.asked.get(asks).filter(|(at, _)| *at == now) {
            return known.clone();
        }
        let keys = self.ask(asks).await;
        self.asked.insert(asks.clone(), (now, keys.clone()));
        keys
    }

    /// Whether Trakt rejected the account's token pair in this run.
    pub fn account_is_lost(&self) -> bool {
        self.lost
    }

    async fn ask(&mut self, asks: &Asks) -> Result<Vec<FoundKey>, Failure> {
        let needs_account = asks.needs_account();
        match keys::asked(&self.client(needs_account)?, asks).await {
            Err(Failure::AccountLost) => keys::asked(&self.lose_account(needs_account)?, asks).await,
            other => other,
        }
    }

    async fn source(&mut self, source: &Source, need: &Need, now: DateTime<Utc>) -> Result<Fetched, Failure> {
        let needs_account = source.needs_account();
        match read::read(&self.client(needs_account)?, source, need, now).await {
            Err(Failure::AccountLost) => {
                read::read(&self.lose_account(needs_account)?, source, need, now).await
            }
            other => other,
        }
    }

    /// Trakt has rejected the account, so it is not used again in this run. Public data is still read without it.
    fn lose_account(&mut self, needs_account: bool) -> Result<Client, Failure> {
        self.lost = true;
        if needs_account { Err(Failure::AccountLost) } else { Ok(self.public.clone()) }
    }

    fn client(&self, needs_account: bool) -> Result<Client, Failure> {
        match (&self.account, needs_account, self.lost) {
            (Some(client), _, false) => Ok(client.clone()),
            (_, false, _) => Ok(self.public.clone()),
            (Some(_), true, true) => Err(Failure::AccountLost),
            (None, true, _) => Err(Failure::NeedsAccount),
        }
    }
}

/// Whether what was read for one need also satisfies another.
fn covers(had: &Need, need: &Need) -> bool {
    let enough = had.first == 0 || need.first != 0 && need.first <= had.first;
    enough && (had.description || !need.description)
}

async fn cached(cache: &dyn Cache, source: &Source, need: &Need, now: DateTime<Utc>) -> Option<Fetched> {
    if need.days <= 0 {
        return None;
    }
    let fetched = cache.load(source).await?;
    let fresh = now - fetched.at < Duration::days(need.days) && fetched.at <= now;
    let described = !need.description || fetched.description.is_some();
    (fresh && described && fetched.entries.len() >= need.first).then_some(fetched)
}

//! The whole state and common operations on it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::access::{Access, Token};
use super::listing::List;
use super::social::{Comment, Follow};
use super::user::User;
use crate::catalogue::random::Random;
use crate::catalogue::{Catalogue, CatalogueOptions};
use crate::clock::Clock;
use crate::codes;
use crate::config::{Config, SecondApplication};
use crate::faults::Faults;
use crate::item::Item;
use crate::limits::Limiter;
use crate::message::Request;
use crate::words::Titles;

/// The ID of the first play; history IDs on Trakt are large.
const FIRST_ID: u64 = 10_000_000_000;
/// The ID of the first list and list item, which Trakt counts separately from plays.
const FIRST_LIST_ID: u64 = 30_000_000;

/// A write that is applied after its client has given up.
pub(crate) struct Late {
    pub due: DateTime<Utc>,
    pub request: Request,
    /// The username identified by the token, checked when the request arrived.
    pub caller: Option<String>,
}

/// The whole state behind one lock: a request takes microseconds and sees a consistent state.
pub(crate) struct Store {
    pub config: Config,
    pub clock: Clock,
    pub options: CatalogueOptions,
    pub catalogue: Arc<Catalogue>,
    /// The catalogue's titles, prepared for searching.
    pub titles: Titles,
    /// Base URL of images, without a trailing slash.
    pub base_url: Arc<str>,
    /// Base URL of OAuth and the activation page; the same unless each host has its own port.
    pub auth_url: Arc<str>,
    pub access: Access,
    /// By lowercase username.
    pub users: BTreeMap<String, User>,
    pub lists: Vec<List>,
    pub follows: Vec<Follow>,
    /// Oldest first.
    pub comments: Vec<Comment>,
    /// Kinds of IDs that are temporarily hidden, like TheTVDB's in November 2025.
    pub hidden_ids: Vec<String>,
    /// Titles that were edited since the catalogue was generated.
    pub edited: BTreeMap<Item, DateTime<Utc>>,
    pub faults: Faults,
    /// Writes whose clients have given up, to be applied later.
    pub late: Vec<Late>,
    pub limiter: Limiter,
    pub random: Random,
    pub next_id: u64,
    pub next_list_id: u64,
}

impl Store {
    pub(crate) fn new(config: Config, clock: Clock, options: CatalogueOptions, base_url: &str) -> Self {
        let catalogue = Arc::new(Catalogue::generate(&options));
        Self {
            config,
            clock,
            titles: Titles::of(&catalogue),
            catalogue,
            base_url: base_url.into(),
            auth_url: base_url.into(),
            access: Access::default(),
            users: BTreeMap::new(),
            lists: Vec::new(),
            follows: Vec::new(),
            comments: Vec::new(),
            hidden_ids: Vec::new(),
            edited: BTreeMap::new(),
            faults: Faults::default(),
            late: Vec::new(),
            limiter: Limiter::default(),
            random: Random::stream(options.seed, 0x7472_616b),
            next_id: FIRST_ID,
            next_list_id: FIRST_LIST_ID,
            options,
        }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Reserves `count` history (and resume point) IDs; returns the first.
    pub(crate) fn take_ids(&mut self, count: usize) -> u64 {
        let first = self.next_id;
        self.next_id += count as u64;
        first
    }

    /// Reserves `count` list item (or list) IDs; returns the first.
    pub(crate) fn take_list_ids(&mut self, count: usize) -> u64 {
        let first = self.next_list_id;
        self.next_list_id += count as u64;
        first
    }

    /// Returns a user by username or slug.
    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        let name = name.to_lowercase();
        self.users.get(&name).or_else(|| self.users.values().find(|user| user.slug() == name))
    }

    pub(crate) fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        let key = self.user(name)?.username.to_lowercase();
        self.users.get_mut(&key)
    }

    /// Returns whether a user cannot approve an application because the account has reached its limit of
    /// connected applications (Trakt's rule since July 2026).
    pub(crate) fn refuses_connection(&self, username: &str, client_id: &str) -> bool {
        self.config.second_application == SecondApplication::Refused
            && !self.surplus_applications(username, client_id).is_empty()
    }

    /// Issues a token pair for a user and an application. Applications beyond the account's limit lose their tokens.
    pub(crate) fn issue_token(&mut self, username: &str, client_id: &str) -> Token {
        if self.config.second_application == SecondApplication::RevokesFirst {
            for surplus in self.surplus_applications(username, client_id) {
                self.access.disconnect(username, &surplus);
            }
        }
        let pair = (codes::hex(&mut self.random, 64), codes::hex(&mut self.random, 64));
        let (now, life) = (self.now(), self.config.token_seconds);
        self.access.issue(pair, (username, client_id), now, life)
    }

    /// Returns the connected applications, oldest first, that would exceed the account's limit if this one were
    /// connected.
    fn surplus_applications(&self, username: &str, client_id: &str) -> Vec<String> {
        let mut others = self.access.other_applications(username, client_id);
        let limit = self.user(username).map_or(usize::MAX, |user| user.limits(&self.config).applications);
        others.truncate((others.len() + 1).saturating_sub(limit));
        others
    }
}

//! The whole state and what every part of the simulator asks of it.

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

/// The id of the first play; history ids are large on Trakt.
const FIRST_ID: u64 = 10_000_000_000;
/// The id of the first list and list item, which Trakt counts separately from plays.
const FIRST_LIST_ID: u64 = 30_000_000;

/// A write that is applied after its client gave up.
pub(crate) struct Late {
    pub due: DateTime<Utc>,
    pub request: Request,
    /// The username behind the token, checked when the request came in.
    pub caller: Option<String>,
}

/// The whole state, behind one lock: a request is answered in microseconds and sees a consistent state.
pub(crate) struct Store {
    pub config: Config,
    pub clock: Clock,
    pub options: CatalogueOptions,
    pub catalogue: Arc<Catalogue>,
    /// The catalogue's titles, ready for the search.
    pub titles: Titles,
    /// Where images are served, without a slash at the end.
    pub base_url: Arc<str>,
    /// Where OAuth and the activation page are served; the same unless each host has a port.
    pub auth_url: Arc<str>,
    pub access: Access,
    /// By lower-case username.
    pub users: BTreeMap<String, User>,
    pub lists: Vec<List>,
    pub follows: Vec<Follow>,
    /// The oldest first.
    pub comments: Vec<Comment>,
    /// Id spaces that are hidden for a while, as TheTVDB's were in November 2025.
    pub hidden_ids: Vec<String>,
    /// Titles that were edited since the catalogue was made.
    pub edited: BTreeMap<Item, DateTime<Utc>>,
    pub faults: Faults,
    /// Writes whose client gave up, to be applied later.
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

    /// `count` fresh history (and resume point) ids; returns the first.
    pub(crate) fn take_ids(&mut self, count: usize) -> u64 {
        let first = self.next_id;
        self.next_id += count as u64;
        first
    }

    /// `count` fresh list item (or list) ids; returns the first.
    pub(crate) fn take_list_ids(&mut self, count: usize) -> u64 {
        let first = self.next_list_id;
        self.next_list_id += count as u64;
        first
    }

    /// A person by username or slug.
    pub(crate) fn user(&self, name: &str) -> Option<&User> {
        let name = name.to_lowercase();
        self.users.get(&name).or_else(|| self.users.values().find(|user| user.slug() == name))
    }

    pub(crate) fn user_mut(&mut self, name: &str) -> Option<&mut User> {
        let key = self.user(name)?.username.to_lowercase();
        self.users.get_mut(&key)
    }

    /// Whether a person may not approve an application: an account can connect only so many (July 2026).
    pub(crate) fn refuses_connection(&self, username: &str, client_id: &str) -> bool {
        self.config.second_application == SecondApplication::Refused
            && !self.surplus_applications(username, client_id).is_empty()
    }

    /// A fresh token pair for a person and an application. Applications beyond the account's limit lose their tokens.
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

    /// Connected applications, the oldest first, that exceed the limit together with this one.
    fn surplus_applications(&self, username: &str, client_id: &str) -> Vec<String> {
        let mut others = self.access.other_applications(username, client_id);
        let room = self.user(username).map_or(usize::MAX, |user| user.limits(&self.config).applications);
        others.truncate((others.len() + 1).saturating_sub(room));
        others
    }
}

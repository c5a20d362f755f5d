//! The state as a file: written and read by `--state` and `/_sim/state`.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::listing::List;
use super::social::{Comment, Follow};
use super::store::Store;
use super::user::User;
use crate::catalogue::{Catalogue, CatalogueOptions};
use crate::clock::Clock;
use crate::config::Config;
use crate::item::Item;
use crate::words::Titles;

/// The seed, and everything that cannot be recreated from it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub seed: u64,
    pub movies: usize,
    pub shows: usize,
    pub today: NaiveDate,
    pub now: DateTime<Utc>,
    pub frozen: bool,
    pub config: Config,
    pub access: Access,
    pub users: BTreeMap<String, User>,
    pub lists: Vec<List>,
    #[serde(default)]
    pub follows: Vec<Follow>,
    #[serde(default)]
    pub comments: Vec<Comment>,
    #[serde(default)]
    pub edited: BTreeMap<Item, DateTime<Utc>>,
    pub next_id: u64,
    pub next_list_id: u64,
}

impl Store {
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            seed: self.options.seed,
            movies: self.options.movies,
            shows: self.options.shows,
            today: self.options.today,
            now: self.now(),
            frozen: self.clock.is_frozen(),
            config: self.config.clone(),
            access: self.access.clone(),
            users: self.users.clone(),
            lists: self.lists.clone(),
            follows: self.follows.clone(),
            comments: self.comments.clone(),
            edited: self.edited.clone(),
            next_id: self.next_id,
            next_list_id: self.next_list_id,
        }
    }

    /// Replaces the state. A frozen clock is restored; a running one keeps the current time.
    pub(crate) fn restore(&mut self, snapshot: Snapshot) {
        let options = CatalogueOptions {
            seed: snapshot.seed,
            movies: snapshot.movies,
            shows: snapshot.shows,
            today: snapshot.today,
        };
        if options != self.options {
            self.catalogue = Catalogue::generate(&options).into();
            self.titles = Titles::of(&self.catalogue);
            self.options = options;
        }
        if snapshot.frozen {
            self.clock = Clock::frozen_at(snapshot.now);
        }
        self.config = snapshot.config;
        self.access = snapshot.access;
        self.users = snapshot.users;
        self.lists = snapshot.lists;
        self.follows = snapshot.follows;
        self.comments = snapshot.comments;
        self.edited = snapshot.edited;
        self.next_id = snapshot.next_id;
        self.next_list_id = snapshot.next_list_id;
    }
}

//! The state of the server. Data that Plex derives (child counts, collection tags of items, orders) is also derived
//! here.

mod collections;
mod models;
mod smart;

use std::collections::{BTreeMap, HashMap};

use crate::faults::Faults;
use crate::random::Random;

pub(crate) use collections::{hub_identifier, move_within};
pub use models::{Agent, Collection, Hub, Images, Item, Kind, Members, Playlist, Section};
pub(crate) use smart::{has_label, label_key};

/// When the server starts: 21 November 2026, 12:00 UTC, in seconds since 1970.
const START: i64 = 1_795_262_400;

/// The whole server.
pub(crate) struct Store {
    pub machine: String,
    pub name: String,
    pub sections: Vec<Section>,
    pub items: BTreeMap<u64, Item>,
    pub collections: BTreeMap<u64, Collection>,
    pub playlists: BTreeMap<u64, Playlist>,
    /// Whether every response is 503.
    pub maintenance: bool,
    /// Whether new members are ordered by rating key instead of their order in the request.
    pub adds_by_key: bool,
    pub faults: Faults,
    pub random: Random,
    next_key: u64,
    now: i64,
}

/// Why a request was rejected: HTTP status and title.
pub(crate) type Rejection = (u16, &'static str);

impl Store {
    pub(crate) fn new(name: String, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let machine = format!("{:016x}{:016x}{:08x}", random.next(), random.next(), random.next() >> 32);
        Self {
            machine,
            name,
            sections: Vec::new(),
            items: BTreeMap::new(),
            collections: BTreeMap::new(),
            playlists: BTreeMap::new(),
            maintenance: false,
            adds_by_key: false,
            faults: Faults::default(),
            random,
            next_key: 1,
            now: START,
        }
    }

    pub(crate) fn take_key(&mut self) -> u64 {
        let key = self.next_key;
        self.next_key += 1;
        key
    }

    /// Advances the clock by one second for a write, and returns the time in seconds since 1970.
    pub(crate) fn tick(&mut self) -> i64 {
        self.now += 1;
        self.now
    }

    pub(crate) fn section(&self, key: u64) -> Option<&Section> {
        self.sections.iter().find(|section| section.key == key)
    }

    pub(crate) fn section_mut(&mut self, key: u64) -> Option<&mut Section> {
        self.sections.iter_mut().find(|section| section.key == key)
    }

    /// The items of one kind in a section, in the order in which Plex lists them: by their titles for sorting.
    pub(crate) fn items_of_kind(&self, section: u64, kind: Kind) -> Vec<&Item> {
        let mut items: Vec<&Item> =
            self.items.values().filter(|item| item.section == section && item.kind == kind).collect();
        items.sort_by_cached_key(|item| (item.title_sort.to_lowercase(), item.key));
        items
    }

    /// The direct children of a show or season, in order.
    pub(crate) fn children(&self, parent: u64) -> Vec<&Item> {
        let mut children: Vec<&Item> =
            self.items.values().filter(|item| item.parent == Some(parent)).collect();
        children.sort_by_key(|item| item.index);
        children
    }

    /// The names of the collections that each item is in.
    pub(crate) fn collection_tags(&self) -> HashMap<u64, Vec<String>> {
        let mut tags: HashMap<u64, Vec<String>> = HashMap::new();
        for collection in self.collections.values() {
            let Members::Listed(members) = &collection.members else { continue };
            for member in members {
                tags.entry(*member).or_default().push(collection.title.clone());
            }
        }
        tags
    }

    /// The show of a season or episode.
    pub(crate) fn show_of(&self, item: &Item) -> Option<&Item> {
        let parent = self.items.get(&item.parent?)?;
        match parent.kind {
            Kind::Season => self.items.get(&parent.parent?),
            _ => Some(parent),
        }
    }
}

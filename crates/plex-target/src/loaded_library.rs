//! A library and what was read from it during a run.

use std::collections::HashMap;

use collections::entry::{Ids, Kind};
use collections::plan::Member;
use collections::target::HubOrder;
use plex::models::{Item, Kind as PlexKind};
use plex::target::{Existing, Library};

use crate::hubs;

/// A library, its items, and those of its collections that were read.
#[derive(Debug)]
pub(crate) struct LoadedLibrary {
    pub(crate) library: Library,
    /// The items in the form that plans use, by rating key.
    pub(crate) members: HashMap<u64, Member>,
    /// The kinds of the items, by rating key.
    pub(crate) kinds: HashMap<u64, PlexKind>,
    /// Collections that were read (`None` if they do not exist), by lower-case name.
    pub(crate) existing: HashMap<String, Option<Existing>>,
    /// Collections with a `hub_priority`: rating key and priority.
    pub(crate) hub_priorities: Vec<(u64, usize)>,
    /// Messages to report once the library is done.
    pub(crate) notes: Vec<String>,
}

impl LoadedLibrary {
    pub(crate) fn new(library: Library) -> Self {
        Self {
            library,
            members: HashMap::new(),
            kinds: HashMap::new(),
            existing: HashMap::new(),
            hub_priorities: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A collection by its name, ignoring case. It is read only once.
    pub(crate) async fn existing(&mut self, name: &str) -> plex::Result<Option<&Existing>> {
        let key = name.to_lowercase();
        if !self.existing.contains_key(&key) {
            let read = self.library.existing(name).await?;
            self.existing.insert(key.clone(), read);
        }
        Ok(self.existing.get(&key).and_then(Option::as_ref))
    }

    /// Like [`Self::existing`], but removes the collection from what is known, because it is about to be changed.
    pub(crate) async fn take(&mut self, name: &str) -> plex::Result<Option<Existing>> {
        self.existing(name).await?;
        Ok(self.existing.remove(&name.to_lowercase()).flatten())
    }

    /// Moves the hubs of collections to their positions, and returns the number of calls, actual or planned.
    pub(crate) async fn order_hubs(&mut self, order: Option<&HubOrder>) -> plex::Result<usize> {
        let priorities = std::mem::take(&mut self.hub_priorities);
        let sorted = match order {
            Some(order) => hubs::sorted(&self.library, order).await?,
            None if priorities.is_empty() => return Ok(0),
            None => Vec::new(),
        };
        self.library.order_hubs(&sorted, &priorities).await
    }

    /// An item in the form that plans use. An item that was added to the library after it was read has no ids.
    pub(crate) fn member(&self, item: &Item) -> Member {
        self.members.get(&item.key).cloned().unwrap_or_else(|| Member {
            key: i64::try_from(item.key).unwrap_or(i64::MAX),
            kind: crate::contents::kind(item).unwrap_or(Kind::Movie),
            title: item.title.clone(),
            year: item.year,
            ids: Ids::default(),
        })
    }
}

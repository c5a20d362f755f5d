//! The known state of one library during a run.

use std::collections::HashMap;

use collections::entry::{Ids, Kind};
use collections::plan::Member;
use collections::target::Rows;
use plex::models::{Item, Kind as PlexKind};
use plex::target::{Existing, Library};

use crate::rows;

/// A library, its items and the collections that were read.
#[derive(Debug)]
pub(crate) struct Shelf {
    pub(crate) library: Library,
    /// Members by rating key, for the plans.
    pub(crate) members: HashMap<u64, Member>,
    /// What the items are.
    pub(crate) kinds: HashMap<u64, PlexKind>,
    /// Collections that were read, by folded name.
    pub(crate) existing: HashMap<String, Option<Existing>>,
    /// The places of rows: collection and priority.
    pub(crate) rows: Vec<(u64, usize)>,
    /// Messages to report once the library is done.
    pub(crate) notes: Vec<String>,
}

impl Shelf {
    pub(crate) fn new(library: Library) -> Self {
        Self {
            library,
            members: HashMap::new(),
            kinds: HashMap::new(),
            existing: HashMap::new(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// A collection, which is read once.
    pub(crate) async fn existing(&mut self, name: &str) -> plex::Result<Option<&Existing>> {
        let key = name.to_lowercase();
        if !self.existing.contains_key(&key) {
            let read = self.library.existing(name).await?;
            self.existing.insert(key.clone(), read);
        }
        Ok(self.existing.get(&key).and_then(Option::as_ref))
    }

    /// Takes what was read of a collection, in order to change it.
    pub(crate) async fn take(&mut self, name: &str) -> plex::Result<Option<Existing>> {
        self.existing(name).await?;
        Ok(self.existing.remove(&name.to_lowercase()).flatten())
    }

    /// Moves the rows of collections to their positions, and returns how many calls that took, or would take.
    pub(crate) async fn order_rows(&mut self, rows: Option<&Rows>) -> plex::Result<usize> {
        let priorities = std::mem::take(&mut self.rows);
        let sorted = match rows {
            Some(rows) => rows::sorted(&self.library, rows).await?,
            None if priorities.is_empty() => return Ok(0),
            None => Vec::new(),
        };
        self.library.order_rows(&sorted, &priorities).await
    }

    /// An item as a member in plans. The ids of items added meanwhile are unknown.
    pub(crate) fn member(&self, item: &Item) -> Member {
        self.members.get(&item.key).cloned().unwrap_or_else(|| Member {
            key: i64::try_from(item.key).unwrap_or(i64::MAX),
            kind: crate::view::kind(item).unwrap_or(Kind::Movie),
            title: item.title.clone(),
            year: item.year,
            ids: Ids::default(),
        })
    }
}

//! Ordered collections of items: the watchlist, favourites and personal lists.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::item::Item;

/// An item on a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Listed {
    pub id: u64,
    pub item: Item,
    pub listed_at: DateTime<Utc>,
    pub notes: Option<String>,
}

/// Items ordered by rank, and when the order or the members last changed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Listing {
    pub items: Vec<Listed>,
    pub updated_at: DateTime<Utc>,
    /// The sort order chosen by the owner of a watchlist or favourites: field, and `asc` or `desc`. `None` is by rank.
    #[serde(default)]
    pub sort: Option<(String, String)>,
}

impl Listing {
    pub(crate) fn new(now: DateTime<Utc>) -> Self {
        Self { items: Vec::new(), updated_at: now, sort: None }
    }

    pub(crate) fn has(&self, item: Item) -> bool {
        self.items.iter().any(|listed| listed.item == item)
    }

    /// Removes an item; returns `false` if it was not in the list.
    pub(crate) fn remove(&mut self, item: Item, now: DateTime<Utc>) -> bool {
        let before = self.items.len();
        self.items.retain(|listed| listed.item != item);
        let removed = self.items.len() < before;
        if removed {
            self.updated_at = now;
        }
        removed
    }

    /// Moves the items with these IDs to the beginning, in this order. Returns the IDs that are not in the list.
    pub(crate) fn reorder(&mut self, ids: &[u64], now: DateTime<Utc>) -> Vec<u64> {
        let (known, skipped): (Vec<u64>, Vec<u64>) =
            ids.iter().partition(|id| self.items.iter().any(|listed| listed.id == **id));
        self.items.sort_by_key(|listed| known.iter().position(|id| *id == listed.id).unwrap_or(usize::MAX));
        self.updated_at = now;
        skipped
    }
}

/// Who may see a list.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Privacy {
    #[default]
    Private,
    Link,
    Friends,
    Public,
}

/// A personal or official list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct List {
    pub id: u64,
    pub slug: String,
    /// The owner's username; `None` for an official list.
    pub owner: Option<String>,
    pub name: String,
    pub description: Option<String>,
    pub privacy: Privacy,
    pub display_numbers: bool,
    pub allow_comments: bool,
    pub sort_by: String,
    pub sort_how: String,
    pub created_at: DateTime<Utc>,
    pub listing: Listing,
    /// People on the list, by their Trakt numbers. They are counted, but only sent if people are requested.
    #[serde(default)]
    pub people: std::collections::BTreeSet<u64>,
    /// Usernames and when they liked it.
    pub likes: Vec<(String, DateTime<Utc>)>,
}

/// A list that Trakt fills automatically.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SmartList {
    pub id: u64,
    pub slug: String,
    pub name: String,
    pub privacy: String,
    pub source: String,
    pub media_type: String,
    pub filters: serde_json::Value,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

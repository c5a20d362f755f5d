//! The watchlist and the favorites: two lists of the account with the same calls.

use std::fmt;

use reqwest::Method;
use serde_json::json;

use super::{MediaType, Sync, own};
use crate::client::Call;
use crate::error::Result;
use crate::models::{
    Added, EntryChange, Items, ListEntry, ListItemId, Noted, Plain, Removed, Reordered, SortBy, SortHow,
};
use crate::request::Paged;

/// One of the account's two built-in lists.
#[derive(Clone)]
pub struct SavedItems {
    sync: Sync,
    name: &'static str,
}

impl fmt::Debug for SavedItems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SavedItems").field(&self.name).finish()
    }
}

/// A requested order.
pub type SavedSort = (SortBy, SortHow);

impl Sync {
    /// The watchlist.
    pub fn watchlist(&self) -> SavedItems {
        SavedItems { sync: self.clone(), name: "watchlist" }
    }

    /// The favorites (movies and shows).
    pub fn favorites(&self) -> SavedItems {
        SavedItems { sync: self.clone(), name: "favorites" }
    }
}

impl SavedItems {
    /// The entries, by rank.
    pub fn items(&self, kind: MediaType) -> Paged<ListEntry> {
        self.sorted(kind, (SortBy::Rank, SortHow::Ascending))
    }

    /// The entries in another order.
    pub fn sorted(&self, kind: MediaType, (by, how): SavedSort) -> Paged<ListEntry> {
        let path = ["sync", self.name, kind.as_str(), by.as_str(), how.as_str()];
        Paged::new(&self.sync.client, own(path))
    }

    /// Adds items.
    pub async fn add(&self, items: &Items<Noted>) -> Result<Added> {
        self.sync.add(self.name, items).await
    }

    /// Removes items.
    pub async fn remove(&self, items: &Items<Plain>) -> Result<Removed> {
        self.sync.remove(self.name, items).await
    }

    /// Reorders the entries; those not listed follow.
    pub async fn reorder(&self, order: &[ListItemId]) -> Result<Reordered> {
        let call = Call::post(["sync", self.name, "reorder"]).json(&json!({ "rank": order }))?;
        Ok(self.sync.client.send(&call).await?.body)
    }

    /// Changes the notes or the position of one entry.
    pub async fn change_entry(&self, entry: ListItemId, change: &EntryChange) -> Result<()> {
        let call = Call::write(Method::PUT, ["sync", self.name, &entry.to_string()]).json(change)?;
        self.sync.client.run(&call).await
    }
}

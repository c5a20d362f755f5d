//! Lists in which one unreadable item does not make the others unreadable.

use std::ops::Deref;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Items, and those that could not be read. Derefs to the items.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing<T> {
    /// The items that could be read.
    pub items: Vec<T>,
    /// The items that could not be read.
    pub unreadable: Vec<UnreadableItem>,
}

/// An item that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct UnreadableItem {
    /// Its index in the received list, from 0.
    pub index: usize,
    /// What was wrong.
    pub reason: String,
    /// The item as Trakt sent it.
    pub raw: Value,
}

impl<T: DeserializeOwned> Listing<T> {
    pub(crate) fn read(values: Vec<Value>) -> Self {
        let mut listing = Self { items: Vec::with_capacity(values.len()), unreadable: Vec::new() };
        for (index, raw) in values.into_iter().enumerate() {
            match T::deserialize(&raw) {
                Ok(item) => listing.items.push(item),
                Err(error) => {
                    tracing::warn!(index, %error, "trakt: an item of a list could not be read");
                    listing.unreadable.push(UnreadableItem { index, reason: error.to_string(), raw });
                }
            }
        }
        listing
    }
}

impl<T> Deref for Listing<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<T> IntoIterator for Listing<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Listing<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Listing<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Value>::deserialize(deserializer).map(Self::read)
    }
}

//! One library of a Plex server: read once, then updated collection by collection.

mod apply;
mod rows;

use std::collections::HashMap;

use super::memory::Memory;
use super::report::Outcome;
use super::steps::{Owner, owner};
use crate::client::Client;
use crate::error::Result;
use crate::matching::Index;
use crate::models::{Collection, Hub, Item, Kind, Section, Server};

/// A library with the data that was read at the start of a run.
#[derive(Debug)]
pub struct Library {
    client: Client,
    server: Server,
    section: Section,
    items: Vec<Item>,
    index: Index,
    collections: Vec<Collection>,
    /// The indexes of collections by case-folded name.
    names: HashMap<String, Vec<usize>>,
    hubs: Vec<Hub>,
}

/// An existing collection, for plans.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    /// The collection.
    pub collection: Collection,
    /// Its owner.
    pub owner: Owner,
    /// Its members in display order.
    pub members: Vec<Item>,
}

impl Library {
    /// Reads a library: its titles with their ids, its collections and its rows.
    ///
    /// # Errors
    /// Those of [`Client::section`], and any that prevent it from being read completely.
    pub async fn load(client: &Client, name: &str) -> Result<Self> {
        let server = client.server().await?;
        let section = client.section(name).await?;
        let items = client.items(&section, section.kind.unwrap_or(Kind::Movie)).await?;
        let collections = client.collections(&section).await?;
        let hubs = client.hubs(&section).await?;
        let index = Index::of(&items);
        let names = names(&collections);
        Ok(Self { client: client.clone(), server, section, items, index, collections, names, hubs })
    }

    /// The library.
    pub fn section(&self) -> &Section {
        &self.section
    }

    /// The server.
    pub fn server(&self) -> &Server {
        &self.server
    }

    /// Its movies or shows.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Its movies or shows by their ids.
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// The seasons or episodes of its shows.
    ///
    /// # Errors
    /// If they cannot be read completely.
    pub async fn parts(&self, kind: Kind) -> Result<Vec<Item>> {
        self.client.items(&self.section, kind).await
    }

    /// The client it was read with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether a collection is managed here or by Kometa, or its creation was interrupted here.
    pub fn is_ours(&self, existing: &Existing, memory: &Memory) -> bool {
        let members: Vec<u64> = existing.members.iter().map(|item| item.key).collect();
        existing.owner != Owner::Somebody
            || memory.is_making(&self.scope(), &existing.collection.title, &members)
    }

    /// Its collections at the start.
    pub fn collections(&self) -> &[Collection] {
        &self.collections
    }

    /// A collection with its members, by name, ignoring case: two GETs.
    ///
    /// # Errors
    /// [`crate::Error::Ambiguous`] if several differ only in case.
    pub async fn existing(&self, title: &str) -> Result<Option<Existing>> {
        let Some(known) = self.find(title)? else { return Ok(None) };
        let collection = self.client.collection(known.key).await?;
        let members = self.client.members(known.key).await?;
        Ok(Some(Existing { owner: owner(&collection.labels), collection, members }))
    }

    /// Deletes a collection that is managed here or by Kometa. Its members stay in the library.
    ///
    /// # Errors
    /// If a call fails.
    pub async fn delete(&mut self, title: &str) -> Result<Outcome> {
        let Some(known) = self.find(title)? else { return Ok(Outcome::Unchanged) };
        let collection = self.client.collection(known.key).await?;
        match owner(&collection.labels) {
            Owner::Somebody => Ok(Outcome::HandMade),
            Owner::Ours | Owner::Kometas => self.drop(collection.key).await,
        }
    }

    /// Deletes a collection regardless of its owner, after the user has confirmed it. Its members stay in the library.
    ///
    /// # Errors
    /// If a call fails.
    pub async fn delete_anybodys(&mut self, title: &str) -> Result<Outcome> {
        match self.find(title)?.map(|known| known.key) {
            Some(key) => self.drop(key).await,
            None => Ok(Outcome::Unchanged),
        }
    }

    async fn drop(&mut self, key: u64) -> Result<Outcome> {
        if !self.client.is_dry_run() {
            self.client.delete_collection(key).await?;
            self.collections.retain(|known| known.key != key);
            self.names = names(&self.collections);
        }
        Ok(Outcome::Modified)
    }

    fn find(&self, title: &str) -> Result<Option<&Collection>> {
        let places = self.names.get(&title.to_lowercase());
        let named = places.into_iter().flatten().map(|place| &self.collections[*place]);
        crate::endpoints::choose(named, title)
    }

    fn scope(&self) -> String {
        format!("{}/{}", self.server.machine_identifier, self.section.uuid)
    }

    fn place(&self, collection: u64, kind: &str) -> String {
        format!("{}/{collection}/{kind}", self.scope())
    }
}

fn names(collections: &[Collection]) -> HashMap<String, Vec<usize>> {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (place, known) in collections.iter().enumerate() {
        names.entry(known.title.to_lowercase()).or_default().push(place);
    }
    names
}

//! A library of a Plex server, which is read once and then updated one collection at a time.

mod apply;
mod hubs;

use std::collections::HashMap;

use super::memory::Memory;
use super::report::Outcome;
use super::steps::{Owner, owner};
use crate::client::Client;
use crate::error::Result;
use crate::matching::Index;
use crate::models::{Collection, Hub, Item, Kind, Section, Server};

/// A library, with the data that was read at the start of a run.
#[derive(Debug)]
pub struct Library {
    client: Client,
    server: Server,
    section: Section,
    items: Vec<Item>,
    index: Index,
    collections: Vec<Collection>,
    /// Indexes into `collections`, by lower-case name.
    names: HashMap<String, Vec<usize>>,
    hubs: Vec<Hub>,
}

/// An existing collection with its members.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    /// The collection.
    pub collection: Collection,
    /// Who created it.
    pub owner: Owner,
    /// Its members in display order.
    pub members: Vec<Item>,
}

impl Library {
    /// Reads a library: its titles with their ids, its collections and its hubs.
    ///
    /// # Errors
    /// Those of [`Client::section`], and those of calls that fail.
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
    /// If a call fails, or the list cannot be read completely.
    pub async fn parts(&self, kind: Kind) -> Result<Vec<Item>> {
        self.client.items(&self.section, kind).await
    }

    /// The client with which the library was read.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether a collection is managed by Kinometa or Kometa. This includes one whose creation by Kinometa was
    /// interrupted before it got its label.
    pub fn is_managed(&self, existing: &Existing, memory: &Memory) -> bool {
        let members: Vec<u64> = existing.members.iter().map(|item| item.key).collect();
        existing.owner != Owner::Other
            || memory.is_creating(&self.scope(), &existing.collection.title, &members)
    }

    /// Its collections at the start of the run.
    pub fn collections(&self) -> &[Collection] {
        &self.collections
    }

    /// Reads a collection with its members by its name, ignoring case. Sends two GETs.
    ///
    /// # Errors
    /// [`crate::Error::Ambiguous`] if the names of several collections differ only in case, or if a call fails.
    pub async fn existing(&self, title: &str) -> Result<Option<Existing>> {
        let Some(known) = self.find(title)? else { return Ok(None) };
        let collection = self.client.collection(known.key).await?;
        let members = self.client.members(known.key).await?;
        Ok(Some(Existing { owner: owner(&collection.labels), collection, members }))
    }

    /// Deletes a collection that is managed by Kinometa or Kometa. Its members stay in the library.
    ///
    /// # Errors
    /// If a call fails.
    pub async fn delete(&mut self, title: &str) -> Result<Outcome> {
        let Some(known) = self.find(title)? else { return Ok(Outcome::Unchanged) };
        let collection = self.client.collection(known.key).await?;
        match owner(&collection.labels) {
            Owner::Other => Ok(Outcome::ManuallyCreated),
            Owner::Kinometa | Owner::Kometa => self.drop(collection.key).await,
        }
    }

    /// Deletes a collection regardless of its owner. Its members stay in the library.
    ///
    /// # Errors
    /// If a call fails.
    pub async fn delete_any(&mut self, title: &str) -> Result<Outcome> {
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
        let indexes = self.names.get(&title.to_lowercase());
        let named = indexes.into_iter().flatten().map(|at| &self.collections[*at]);
        crate::endpoints::find_by_title(named, title)
    }

    /// The key of this library in the memory.
    fn scope(&self) -> String {
        format!("{}/{}", self.server.machine_identifier, self.section.uuid)
    }

    /// The key of an image of a collection in the memory.
    fn image_key(&self, collection: u64, kind: &str) -> String {
        format!("{}/{collection}/{kind}", self.scope())
    }
}

fn names(collections: &[Collection]) -> HashMap<String, Vec<usize>> {
    let mut names: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, known) in collections.iter().enumerate() {
        names.entry(known.title.to_lowercase()).or_default().push(at);
    }
    names
}

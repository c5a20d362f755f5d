//! One library of a Plex server: read once, then collection by collection.

mod rows;

use std::collections::{HashMap, HashSet};

use super::desired::{Desired, Members};
use super::memory::Memory;
use super::report::{Outcome, Report};
use super::steps::{Held, Owner, Step, order, owner, steps};
use crate::client::Client;
use crate::endpoints::{Edit, Picture};
use crate::error::{Error, Result};
use crate::matching::Index;
use crate::models::{Collection, Hub, Item, Kind, Section, Server};

/// A library with what was read of it at the beginning of a run.
#[derive(Debug)]
pub struct Library {
    client: Client,
    server: Server,
    section: Section,
    items: Vec<Item>,
    index: Index,
    collections: Vec<Collection>,
    /// Where the collections of a name without case stand among them.
    names: HashMap<String, Vec<usize>>,
    hubs: Vec<Hub>,
}

/// A collection that is there, for plans.
#[derive(Debug, Clone, PartialEq)]
pub struct Existing {
    /// The collection.
    pub collection: Collection,
    /// Who keeps it.
    pub owner: Owner,
    /// Its members in the order that is shown.
    pub members: Vec<Item>,
}

impl Library {
    /// Reads a library: its titles with their ids, its collections and its rows.
    ///
    /// # Errors
    /// Those of [`Client::section`], and whatever keeps it from being read completely.
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
    /// When they cannot be read completely.
    pub async fn parts(&self, kind: Kind) -> Result<Vec<Item>> {
        self.client.items(&self.section, kind).await
    }

    /// The client that it was read with.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether a collection is kept here or by Kometa, or its making was cut off here.
    pub fn is_ours(&self, existing: &Existing, memory: &Memory) -> bool {
        let members: Vec<u64> = existing.members.iter().map(|item| item.key).collect();
        existing.owner != Owner::Somebody
            || memory.is_making(&self.scope(), &existing.collection.title, &members)
    }

    /// Its collections as they were at the beginning.
    pub fn collections(&self) -> &[Collection] {
        &self.collections
    }

    /// A collection by its name, without case, with its members: two GETs.
    ///
    /// # Errors
    /// [`Error::Ambiguous`] when several differ in case only.
    pub async fn existing(&self, title: &str) -> Result<Option<Existing>> {
        let Some(known) = self.find(title)? else { return Ok(None) };
        let collection = self.client.collection(known.key).await?;
        let members = self.client.members(known.key).await?;
        Ok(Some(Existing { owner: owner(&collection.labels), collection, members }))
    }

    /// Brings a collection to the wanted state. With a dry-run client it only says what it would do.
    ///
    /// # Errors
    /// When a call fails. What was done until then stays, and the next run goes on from there;
    /// [`Error::ends_library`] says whether others may still succeed.
    pub async fn apply(&mut self, desired: &Desired, memory: &mut Memory) -> Result<Report> {
        let existing = self.existing(&desired.title).await?;
        self.apply_to(existing, desired, memory).await
    }

    /// The same for whoever has read the collection already, to make a plan. Then one that is as it should be costs no
    /// further call.
    ///
    /// # Errors
    /// Those of [`Library::apply`].
    pub async fn apply_to(
        &mut self,
        existing: Option<Existing>,
        desired: &Desired,
        memory: &mut Memory,
    ) -> Result<Report> {
        let scope = self.scope();
        if let Some(existing) = existing {
            return self.update(existing, desired, memory, &scope).await;
        }
        let first = match &desired.members {
            Members::Listed(keys) if keys.is_empty() && desired.blank => Step::Make,
            Members::Listed(keys) if keys.is_empty() => return Ok(Report::nothing(Outcome::Empty, None)),
            Members::Listed(keys) => Step::Add(keys.clone()),
            Members::Smart(filter) => Step::Filter(filter.clone()),
        };
        if self.client.is_dry_run() {
            return Ok(Report::foreseen(desired, first));
        }
        memory.begin(&scope, desired)?;
        match &desired.members {
            Members::Listed(keys) if keys.is_empty() => {
                let (machine, section) = (&self.server.machine_identifier, &self.section);
                self.client.create_empty_collection(machine, section, desired.kind, &desired.title).await?;
            }
            Members::Listed(keys) => {
                self.client.add_to_collection(&self.section, desired.kind, &desired.title, keys).await?;
            }
            Members::Smart(filter) => {
                let (machine, section) = (&self.server.machine_identifier, &self.section);
                self.client
                    .create_smart_collection(machine, section, desired.kind, &desired.title, filter)
                    .await?;
            }
        }
        if let Some(made) = self.client.find_collection(&self.section, &desired.title).await? {
            self.names.entry(made.title.to_lowercase()).or_default().push(self.collections.len());
            self.collections.push(made);
        }
        match self.existing(&desired.title).await? {
            Some(existing) => {
                let mut report = self.update(existing, desired, memory, &scope).await?;
                report.outcome = Outcome::Created;
                report.steps.insert(0, first);
                Ok(report)
            }
            None => Err(Error::NotFound(format!("the collection {:?} that was just made", desired.title))),
        }
    }

    async fn update(
        &mut self,
        existing: Existing,
        desired: &Desired,
        memory: &mut Memory,
        scope: &str,
    ) -> Result<Report> {
        let key = existing.collection.key;
        if !self.is_ours(&existing, memory) && !desired.adopt {
            return Ok(Report::nothing(Outcome::HandMade, Some(key)));
        }
        if existing.collection.smart != matches!(desired.members, Members::Smart(_)) {
            return Ok(Report::nothing(Outcome::OtherKind, Some(key)));
        }
        let held = self.held(existing, desired, memory);
        let mut steps = steps(&held, desired);
        if !self.client.is_dry_run() {
            for step in &mut steps {
                self.carry_out(&held, desired, step, memory).await?;
            }
            // The label is on it now, and says the same.
            memory.made(scope, &desired.title)?;
        }
        steps.retain(|step| step.calls() > 0);
        let outcome = if steps.is_empty() { Outcome::Unchanged } else { Outcome::Modified };
        Ok(Report { outcome, key: Some(key), steps })
    }

    fn held(&self, existing: Existing, desired: &Desired, memory: &Memory) -> Held {
        let collection = existing.collection;
        let sent = |kind: &str, picture: &Option<Picture>, shown: &Option<String>| {
            let place = self.place(collection.key, kind);
            shown.is_some() && picture.as_ref().is_some_and(|picture| memory.was_sent(&place, picture))
        };
        Held {
            members: existing.members.iter().map(|item| item.key).collect(),
            hub: self.row(collection.key).cloned(),
            poster_sent: sent("poster", &desired.poster, &collection.poster),
            background_sent: sent("background", &desired.background, &collection.background),
            collection,
        }
    }

    async fn carry_out(
        &mut self,
        held: &Held,
        desired: &Desired,
        step: &mut Step,
        memory: &mut Memory,
    ) -> Result<()> {
        let (client, section) = (&self.client, &self.section);
        let (key, title) = (held.collection.key, &held.collection.title);
        match step {
            Step::Edit(edit) => client.edit_collection(section, key, edit).await,
            Step::RemoveLabels(labels) => {
                let edit = Edit::new().remove_labels(labels.iter().cloned());
                client.edit_collection(section, key, &edit).await
            }
            // The first step of one that is not there yet.
            Step::Make => Ok(()),
            Step::Add(keys) => client.add_to_collection(section, desired.kind, title, keys).await,
            Step::Remove(keys) => client.remove_from_collection(section, desired.kind, title, keys).await,
            Step::Filter(filter) => {
                client.set_filter(&self.server.machine_identifier, section, desired.kind, key, filter).await
            }
            Step::Prefs(mode, sort) => client.set_collection_prefs(key, *mode, *sort).await,
            Step::Order(foreseen) => {
                *foreseen = order(&self.shown(held, desired).await?, desired);
                for step in foreseen {
                    self.client.move_member(key, step.item, step.after).await?;
                }
                Ok(())
            }
            Step::Poster(picture) => {
                client.upload_poster(key, picture).await?;
                memory.sent(self.place(key, "poster"), picture)
            }
            Step::Background(picture) => {
                client.upload_background(key, picture).await?;
                memory.sent(self.place(key, "background"), picture)
            }
            Step::Show(library, home, shared) => {
                let places = (*library, *home, *shared);
                client.show_collection(section, key, places).await?;
                self.remember_row(key, title, places);
                Ok(())
            }
        }
    }

    /// The order that Plex shows now. It is known unless members came in or another sort was set.
    async fn shown(&self, held: &Held, desired: &Desired) -> Result<Vec<u64>> {
        let here: HashSet<u64> = held.members.iter().copied().collect();
        let known = |key: &u64| here.contains(key);
        let same_sort = desired.sort.is_none_or(|sort| sort == held.collection.sort);
        match &desired.members {
            Members::Listed(wanted) if same_sort && wanted.iter().all(known) => Ok(held.members.clone()),
            _ => {
                let members = self.client.members(held.collection.key).await?;
                Ok(members.into_iter().map(|item| item.key).collect())
            }
        }
    }

    /// Deletes a collection that is kept here, or by Kometa. Its members stay in the library.
    ///
    /// # Errors
    /// When a call fails.
    pub async fn delete(&mut self, title: &str) -> Result<Outcome> {
        let Some(known) = self.find(title)? else { return Ok(Outcome::Unchanged) };
        let collection = self.client.collection(known.key).await?;
        if owner(&collection.labels) == Owner::Somebody {
            return Ok(Outcome::HandMade);
        }
        if !self.client.is_dry_run() {
            self.client.delete_collection(collection.key).await?;
            self.collections.retain(|known| known.key != collection.key);
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

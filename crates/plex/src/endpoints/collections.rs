//! Collections. In Plex, membership is a tag on the items.

use super::uri;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::models::{Collection, Item, Kind, Mode, Section, Sort};
use crate::query::{Query, comma_separated, encode};

/// The number of items added or removed per call.
pub const BATCH: usize = 100;

/// Plex's number for collections: `type=` in queries.
pub(super) const COLLECTION: u8 = 18;

impl Client {
    /// All collections of a library.
    pub async fn collections(&self, section: &Section) -> Result<Vec<Collection>> {
        self.collections_named(section, None).await
    }

    /// The collection with exactly this name, otherwise the only one whose name differs in case.
    ///
    /// # Errors
    /// [`Error::Ambiguous`] if the names of several collections differ in case, or if the call fails.
    pub async fn find_collection(&self, section: &Section, name: &str) -> Result<Option<Collection>> {
        let found = self.collections_named(section, Some(name)).await?;
        find_by_title(&found, name).map(Option::<&Collection>::cloned)
    }

    /// The collections that have a label, ignoring case.
    pub async fn collections_with_label(&self, section: &Section, label: &str) -> Result<Vec<Collection>> {
        let Some(key) = self.find_label_key(section, COLLECTION, label).await? else { return Ok(Vec::new()) };
        let path = format!("/library/sections/{}/all", section.key);
        let query = Query::new().with("label", key).with("type", COLLECTION);
        self.read_all(&path, query, Collection::all_of, |collection| collection.key).await
    }

    async fn collections_named(&self, section: &Section, name: Option<&str>) -> Result<Vec<Collection>> {
        let path = format!("/library/sections/{}/all", section.key);
        let mut query = Query::new().flag("includeGuids", true).with("type", COLLECTION);
        if let Some(name) = name {
            query = query.with("title", name);
        }
        self.read_all(&path, query, Collection::all_of, |collection| collection.key).await
    }

    /// A collection with all details.
    pub async fn collection(&self, key: u64) -> Result<Collection> {
        let path = format!("/library/collections/{key}");
        let root = self.get(&path, Query::new()).await?;
        Collection::all_of(&root).into_iter().next().ok_or(Error::NotFound(path))
    }

    /// The members of a collection in display order.
    pub async fn members(&self, key: u64) -> Result<Vec<Item>> {
        let path = format!("/library/collections/{key}/children");
        self.read_all(&path, Query::new().flag("includeGuids", true), Item::all_of, |item| item.key).await
    }

    /// Adds items to the collection with exactly this name, creating it if necessary: one call for each [`BATCH`].
    pub async fn add_to_collection(
        &self,
        section: &Section,
        kind: Kind,
        title: &str,
        keys: &[u64],
    ) -> Result<()> {
        for batch in keys.chunks(BATCH) {
            let query = Query::new()
                .flag("collection.locked", true)
                .with("collection[0].tag.tag", title)
                .with("id", comma_separated(batch))
                .with("type", kind.number());
            self.put(&format!("/library/sections/{}/all", section.key), query).await?;
        }
        Ok(())
    }

    /// Removes items from the collection with exactly this name. Plex deletes a collection with its last member.
    pub async fn remove_from_collection(
        &self,
        section: &Section,
        kind: Kind,
        title: &str,
        keys: &[u64],
    ) -> Result<()> {
        for batch in keys.chunks(BATCH) {
            // Plex parses the value as a list of encoded names, so the name is encoded once more. Otherwise, a comma
            // would split it.
            let query = Query::new()
                .flag("collection.locked", true)
                .with("collection[].tag.tag-", encode(title))
                .with("id", comma_separated(batch))
                .with("type", kind.number());
            self.put(&format!("/library/sections/{}/all", section.key), query).await?;
        }
        Ok(())
    }

    /// Creates a collection without members.
    pub async fn create_empty_collection(
        &self,
        machine: &str,
        section: &Section,
        kind: Kind,
        title: &str,
    ) -> Result<()> {
        let query = Query::new()
            .with("title", title)
            .flag("smart", false)
            .with("sectionId", section.key)
            .with("type", kind.number())
            .with("uri", uri(machine, "/library/metadata"));
        self.post("/library/collections", query, None).await.map(drop)
    }

    /// Creates a smart collection with this filter, such as `label=Trakt&sort=titleSort` (encoded).
    pub async fn create_smart_collection(
        &self,
        machine: &str,
        section: &Section,
        kind: Kind,
        title: &str,
        filter: &str,
    ) -> Result<Collection> {
        let query = Query::new()
            .with("title", title)
            .flag("smart", true)
            .with("sectionId", section.key)
            .with("type", kind.number())
            .with("uri", uri(machine, &filter_path(section, kind, filter)));
        let root = self.post("/library/collections", query, None).await?;
        Collection::all_of(&root).into_iter().next().ok_or_else(|| Error::NotFound(title.to_owned()))
    }

    /// Changes the filter of a smart collection.
    pub async fn set_filter(
        &self,
        machine: &str,
        section: &Section,
        kind: Kind,
        key: u64,
        filter: &str,
    ) -> Result<()> {
        let query = Query::new().with("uri", uri(machine, &filter_path(section, kind, filter)));
        self.put(&format!("/library/collections/{key}/items"), query).await.map(drop)
    }

    /// Sets the mode and the order of a collection in one call.
    pub async fn set_collection_prefs(&self, key: u64, mode: Option<Mode>, sort: Option<Sort>) -> Result<()> {
        let mut query = Query::new();
        if let Some(mode) = mode {
            query = query.with("collectionMode", mode.number());
        }
        if let Some(sort) = sort {
            query = query.with("collectionSort", sort.number());
        }
        self.put(&format!("/library/collections/{key}/prefs"), query).await.map(drop)
    }

    /// Moves a member after another one, or to the front.
    pub async fn move_member(&self, key: u64, item: u64, after: Option<u64>) -> Result<()> {
        let query = after.map_or_else(Query::new, |after| Query::new().with("after", after));
        self.put(&format!("/library/collections/{key}/items/{item}/move"), query).await.map(drop)
    }

    /// Deletes a collection. Its members stay in the library. Succeeds if it no longer exists.
    pub async fn delete_collection(&self, key: u64) -> Result<()> {
        match self.delete(&format!("/library/collections/{key}")).await {
            Ok(_) | Err(Error::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

fn filter_path(section: &Section, kind: Kind, filter: &str) -> String {
    format!("/library/sections/{}/all?type={}&{filter}", section.key, kind.number())
}

/// The collection with exactly this name, otherwise the only one whose name differs in case.
pub(crate) fn find_by_title<'a>(
    found: impl IntoIterator<Item = &'a Collection>,
    name: &str,
) -> Result<Option<&'a Collection>> {
    let wanted = name.to_lowercase();
    let candidates: Vec<&Collection> =
        found.into_iter().filter(|known| known.title.to_lowercase() == wanted).collect();
    if let Some(exact) = candidates.iter().find(|known| known.title == name) {
        return Ok(Some(exact));
    }
    match candidates.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => {
            let found = several.iter().map(|known| known.title.clone()).collect();
            Err(Error::Ambiguous { name: name.to_owned(), found })
        }
    }
}

//! The server, its libraries and their items.

use crate::client::Client;
use crate::error::{Error, Result};
use crate::models::{Item, Kind, Section, Server};
use crate::node::Node;
use crate::query::{Query, comma_separated};

/// The minimum similarity (0 to 1) of names that are suggested.
const MIN_SIMILARITY: f64 = 0.75;

impl Client {
    /// The server: the cheapest call that verifies address and token.
    pub async fn server(&self) -> Result<Server> {
        let root = self.get("/", Query::new()).await?;
        Server::of(&root).ok_or_else(|| Error::Protocol {
            server: self.server_address().to_owned(),
            what: "no machineIdentifier".to_owned(),
        })
    }

    /// All libraries.
    pub async fn sections(&self) -> Result<Vec<Section>> {
        let root = self.get("/library/sections", Query::new()).await?;
        Ok(root.children("Directory").filter_map(Section::of).collect())
    }

    /// The library with exactly this name. It must be writable.
    ///
    /// # Errors
    /// [`Error::LibraryNotFound`] with the closest names, [`Error::ReadOnlyToken`] if the token may not change it, and
    /// [`Error::UnsupportedLibrary`] for music and photos.
    pub async fn section(&self, name: &str) -> Result<Section> {
        let sections = self.sections().await?;
        let Some(section) = sections.iter().find(|section| section.title == name) else {
            return Err(not_found(name, sections));
        };
        if section.kind.is_none() {
            return Err(Error::UnsupportedLibrary(name.to_owned()));
        }
        if !section.writable {
            return Err(Error::ReadOnlyToken);
        }
        Ok(section.clone())
    }

    /// All items of one kind in a library, with their ids.
    pub async fn items(&self, section: &Section, kind: Kind) -> Result<Vec<Item>> {
        let path = format!("/library/sections/{}/all", section.key);
        let query = Query::new().flag("includeGuids", true).with("type", kind.number());
        self.read_all(&path, query, Item::all_of, |item| item.key).await
    }

    /// Items with all details, including labels. Deleted ones are omitted.
    pub async fn items_by_key(&self, keys: &[u64]) -> Result<Vec<Item>> {
        let mut items = Vec::new();
        for batch in keys.chunks(super::BATCH) {
            let path = format!("/library/metadata/{}", comma_separated(batch));
            items.extend(Item::all_of(&self.get(&path, Query::new()).await?));
        }
        Ok(items)
    }

    /// The key of a label in a library, for filters. `None` if nothing of this kind has it.
    pub async fn label_key(&self, section: &Section, kind: Kind, label: &str) -> Result<Option<String>> {
        self.find_label_key(section, kind.number(), label).await
    }

    /// Like [`Client::label_key`], for any number that Plex has for a kind, including that of collections.
    pub(super) async fn find_label_key(
        &self,
        section: &Section,
        number: u8,
        label: &str,
    ) -> Result<Option<String>> {
        let path = format!("/library/sections/{}/label", section.key);
        let root = self.get(&path, Query::new().with("type", number)).await?;
        let is_label = |known: &&Node| {
            known.text("title").is_some_and(|title| title.to_lowercase() == label.to_lowercase())
        };
        Ok(root.children("Directory").find(is_label).and_then(|known| known.string("key")))
    }

    /// One item with all details.
    pub async fn item(&self, key: u64) -> Result<Item> {
        let path = format!("/library/metadata/{key}");
        let root = self.get(&path, Query::new().flag("includeGuids", true)).await?;
        Item::all_of(&root).into_iter().next().ok_or(Error::NotFound(path))
    }
}

fn not_found(name: &str, sections: Vec<Section>) -> Error {
    let all: Vec<String> = sections.into_iter().map(|section| section.title).collect();
    let similarity =
        |other: &String| strsim::jaro_winkler(&name.to_lowercase(), &other.trim().to_lowercase());
    let mut nearest: Vec<(f64, &String)> = all.iter().map(|other| (similarity(other), other)).collect();
    nearest.retain(|(similarity, _)| *similarity >= MIN_SIMILARITY);
    nearest.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let nearest = nearest.into_iter().map(|(_, other)| other.clone()).collect();
    Error::LibraryNotFound { name: name.to_owned(), nearest, all }
}

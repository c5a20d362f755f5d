//! Edits fields and tags, and locks them.

use super::collections::COLLECTION;
use crate::client::Client;
use crate::error::Result;
use crate::models::{Kind, Section};
use crate::query::{Query, comma_separated, encode};

/// The changes of one call. Every field that is set is also locked, so that Plex's agents do not overwrite it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edit {
    fields: Vec<(&'static str, String)>,
    labels: Vec<String>,
    removed_labels: Vec<String>,
}

impl Edit {
    /// No changes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the title.
    pub fn title(self, title: impl Into<String>) -> Self {
        self.field("title", title)
    }

    /// Sets the summary.
    pub fn summary(self, summary: impl Into<String>) -> Self {
        self.field("summary", summary)
    }

    /// Sets the title for sorting.
    pub fn sort_title(self, title: impl Into<String>) -> Self {
        self.field("titleSort", title)
    }

    /// Sets the content rating.
    pub fn content_rating(self, rating: impl Into<String>) -> Self {
        self.field("contentRating", rating)
    }

    /// Adds labels. Include existing ones, because some versions of Plex replace the list.
    pub fn labels(mut self, labels: impl IntoIterator<Item = String>) -> Self {
        self.labels.extend(labels);
        self
    }

    /// Removes labels. Must not be combined with [`Edit::labels`] in one call.
    pub fn remove_labels(mut self, labels: impl IntoIterator<Item = String>) -> Self {
        self.removed_labels.extend(labels);
        self
    }

    /// The names of the changed fields, as Plex calls them.
    pub fn names(&self) -> Vec<&'static str> {
        let labels = !self.labels.is_empty() || !self.removed_labels.is_empty();
        self.fields.iter().map(|(name, _)| *name).chain(labels.then_some("label")).collect()
    }

    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn field(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name, value.into()));
        self
    }

    fn query(&self) -> Query {
        let mut query = Query::new();
        for (name, value) in &self.fields {
            query = query.with(format!("{name}.value"), value).flag(format!("{name}.locked"), true);
        }
        if !self.labels.is_empty() || !self.removed_labels.is_empty() {
            query = query.flag("label.locked", true);
        }
        for (at, label) in self.labels.iter().enumerate() {
            query = query.with(format!("label[{at}].tag.tag"), label);
        }
        if !self.removed_labels.is_empty() {
            let names: Vec<String> = self.removed_labels.iter().map(|label| encode(label)).collect();
            query = query.with("label[].tag.tag-", names.join(","));
        }
        query
    }
}

impl Client {
    /// Edits a collection.
    pub async fn edit_collection(&self, section: &Section, key: u64, edit: &Edit) -> Result<()> {
        self.edit(section, COLLECTION, &[key], edit).await
    }

    /// Makes the same changes to several items of one kind.
    pub async fn edit_items(&self, section: &Section, kind: Kind, keys: &[u64], edit: &Edit) -> Result<()> {
        for batch in keys.chunks(super::BATCH) {
            self.edit(section, kind.number(), batch, edit).await?;
        }
        Ok(())
    }

    async fn edit(&self, section: &Section, number: u8, keys: &[u64], edit: &Edit) -> Result<()> {
        let query = edit.query().with("id", comma_separated(keys)).with("type", number);
        self.put(&format!("/library/sections/{}/all", section.key), query).await.map(drop)
    }
}

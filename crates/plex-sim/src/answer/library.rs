//! Libraries and their items.

use hyper::Method;

use super::{BAD_REQUEST, Call, NOT_FOUND, Outcome, keys};
use crate::element::Element;
use crate::message::Answer;
use crate::state::{Item, Kind, has_label, label_key};

/// Plex's number for collections.
pub(super) const COLLECTION: u64 = 18;

impl Call<'_> {
    pub(super) fn section(&mut self, section: u64, path: &[&str]) -> Outcome {
        let known = self.store.section(section).ok_or(NOT_FOUND)?;
        match path {
            [] if self.is_get() => {
                let view = self.section_view(known);
                Ok(Answer::Tree(Element::new("MediaContainer").with("size", 1u64).child(view)))
            }
            ["all"] if self.is_get() => self.list(section),
            ["all"] if *self.method() == Method::PUT => self.edit(section),
            ["label"] if self.is_get() => Ok(Answer::Tree(self.labels(section))),
            ["collections"] if self.is_get() => Ok(Answer::Tree(self.collections_of_section(section))),
            ["prefs"] if self.is_get() => Ok(Answer::Tree(
                Element::new("MediaContainer").with("size", 1u64).child(
                    Element::new("Setting")
                        .with("id", "collectionMode")
                        .with("label", "Collections")
                        .with("type", "int")
                        .with("default", "2")
                        .with("value", "2")
                        .with("enumValues", "0:Hide|1:Hide items|2:Show"),
                ),
            )),
            _ => Err(NOT_FOUND),
        }
    }

    /// The labels of the items of one kind, or of collections, with the keys by which filters refer to them.
    fn labels(&self, section: u64) -> Element {
        let number = self.request.number("type");
        let kind = number.and_then(Kind::of_number);
        let in_section = self.store.items.values().filter(|item| item.section == section);
        let of_kind = in_section.filter(|item| kind.is_none_or(|kind| item.kind == kind));
        let of_items = of_kind.flat_map(|item| item.tags.get("label").into_iter().flatten());
        let collections = self.store.collections.values().filter(|known| known.section == section);
        let of_collections = collections.flat_map(|known| known.labels());
        let mut labels: Vec<&String> = match number {
            Some(COLLECTION) => of_collections.collect(),
            _ => of_items.collect(),
        };
        labels.sort_unstable();
        labels.dedup();
        let view = |label: &&String| {
            Element::new("Directory").with("key", label_key(label)).with("title", label.as_str())
        };
        self.page(Some(section), labels, view)
    }

    fn list(&self, section: u64) -> Outcome {
        let default = self.store.section(section).map_or(Kind::Movie, |section| section.kind);
        let number = self.request.number("type").unwrap_or(default as u64);
        if number == COLLECTION {
            return Ok(Answer::Tree(self.collections_of_section(section)));
        }
        let kind = Kind::of_number(number).ok_or(BAD_REQUEST)?;
        let mut filter = format!("/library/sections/{section}/all?type={}", kind as u64);
        for (name, value) in self.request.query_pairs().filter(|(name, _)| *name != "type") {
            let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
            filter.push_str(&format!("&{name}={value}"));
        }
        let found = self.store.items_matching(&filter);
        Ok(Answer::Tree(self.page(Some(section), found, |item| self.item_view(item, false))))
    }

    /// The collections of a section, sorted by title. The query can limit them to those whose title contains `title`,
    /// ignoring case, and to those that have one of the labels in `label`.
    fn collections_of_section(&self, section: u64) -> Element {
        let wanted = self.request.query("title").unwrap_or_default().to_lowercase();
        let mut found: Vec<_> = self
            .store
            .collections
            .values()
            .filter(|known| known.section == section && known.title.to_lowercase().contains(&wanted))
            .filter(|known| {
                self.request.query("label").is_none_or(|labels| has_label(known.labels(), labels))
            })
            .collect();
        found.sort_by_cached_key(|known| known.title.to_lowercase());
        self.page(Some(section), found, |known| self.collection_view(known, false))
    }

    pub(super) fn metadata(&mut self, listed: &str, path: &[&str]) -> Outcome {
        let listed = keys(listed)?;
        match (path, listed.as_slice()) {
            ([], _) if self.is_get() => self.details(&listed),
            ([], [key]) if *self.method() == Method::DELETE => match self.store.delete_collection(*key) {
                true => Ok(Answer::Done),
                false => Err(NOT_FOUND),
            },
            (["children"], [key]) if self.is_get() => {
                let children = self.store.children(*key);
                let view = |item: &&Item| self.item_view(item, false);
                Ok(Answer::Tree(self.page(self.section_of(*key), children, view)))
            }
            (["allLeaves"], [key]) if self.is_get() => {
                let seasons = self.store.children(*key);
                let leaves = seasons.iter().flat_map(|season| self.store.children(season.key)).collect();
                let view = |item: &&Item| self.item_view(item, false);
                Ok(Answer::Tree(self.page(self.section_of(*key), leaves, view)))
            }
            ([name], [key]) => self.images(*key, name),
            _ => Err(NOT_FOUND),
        }
    }

    fn section_of(&self, item: u64) -> Option<u64> {
        self.store.items.get(&item).map(|item| item.section)
    }

    fn details(&self, listed: &[u64]) -> Outcome {
        let mut all = Vec::new();
        let mut section = None;
        for key in listed {
            if let Some(item) = self.store.items.get(key) {
                section = Some(item.section);
                all.push(self.item_view(item, true));
            } else {
                let collection = self.store.collections.get(key).ok_or(NOT_FOUND)?;
                section = Some(collection.section);
                all.push(self.collection_view(collection, true));
            }
        }
        Ok(Answer::Tree(self.page(section, all, Element::clone)))
    }
}

//! `/library/collections`.

use hyper::Method;

use super::{BAD_REQUEST, Call, NOT_FOUND, Outcome, filter_of_uri, key, keys_of_uri};
use crate::element::Element;
use crate::message::Answer;
use crate::state::{Item, Kind, Members};

impl Call<'_> {
    pub(super) fn collections(&mut self, path: &[&str]) -> Outcome {
        let method = self.method().clone();
        if path.is_empty() && method == Method::POST {
            return self.create();
        }
        let (collection, rest) = path.split_first().ok_or(NOT_FOUND)?;
        let collection = key(collection)?;
        let known = self.store.collections.get(&collection).ok_or(NOT_FOUND)?;
        match (&method, rest) {
            (&Method::GET, []) => {
                let view = self.collection_view(known, true);
                Ok(Answer::Tree(self.page(Some(known.section), vec![view], Element::clone)))
            }
            (&Method::GET, ["children" | "items"]) => {
                let members = self.store.members(known);
                let view = |item: &&Item| self.item_view(item, false);
                Ok(Answer::Tree(self.page(Some(known.section), members, view)))
            }
            (&Method::DELETE, []) => {
                self.store.delete_collection(collection);
                Ok(Answer::Done)
            }
            (&Method::PUT, ["prefs"]) => self.set_prefs(collection),
            (&Method::PUT, ["items"]) => self.put_items(collection),
            (&Method::DELETE, ["items", item]) => {
                let item = key(item)?;
                self.store.remove_members(collection, &[item]);
                Ok(Answer::Done)
            }
            (&Method::PUT, ["items", item, "move"]) => {
                let after = self.request.query("after").map(key).transpose()?;
                match self.store.move_member(collection, key(item)?, after) {
                    true => Ok(Answer::Done),
                    false => Err(NOT_FOUND),
                }
            }
            _ => Err(NOT_FOUND),
        }
    }

    fn create(&mut self) -> Outcome {
        let (title, uri) = (self.request.query("title"), self.request.query("uri"));
        let (title, uri) = (title.ok_or(BAD_REQUEST)?.to_owned(), uri.ok_or(BAD_REQUEST)?.to_owned());
        let section = self.request.number("sectionId").ok_or(BAD_REQUEST)?;
        let kind = self.request.number("type").and_then(Kind::of_number).ok_or(BAD_REQUEST)?;
        self.store.section(section).ok_or(NOT_FOUND)?;
        let members = if self.request.flag("smart") {
            Members::Smart(filter_of_uri(&uri)?.to_owned())
        } else if uri.ends_with("/library/metadata") {
            // This is how Kometa creates blank collections.
            Members::Listed(Vec::new())
        } else {
            Members::Listed(self.known_items(&uri)?)
        };
        let key = self.store.create_collection(section, kind, &title, members);
        let known = self.store.collections.get(&key).ok_or(NOT_FOUND)?;
        let view = self.collection_view(known, true);
        Ok(Answer::Tree(Element::new("MediaContainer").with("size", 1u64).child(view)))
    }

    pub(super) fn known_items(&self, uri: &str) -> Result<Vec<u64>, crate::state::Rejection> {
        let keys = keys_of_uri(uri)?;
        match keys.iter().all(|key| self.store.items.contains_key(key)) {
            true => Ok(keys),
            false => Err(NOT_FOUND),
        }
    }

    fn set_prefs(&mut self, collection: u64) -> Outcome {
        let allowed = |name: &str, value: i64| match name {
            "collectionMode" => (-1..=2).contains(&value),
            "collectionSort" => (0..=2).contains(&value),
            "collectionFilterBasedOnUser" => (0..=1).contains(&value),
            _ => false,
        };
        let mut prefs = Vec::new();
        for (name, value) in self.request.query_pairs().filter(|(name, _)| name.starts_with("collection")) {
            let value: i64 = value.parse().map_err(|_| BAD_REQUEST)?;
            if !allowed(name, value) {
                return Err(BAD_REQUEST);
            }
            prefs.push((name.to_owned(), value));
        }
        let now = self.store.tick();
        let known = self.store.collections.get_mut(&collection).ok_or(NOT_FOUND)?;
        known.prefs.extend(prefs);
        known.updated = now;
        Ok(Answer::Done)
    }

    /// Adds items, or changes the filter of a smart collection.
    fn put_items(&mut self, collection: u64) -> Outcome {
        let uri = self.request.query("uri").ok_or(BAD_REQUEST)?.to_owned();
        let known = self.store.collections.get(&collection).ok_or(NOT_FOUND)?;
        let (section, kind, title) = (known.section, known.kind, known.title.clone());
        if matches!(known.members, Members::Smart(_)) {
            let filter = filter_of_uri(&uri)?.to_owned();
            if let Some(known) = self.store.collections.get_mut(&collection) {
                known.members = Members::Smart(filter);
            }
            return Ok(Answer::Done);
        }
        let keys = self.known_items(&uri)?;
        self.store.add_to_collection(section, kind, &title, &keys)?;
        Ok(Answer::Done)
    }
}

//! Changes to collections. In Plex, membership is a tag on the items: adding a new tag creates a collection, and
//! removing the last member deletes it.

use std::collections::BTreeSet;

use super::{Collection, Item, Kind, Members, Rejection, Store};

impl Store {
    /// The members of a collection, in display order.
    pub(crate) fn members(&self, collection: &Collection) -> Vec<&Item> {
        let listed = match &collection.members {
            Members::Smart(filter) => return self.items_matching(filter),
            Members::Listed(members) => members,
        };
        let mut items: Vec<&Item> = listed.iter().filter_map(|key| self.items.get(key)).collect();
        match collection.prefs.get("collectionSort").copied().unwrap_or(0) {
            0 => items.sort_by(|a, b| (&a.released, &a.title_sort).cmp(&(&b.released, &b.title_sort))),
            1 => items.sort_by_cached_key(|item| item.title_sort.to_lowercase()),
            _ => {}
        }
        items
    }

    /// How many members a collection has.
    pub(crate) fn count(&self, collection: &Collection) -> usize {
        match &collection.members {
            Members::Smart(filter) => self.items_matching(filter).len(),
            Members::Listed(members) => members.len(),
        }
    }

    /// Adds items to the collection with this name, which is created if necessary.
    pub(crate) fn add_to_collection(
        &mut self,
        section: u64,
        kind: Kind,
        title: &str,
        keys: &[u64],
    ) -> Result<u64, Rejection> {
        let known = self.collections.values().find(|known| {
            known.section == section && known.title == title && matches!(known.members, Members::Listed(_))
        });
        let key = match known {
            Some(known) if known.kind != kind => return Err((400, "Bad Request")),
            Some(known) => known.key,
            None => self.create_collection(section, kind, title, Members::Listed(Vec::new())),
        };
        let mut keys = keys.to_vec();
        if self.adds_by_key {
            keys.sort_unstable();
        }
        let now = self.tick();
        let collection = self.collections.get_mut(&key).ok_or((500, "Internal Server Error"))?;
        collection.updated = now;
        if let Members::Listed(members) = &mut collection.members {
            let mut present: BTreeSet<u64> = members.iter().copied().collect();
            members.extend(keys.into_iter().filter(|key| present.insert(*key)));
        }
        Ok(key)
    }

    /// Removes items from the collection with this name.
    pub(crate) fn remove_from_collection(&mut self, section: u64, title: &str, keys: &[u64]) {
        let found = self
            .collections
            .values()
            .find(|known| known.section == section && known.title == title)
            .map(|known| known.key);
        if let Some(key) = found {
            self.remove_members(key, keys);
        }
    }

    /// Removes items from a collection, which is deleted if it is empty afterwards.
    pub(crate) fn remove_members(&mut self, collection: u64, keys: &[u64]) {
        let now = self.tick();
        let Some(known) = self.collections.get_mut(&collection) else { return };
        known.updated = now;
        if let Members::Listed(members) = &mut known.members {
            members.retain(|member| !keys.contains(member));
            if members.is_empty() {
                self.delete_collection(collection);
            }
        }
    }

    pub(crate) fn create_collection(
        &mut self,
        section: u64,
        kind: Kind,
        title: &str,
        members: Members,
    ) -> u64 {
        let (key, now) = (self.take_key(), self.tick());
        let collection = Collection {
            key,
            section,
            kind,
            title: title.to_owned(),
            members,
            fields: Default::default(),
            tags: Default::default(),
            locked: Default::default(),
            images: Default::default(),
            prefs: Default::default(),
            added: now,
            updated: now,
        };
        self.collections.insert(key, collection);
        key
    }

    /// Deletes a collection and its hub.
    pub(crate) fn delete_collection(&mut self, key: u64) -> bool {
        let Some(deleted) = self.collections.remove(&key) else { return false };
        let identifier = hub_identifier(deleted.section, key);
        if let Some(section) = self.section_mut(deleted.section) {
            section.hubs.retain(|hub| hub.identifier != identifier);
        }
        true
    }

    /// Moves a member after another one, or to the front. Returns false if either is not a member.
    pub(crate) fn move_member(&mut self, collection: u64, item: u64, after: Option<u64>) -> bool {
        let Some(known) = self.collections.get_mut(&collection) else { return false };
        let Members::Listed(members) = &mut known.members else { return false };
        let moved =
            move_within(members, |member| *member == item, |member| Some(*member) == after, after.is_some());
        if moved {
            let now = self.tick();
            if let Some(known) = self.collections.get_mut(&collection) {
                known.updated = now;
            }
        }
        moved
    }
}

/// Moves the entry for which `is_item` holds after the one for which `is_after` holds, or to the front without
/// `has_after`. Returns false if one of them does not exist.
pub(crate) fn move_within<T>(
    list: &mut Vec<T>,
    is_item: impl Fn(&T) -> bool,
    is_after: impl Fn(&T) -> bool,
    has_after: bool,
) -> bool {
    let Some(from) = list.iter().position(&is_item) else { return false };
    if has_after && !list.iter().any(&is_after) {
        return false;
    }
    let entry = list.remove(from);
    let to = list.iter().position(is_after).map_or(0, |at| at + 1);
    list.insert(to, entry);
    true
}

/// The identifier of the hub of a collection.
pub(crate) fn hub_identifier(section: u64, collection: u64) -> String {
    format!("custom.collection.{section}.{collection}")
}

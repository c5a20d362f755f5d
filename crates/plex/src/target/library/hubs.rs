//! The hubs of a library's collections.

use std::collections::HashSet;

use super::Library;
use crate::error::Result;
use crate::models::Hub;
use crate::moves::{moves, sorted_in_place, with_priorities};

impl Library {
    /// The hub of a collection, if it has one.
    pub fn hub(&self, collection: u64) -> Option<&Hub> {
        let identifier = self.hub_identifier(collection);
        self.hubs.iter().find(|hub| hub.identifier == identifier)
    }

    /// Updates the known hubs. A new hub comes last.
    pub(super) fn update_hub(&mut self, key: u64, title: &str, (library, home, shared): (bool, bool, bool)) {
        let identifier = self.hub_identifier(key);
        let new = Hub { identifier, title: title.to_owned(), library, home, shared };
        match self.hubs.iter_mut().find(|hub| hub.identifier == new.identifier) {
            Some(known) => *known = new,
            None => self.hubs.push(new),
        }
    }

    /// Moves the hubs of collections with the fewest calls: brings those in `sorted` into that order, within the
    /// positions that they occupy now, and those with a priority to that position (starting at 1). Returns the number
    /// of calls, actual or planned.
    ///
    /// # Errors
    /// If a call fails.
    pub async fn order_hubs(&mut self, sorted: &[u64], priorities: &[(u64, usize)]) -> Result<usize> {
        self.hubs = self.client.hubs(&self.section).await?;
        let current: Vec<&str> = self.hubs.iter().map(|hub| hub.identifier.as_str()).collect();
        let has_priority: HashSet<u64> = priorities.iter().map(|(key, _)| *key).collect();
        let sorted = sorted.iter().filter(|key| !has_priority.contains(key));
        let sorted: Vec<String> = sorted.map(|key| self.hub_identifier(*key)).collect();
        let sorted: Vec<&str> = sorted.iter().map(String::as_str).collect();
        let with_priority: Vec<(String, usize)> =
            priorities.iter().map(|(key, priority)| (self.hub_identifier(*key), *priority)).collect();
        let with_priority: Vec<(&str, usize)> =
            with_priority.iter().map(|(identifier, priority)| (identifier.as_str(), *priority)).collect();
        let steps = moves(&current, &with_priorities(&sorted_in_place(&current, &sorted), &with_priority));
        if !self.client.is_dry_run() {
            for step in &steps {
                self.client.move_hub(&self.section, step.item, step.after).await?;
            }
        }
        Ok(steps.len())
    }

    fn hub_identifier(&self, collection: u64) -> String {
        format!("custom.collection.{}.{collection}", self.section.key)
    }
}

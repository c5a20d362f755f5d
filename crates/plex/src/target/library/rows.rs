//! The rows of a library's collections.

use std::collections::HashSet;

use super::Library;
use crate::error::Result;
use crate::models::Hub;
use crate::moves::{moves, rows, sorted_rows};

impl Library {
    /// The row of a collection, if any.
    pub fn row(&self, collection: u64) -> Option<&Hub> {
        let identifier = self.row_of(collection);
        self.hubs.iter().find(|hub| hub.identifier == identifier)
    }

    /// Updates the known rows. A new one is last.
    pub(super) fn remember_row(
        &mut self,
        key: u64,
        title: &str,
        (library, home, shared): (bool, bool, bool),
    ) {
        let identifier = self.row_of(key);
        let row = Hub { identifier, title: title.to_owned(), library, home, shared };
        match self.hubs.iter_mut().find(|hub| hub.identifier == row.identifier) {
            Some(known) => *known = row,
            None => self.hubs.push(row),
        }
    }

    /// Moves the rows of collections with the fewest calls: first those in `sorted` into that order, in the positions
    /// that they occupy together, then those with a priority to their positions (starting at 1). Returns the number of
    /// calls, actual or planned.
    ///
    /// # Errors
    /// If a call fails.
    pub async fn order_rows(&mut self, sorted: &[u64], priorities: &[(u64, usize)]) -> Result<usize> {
        self.hubs = self.client.hubs(&self.section).await?;
        let current: Vec<&str> = self.hubs.iter().map(|hub| hub.identifier.as_str()).collect();
        let has_priority: HashSet<u64> = priorities.iter().map(|(key, _)| *key).collect();
        let sorted = sorted.iter().filter(|key| !has_priority.contains(key));
        let sorted: Vec<String> = sorted.map(|key| self.row_of(*key)).collect();
        let sorted: Vec<&str> = sorted.iter().map(String::as_str).collect();
        let named: Vec<(String, usize)> =
            priorities.iter().map(|(key, priority)| (self.row_of(*key), *priority)).collect();
        let named: Vec<(&str, usize)> =
            named.iter().map(|(identifier, priority)| (identifier.as_str(), *priority)).collect();
        let steps = moves(&current, &rows(&sorted_rows(&current, &sorted), &named));
        if !self.client.is_dry_run() {
            for step in &steps {
                self.client.move_hub(&self.section, step.item, step.after).await?;
            }
        }
        Ok(steps.len())
    }

    fn row_of(&self, collection: u64) -> String {
        format!("custom.collection.{}.{collection}", self.section.key)
    }
}

//! The result of bringing a collection to a desired state.

use super::desired::{Desired, Members};
use super::steps::{CurrentState, Step, steps};
use crate::models::Collection;

/// The outcome of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was up to date.
    Unchanged,
    /// It was created.
    Created,
    /// It was changed.
    Modified,
    /// It would have no members; nothing was done.
    Empty,
    /// A collection of this name was created manually, and `adopt` is not set; nothing was done.
    ManuallyCreated,
    /// The existing collection is smart and the desired one is not, or vice versa; nothing was done.
    SmartMismatch,
}

/// What was done, or would be done in a dry run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The outcome.
    pub outcome: Outcome,
    /// The rating key; `None` if the collection does not exist (yet).
    pub key: Option<u64>,
    /// The changes. For a new collection, the first one creates it.
    pub steps: Vec<Step>,
}

impl Report {
    pub(super) fn without_changes(outcome: Outcome, key: Option<u64>) -> Self {
        Self { outcome, key, steps: Vec::new() }
    }

    /// How many writing calls the changes take.
    pub fn calls(&self) -> usize {
        self.steps.iter().map(Step::calls).sum()
    }

    /// The report of a dry run for a new collection. `first` is the step that creates it.
    pub(super) fn dry_run(desired: &Desired, first: Step) -> Self {
        let collection = Collection {
            key: 0,
            title: desired.title.clone(),
            sort_title: None,
            summary: None,
            content_rating: None,
            kind: Some(desired.kind),
            count: 0,
            filter: match &desired.members {
                Members::Smart(filter) => Some(format!("&{filter}")),
                Members::Listed(_) => None,
            },
            smart: matches!(desired.members, Members::Smart(_)),
            mode: Default::default(),
            sort: Default::default(),
            labels: Vec::new(),
            poster: None,
            background: None,
        };
        let members = match &desired.members {
            Members::Listed(keys) => keys.clone(),
            Members::Smart(_) => Vec::new(),
        };
        let current =
            CurrentState { collection, members, hub: None, poster_sent: false, background_sent: false };
        let mut all = vec![first];
        all.extend(steps(&current, desired));
        Self { outcome: Outcome::Created, key: None, steps: all }
    }
}

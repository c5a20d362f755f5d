//! Builds one collection on Plex.

use std::collections::HashSet;
use std::path::Path;

use collections::options::Details;
use collections::target::Written;
use plex::models::Kind;
use plex::target::{Desired, Members, Memory, Outcome, Report};

use crate::loaded_library::LoadedLibrary;
use crate::{desired, labels, messages};

/// A collection to build.
pub(crate) struct Build<'a> {
    pub(crate) loaded: &'a mut LoadedLibrary,
    pub(crate) memory: &'a mut Memory,
    /// The folder of config.yml.
    pub(crate) folder: &'a Path,
    pub(crate) collection: &'a str,
    /// The rating keys of all members, in order.
    pub(crate) keys: &'a [u64],
    pub(crate) details: &'a Details,
}

/// The outcome of building a collection.
pub(crate) enum BuildOutcome {
    /// The collection is up to date.
    Done(Written),
    /// Nothing was done, with the reason.
    Rejected(String),
}

impl Build<'_> {
    pub(crate) async fn run(self) -> plex::Result<BuildOutcome> {
        let name = self.collection;
        let existing = self.loaded.take(name).await?;
        if self.keys.is_empty() && !self.details.blank && self.details.smart_label.is_none() {
            return self.delete_empty(existing.is_some()).await;
        }
        let section = self.loaded.library.section().kind.unwrap_or(Kind::Movie);
        let existing_kind = existing.as_ref().and_then(|existing| existing.collection.kind);
        let first = self.keys.first().and_then(|key| self.loaded.kinds.get(key)).copied();
        let kind = first.or(existing_kind).unwrap_or(section);
        let mut label_changes = Vec::new();
        let before: Vec<u64> =
            existing.iter().flat_map(|existing| &existing.members).map(|item| item.key).collect();
        let members = match &self.details.smart_label {
            None => Members::Listed(self.keys.to_vec()),
            Some(smart) => {
                let new = difference(self.keys, &before);
                labels::add(&self.loaded.library, kind, &new, name).await?;
                label_changes.extend((!new.is_empty()).then(|| format!("{} labelled", new.len())));
                let library = &self.loaded.library;
                let key = library.client().label_key(library.section(), kind, name).await?;
                // In a dry run, possibly no item has the label yet.
                let filter = format!("label={}", key.unwrap_or_default());
                let sort = desired::smart_sort(smart).map(|sort| format!("&{sort}")).unwrap_or_default();
                Members::Smart(filter + &sort)
            }
        };
        let (loaded, folder) = (self.loaded, self.folder);
        let desired = desired::desired(loaded, folder, name, existing.as_ref(), members, kind, self.details);
        let report = loaded.library.apply_to(existing, &desired, self.memory).await?;
        if let Some(reason) = rejection_reason(&report, &desired) {
            return Ok(BuildOutcome::Rejected(reason));
        }
        if self.details.smart_label.is_some() {
            let removed = difference(&before, self.keys);
            labels::remove(&loaded.library, kind, &removed, name).await?;
            label_changes
                .extend((!removed.is_empty()).then(|| format!("{} no longer labelled", removed.len())));
        }
        label_changes.extend(
            labels::update_members(&loaded.library, kind, self.keys, &self.details.item_labels).await?,
        );
        loaded.hub_priorities.extend(report.key.zip(self.details.hub_priority));
        // In a smart collection, changed labels mean changed members.
        Ok(BuildOutcome::Done(match label_changes.is_empty() || self.details.smart_label.is_none() {
            true => messages::written(&report, label_changes),
            false => Written::Members(match messages::written(&report, label_changes) {
                Written::Details(changes) | Written::Members(changes) => changes,
                Written::AsPlanned | Written::Unchanged => Vec::new(),
            }),
        }))
    }

    /// Deletes a collection in which nothing belongs any more, because Plex cannot keep one without members. The
    /// removals have been confirmed if necessary.
    async fn delete_empty(self, exists: bool) -> plex::Result<BuildOutcome> {
        if !exists {
            return Ok(BuildOutcome::Done(Written::Unchanged));
        }
        Ok(match self.loaded.library.delete(self.collection).await? {
            Outcome::ManuallyCreated => BuildOutcome::Rejected(
                "no titles belong in it anymore; it was created manually, so it stays".into(),
            ),
            _ => BuildOutcome::Done(Written::Members(vec!["deleted: nothing belongs in it any more".into()])),
        })
    }
}

/// The keys of one list that are not in the other, in order.
fn difference(keys: &[u64], others: &[u64]) -> Vec<u64> {
    let others: HashSet<u64> = others.iter().copied().collect();
    keys.iter().copied().filter(|key| !others.contains(key)).collect()
}

/// Why nothing was done; `None` if the collection is up to date.
fn rejection_reason(report: &Report, desired: &Desired) -> Option<String> {
    match report.outcome {
        Outcome::ManuallyCreated => Some("a collection of this name was created manually".into()),
        Outcome::SmartMismatch if matches!(desired.members, Members::Smart(_)) => {
            Some("Plex has a collection of this name that is not smart: delete it there first".into())
        }
        Outcome::SmartMismatch => {
            Some("Plex has a smart collection of this name: delete it there first".into())
        }
        Outcome::Empty | Outcome::Unchanged | Outcome::Created | Outcome::Modified => None,
    }
}

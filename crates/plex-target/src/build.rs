//! Applies the plan of one collection to Plex.

use std::collections::HashSet;
use std::path::Path;

use collections::options::Details;
use collections::target::Written;
use plex::models::Kind;
use plex::target::{Desired, Members, Memory, Outcome, Report};

use crate::shelf::Shelf;
use crate::{desired, labels, words};

/// One collection being built.
pub(crate) struct Build<'a> {
    pub(crate) shelf: &'a mut Shelf,
    pub(crate) memory: &'a mut Memory,
    pub(crate) folder: &'a Path,
    pub(crate) collection: &'a str,
    pub(crate) keys: &'a [u64],
    pub(crate) details: &'a Details,
}

/// The outcome.
pub(crate) enum Built {
    /// It is up to date.
    Done(Written),
    /// Nothing was done, and why.
    Refused(String),
}

impl Build<'_> {
    pub(crate) async fn run(self) -> plex::Result<Built> {
        let name = self.collection;
        let existing = self.shelf.take(name).await?;
        if self.keys.is_empty() && !self.details.blank && self.details.smart_label.is_none() {
            return self.emptied(existing.is_some()).await;
        }
        let section = self.shelf.library.section().kind.unwrap_or(Kind::Movie);
        let held = existing.as_ref().and_then(|existing| existing.collection.kind);
        let first = self.keys.first().and_then(|key| self.shelf.kinds.get(key)).copied();
        let kind = first.or(held).unwrap_or(section);
        let mut more = Vec::new();
        let before: Vec<u64> =
            existing.iter().flat_map(|existing| &existing.members).map(|item| item.key).collect();
        let members = match &self.details.smart_label {
            None => Members::Listed(self.keys.to_vec()),
            Some(smart) => {
                let fresh = without(self.keys, &before);
                labels::put(&self.shelf.library, kind, &fresh, name).await?;
                more.extend((!fresh.is_empty()).then(|| format!("{} labelled", fresh.len())));
                let library = &self.shelf.library;
                let key = library.client().label_key(library.section(), kind, name).await?;
                // In a dry run nothing may carry the label yet.
                let filter = format!("label={}", key.unwrap_or_default());
                let sort = desired::smart_sort(smart).map(|sort| format!("&{sort}")).unwrap_or_default();
                Members::Smart(filter + &sort)
            }
        };
        let (shelf, folder) = (self.shelf, self.folder);
        let wanted = desired::desired(shelf, folder, name, existing.as_ref(), members, kind, self.details);
        let report = shelf.library.apply_to(existing, &wanted, self.memory).await?;
        if let Some(why) = stopped(&report, &wanted) {
            return Ok(Built::Refused(why));
        }
        if self.details.smart_label.is_some() {
            let gone = without(&before, self.keys);
            labels::take(&shelf.library, kind, &gone, name).await?;
            more.extend((!gone.is_empty()).then(|| format!("{} no longer labelled", gone.len())));
        }
        more.extend(labels::items(&shelf.library, kind, self.keys, &self.details.item_labels).await?);
        shelf.rows.extend(report.key.zip(self.details.hub_priority));
        Ok(Built::Done(match more.is_empty() || self.details.smart_label.is_none() {
            true => words::written(&report, more),
            false => Written::Members(match words::written(&report, more) {
                Written::Details(words) | Written::Members(words) => words,
                Written::AsPlanned | Written::Unchanged => Vec::new(),
            }),
        }))
    }

    /// Nothing belongs in it anymore, and the removal has been confirmed if necessary. Plex deletes a collection with
    /// its last member, so it is deleted.
    async fn emptied(self, exists: bool) -> plex::Result<Built> {
        if !exists {
            return Ok(Built::Done(Written::Unchanged));
        }
        Ok(match self.shelf.library.delete(self.collection).await? {
            Outcome::HandMade => {
                Built::Refused("no titles belong in it anymore; it was created manually, so it stays".into())
            }
            _ => Built::Done(Written::Members(vec!["deleted: nothing belongs in it any more".into()])),
        })
    }
}

/// Entries of one list that are not in the other, in order.
fn without(keys: &[u64], others: &[u64]) -> Vec<u64> {
    let others: HashSet<u64> = others.iter().copied().collect();
    keys.iter().copied().filter(|key| !others.contains(key)).collect()
}

/// Why nothing was done.
fn stopped(report: &Report, wanted: &Desired) -> Option<String> {
    match report.outcome {
        Outcome::HandMade => Some("a collection of this name was created manually".into()),
        Outcome::OtherKind if matches!(wanted.members, Members::Smart(_)) => {
            Some("Plex has a collection of this name that is not smart: delete it there first".into())
        }
        Outcome::OtherKind => Some("Plex has a smart collection of this name: delete it there first".into()),
        Outcome::Empty | Outcome::Unchanged | Outcome::Created | Outcome::Modified => None,
    }
}

//! Compares the current state of a collection with the desired one. Pure.

use std::collections::HashSet;

use super::desired::{Desired, Members, has};
use super::{KOMETA_LABELS, LABEL};
use crate::endpoints::{Edit, Picture};
use crate::models::{Collection, Hub, Mode, Sort};
use crate::moves::{Move, moves};

/// The current state of an existing collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentState {
    /// The collection.
    pub collection: Collection,
    /// The rating keys of its members, in display order.
    pub members: Vec<u64>,
    /// Its hub, if it has one.
    pub hub: Option<Hub>,
    /// Whether the desired poster is the one that was sent last.
    pub poster_sent: bool,
    /// Whether the desired background is the one that was sent last.
    pub background_sent: bool,
}

/// Who created a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Created by Kinometa.
    Kinometa,
    /// Created by Kometa. Kinometa manages it too, so that users can migrate.
    Kometa,
    /// Created manually or by another program.
    Other,
}

/// The owner of a collection with these labels.
pub fn owner(labels: &[String]) -> Owner {
    match () {
        () if has(labels, LABEL) => Owner::Kinometa,
        () if KOMETA_LABELS.iter().any(|label| has(labels, label)) => Owner::Kometa,
        () => Owner::Other,
    }
}

/// One change, in one or more calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Sets fields and labels, in one call.
    Edit(Edit),
    /// Removes labels, in one call.
    RemoveLabels(Vec<String>),
    /// Creates the collection without members.
    Create,
    /// Adds members: one call per [`BATCH`](crate::BATCH).
    Add(Vec<u64>),
    /// Removes members: one call per [`BATCH`](crate::BATCH).
    Remove(Vec<u64>),
    /// Changes the filter of a smart collection.
    Filter(String),
    /// Sets mode and sort, in one call.
    Prefs(Option<Mode>, Option<Sort>),
    /// Moves members: one call each.
    Order(Vec<Move<u64>>),
    /// Uploads a poster.
    Poster(Picture),
    /// Uploads a background.
    Background(Picture),
    /// Sets where it is shown: library, home, shared home.
    SetVisibility(bool, bool, bool),
}

impl Step {
    /// How many calls the step takes.
    pub fn calls(&self) -> usize {
        match self {
            Self::Add(keys) | Self::Remove(keys) => keys.len().div_ceil(crate::BATCH),
            Self::Order(moves) => moves.len(),
            _ => 1,
        }
    }
}

/// The steps to the desired state, in order; empty if the collection is up to date. Members are added before others
/// are removed, so that the collection is never empty in between (Plex would delete it). Nothing is removed unless
/// the desired members are complete and not empty.
///
/// The moves assume that Plex appends new members. When the steps are carried out, the actual order is read before
/// moving if members were added or the sort changed.
pub fn steps(current: &CurrentState, desired: &Desired) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(edit(&current.collection, desired).map(Step::Edit));
    let mut expected = current.members.clone();
    match &desired.members {
        Members::Listed(wanted) => expected = members(&current.members, wanted, desired.complete, &mut steps),
        Members::Smart(filter) => {
            let same = current
                .collection
                .filter
                .as_ref()
                .is_some_and(|known| known.ends_with(&format!("&{filter}")));
            steps.extend((!same).then(|| Step::Filter(filter.clone())));
        }
    }
    let labels = removed_labels(&current.collection, desired);
    steps.extend((!labels.is_empty()).then_some(Step::RemoveLabels(labels)));
    let smart = matches!(desired.members, Members::Smart(_));
    let mode = desired.mode.filter(|mode| *mode != current.collection.mode);
    let sort = desired.sort.filter(|sort| *sort != current.collection.sort && !smart);
    steps.extend((mode.is_some() || sort.is_some()).then_some(Step::Prefs(mode, sort)));
    let order = order(&expected, desired);
    steps.extend((!order.is_empty()).then_some(Step::Order(order)));
    steps.extend(desired.poster.clone().filter(|_| !current.poster_sent).map(Step::Poster));
    steps.extend(desired.background.clone().filter(|_| !current.background_sent).map(Step::Background));
    steps.extend(visibility(current.hub.as_ref(), desired));
    steps
}

/// The moves from an order to the desired one; none unless the order is custom.
pub(super) fn order(current: &[u64], desired: &Desired) -> Vec<Move<u64>> {
    match (&desired.members, desired.sort) {
        (Members::Listed(wanted), Some(Sort::Custom)) => moves(current, wanted),
        _ => Vec::new(),
    }
}

/// Adds the steps that change the members, and returns the members that are expected afterwards, in order.
fn members(current: &[u64], wanted: &[u64], complete: bool, steps: &mut Vec<Step>) -> Vec<u64> {
    let existing: HashSet<u64> = current.iter().copied().collect();
    let mut seen = HashSet::new();
    let distinct = wanted.iter().copied().filter(|key| seen.insert(*key));
    let added: Vec<u64> = distinct.filter(|key| !existing.contains(key)).collect();
    let surplus = current.iter().copied().filter(|key| !seen.contains(key));
    let removed: Vec<u64> = if complete && !wanted.is_empty() { surplus.collect() } else { Vec::new() };
    let removed_keys: HashSet<u64> = removed.iter().copied().collect();
    let is_kept = |key: &&u64| !removed_keys.contains(key);
    let after: Vec<u64> = current.iter().filter(is_kept).chain(&added).copied().collect();
    steps.extend((!added.is_empty()).then_some(Step::Add(added)));
    steps.extend((!removed.is_empty()).then_some(Step::Remove(removed)));
    after
}

fn edit(collection: &Collection, desired: &Desired) -> Option<Edit> {
    let differs = |wanted: &Option<String>, known: &Option<String>| {
        // An empty text never clears an existing one, as in Kometa.
        wanted.clone().filter(|wanted| !wanted.is_empty() && Some(wanted) != known.as_ref())
    };
    let mut edit = Edit::new();
    if let Some(summary) = differs(&desired.summary, &collection.summary) {
        edit = edit.summary(summary);
    }
    let sort_title = Some(collection.sort_title.clone().unwrap_or_else(|| collection.title.clone()));
    if let Some(title) = differs(&desired.sort_title, &sort_title) {
        edit = edit.sort_title(title);
    }
    if let Some(rating) = differs(&desired.content_rating, &collection.content_rating) {
        edit = edit.content_rating(rating);
    }
    let wanted = desired.all_labels();
    let missing: Vec<String> = wanted.into_iter().filter(|label| !has(&collection.labels, label)).collect();
    if !missing.is_empty() {
        edit = edit.labels(collection.labels.iter().cloned().chain(missing));
    }
    (!edit.is_empty()).then_some(edit)
}

fn removed_labels(collection: &Collection, desired: &Desired) -> Vec<String> {
    let wanted = desired.all_labels();
    let is_removed = |label: &&String| {
        let is_named = has(&desired.labels.remove, label);
        // Kometa's own label is removed only if it is named explicitly. Without it, Kometa would treat the collection
        // as manually created.
        let is_kometas = KOMETA_LABELS.iter().any(|known| label.eq_ignore_ascii_case(known));
        !has(&wanted, label) && (is_named || desired.labels.sync && !is_kometas)
    };
    collection.labels.iter().filter(is_removed).cloned().collect()
}

fn visibility(hub: Option<&Hub>, desired: &Desired) -> Option<Step> {
    let now = hub.map_or((false, false, false), |hub| (hub.library, hub.home, hub.shared));
    let wanted = desired.visibility;
    let then =
        (wanted.library.unwrap_or(now.0), wanted.home.unwrap_or(now.1), wanted.shared.unwrap_or(now.2));
    (then != now).then_some(Step::SetVisibility(then.0, then.1, then.2))
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;

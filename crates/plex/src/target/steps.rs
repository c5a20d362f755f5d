//! The difference between the existing and the desired state. Pure.

use std::collections::HashSet;

use super::desired::{Desired, Members, has};
use super::{KOMETA_LABELS, LABEL};
use crate::endpoints::{Edit, Picture};
use crate::models::{Collection, Hub, Mode, Sort};
use crate::moves::{Move, moves};

/// An existing collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The collection.
    pub collection: Collection,
    /// The rating keys of its members, in display order.
    pub members: Vec<u64>,
    /// Its row, if any.
    pub hub: Option<Hub>,
    /// Whether the desired poster is the last one sent.
    pub poster_sent: bool,
    /// Whether the desired background is the last one sent.
    pub background_sent: bool,
}

/// The owner of a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Created here.
    Ours,
    /// Created by Kometa; managed here after a migration.
    Kometas,
    /// Created manually or by another program.
    Somebody,
}

/// The owner of a collection with these labels.
pub fn owner(labels: &[String]) -> Owner {
    match () {
        () if has(labels, LABEL) => Owner::Ours,
        () if KOMETA_LABELS.iter().any(|label| has(labels, label)) => Owner::Kometas,
        () => Owner::Somebody,
    }
}

/// One change, in one or more calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Sets fields and labels, in one call.
    Edit(Edit),
    /// Removes labels, in one call.
    RemoveLabels(Vec<String>),
    /// Creates it without members.
    Make,
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
    Show(bool, bool, bool),
}

impl Step {
    /// How many calls it takes.
    pub fn calls(&self) -> usize {
        match self {
            Self::Add(keys) | Self::Remove(keys) => keys.len().div_ceil(crate::BATCH),
            Self::Order(moves) => moves.len(),
            _ => 1,
        }
    }
}

/// The required steps, in order; empty if the collection is up to date. Members are added before others are removed, so
/// a collection is never empty in between (Plex would delete it); and nothing is removed unless the desired members are
/// complete and not empty.
///
/// The moves start from the order that Plex is expected to show after the other steps: new members at the end. When
/// carrying out the steps, the order is read again before moving if members were added or the sort changed.
pub fn steps(held: &Held, desired: &Desired) -> Vec<Step> {
    let mut steps = Vec::new();
    steps.extend(edit(&held.collection, desired).map(Step::Edit));
    let mut kept = held.members.clone();
    match &desired.members {
        Members::Listed(wanted) => kept = members(&held.members, wanted, desired.complete, &mut steps),
        Members::Smart(filter) => {
            let same =
                held.collection.filter.as_ref().is_some_and(|known| known.ends_with(&format!("&{filter}")));
            steps.extend((!same).then(|| Step::Filter(filter.clone())));
        }
    }
    let gone = removed_labels(&held.collection, desired);
    steps.extend((!gone.is_empty()).then_some(Step::RemoveLabels(gone)));
    let smart = matches!(desired.members, Members::Smart(_));
    let mode = desired.mode.filter(|mode| *mode != held.collection.mode);
    let sort = desired.sort.filter(|sort| *sort != held.collection.sort && !smart);
    steps.extend((mode.is_some() || sort.is_some()).then_some(Step::Prefs(mode, sort)));
    let order = order(&kept, desired);
    steps.extend((!order.is_empty()).then_some(Step::Order(order)));
    steps.extend(desired.poster.clone().filter(|_| !held.poster_sent).map(Step::Poster));
    steps.extend(desired.background.clone().filter(|_| !held.background_sent).map(Step::Background));
    steps.extend(show(held.hub.as_ref(), desired));
    steps
}

/// The moves from an order to the desired one; none unless the order is custom.
pub(super) fn order(current: &[u64], desired: &Desired) -> Vec<Move<u64>> {
    match (&desired.members, desired.sort) {
        (Members::Listed(wanted), Some(Sort::Custom)) => moves(current, wanted),
        _ => Vec::new(),
    }
}

/// Adds the steps for members, and returns the members expected afterwards.
fn members(held: &[u64], wanted: &[u64], complete: bool, steps: &mut Vec<Step>) -> Vec<u64> {
    let here: HashSet<u64> = held.iter().copied().collect();
    let mut seen = HashSet::new();
    let fresh = wanted.iter().copied().filter(|key| seen.insert(*key));
    let added: Vec<u64> = fresh.filter(|key| !here.contains(key)).collect();
    let surplus = held.iter().copied().filter(|key| !seen.contains(key));
    let removed: Vec<u64> = if complete && !wanted.is_empty() { surplus.collect() } else { Vec::new() };
    let gone: HashSet<u64> = removed.iter().copied().collect();
    let stays = |key: &&u64| !gone.contains(key);
    let after: Vec<u64> = held.iter().filter(stays).chain(&added).copied().collect();
    steps.extend((!added.is_empty()).then_some(Step::Add(added)));
    steps.extend((!removed.is_empty()).then_some(Step::Remove(removed)));
    after
}

fn edit(collection: &Collection, desired: &Desired) -> Option<Edit> {
    let differs = |wanted: &Option<String>, known: &Option<String>| {
        // An empty text never clears what is there, as in Kometa.
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
    let lacking: Vec<String> = wanted.into_iter().filter(|label| !has(&collection.labels, label)).collect();
    if !lacking.is_empty() {
        edit = edit.labels(collection.labels.iter().cloned().chain(lacking));
    }
    (!edit.is_empty()).then_some(edit)
}

fn removed_labels(collection: &Collection, desired: &Desired) -> Vec<String> {
    let wanted = desired.all_labels();
    let goes = |label: &&String| {
        let named = has(&desired.labels.remove, label);
        // Kometa's own label stays unless it is named, so that Kometa does not take the collection for a stranger's.
        let kometas = KOMETA_LABELS.iter().any(|known| label.eq_ignore_ascii_case(known));
        !has(&wanted, label) && (named || desired.labels.sync && !kometas)
    };
    collection.labels.iter().filter(goes).cloned().collect()
}

fn show(hub: Option<&Hub>, desired: &Desired) -> Option<Step> {
    let now = hub.map_or((false, false, false), |hub| (hub.library, hub.home, hub.shared));
    let wanted = desired.placement;
    let then =
        (wanted.library.unwrap_or(now.0), wanted.home.unwrap_or(now.1), wanted.shared.unwrap_or(now.2));
    (then != now).then_some(Step::Show(then.0, then.1, then.2))
}

#[cfg(test)]
#[path = "steps_tests.rs"]
mod tests;

//! `sync_to_trakt_list`: syncs one of the account's Trakt lists with a collection. Pure: plans what is added, removed
//! and moved, and whether the user has to confirm first.

use std::collections::HashMap;

use trakt::models::ListItemId;

use crate::confirmation::{ConfirmationReason, SMALL_REMOVAL};
use crate::entry::{Entry, Kind};
use crate::failure::Failure;

/// An item of a Trakt list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// The id of the list item, by which it is moved.
    pub id: Option<ListItemId>,
    /// The title.
    pub entry: Entry,
}

/// The contents of a Trakt list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListContents {
    /// The items, in the order of the list.
    pub items: Vec<ListItem>,
    /// How many items are unreadable. They are neither removed nor moved.
    pub unreadable: usize,
}

/// The planned changes to a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPlan {
    /// The slug of the list.
    pub list: String,
    /// Entries to add.
    pub added: Vec<Entry>,
    /// Entries to remove.
    pub removed: Vec<Entry>,
    /// How many entries are kept.
    pub kept: usize,
    /// Whether entries change their positions.
    pub moves: bool,
    /// Why the user has to confirm the plan first; empty if no confirmation is required.
    pub confirmation_reasons: Vec<ConfirmationReason>,
    /// Whether the plan waits for confirmation.
    pub waiting: bool,
    /// How many titles Trakt did not add because it does not know them.
    pub not_added: usize,
}

impl ListPlan {
    /// Whether the list is already up to date.
    pub fn is_done(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && !self.moves
    }
}

/// Why a list could not be synced.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListFailure {
    /// The account has no list with this slug.
    #[error("sync_to_trakt_list: {slug:?} is not one of your lists on Trakt; {}", known_lists(.known))]
    Unknown {
        /// The slug, as written in the definition.
        slug: String,
        /// The slugs of the account's lists.
        known: Vec<String>,
    },
    /// A request to Trakt failed.
    #[error("sync_to_trakt_list: {0}")]
    Trakt(#[from] Failure),
}

fn known_lists(slugs: &[String]) -> String {
    if slugs.is_empty() { "you have none".into() } else { format!("you have {}", slugs.join(", ")) }
}

/// An id of a title, with the service that it belongs to. It is always combined with the kind of the title, because
/// services use the same ids for movies and shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Id {
    Tmdb(u64),
    Tvdb(u64),
    Imdb(String),
    Trakt(u64),
}

/// All ids of an entry, each with the kind of the entry.
fn ids(entry: &Entry) -> impl Iterator<Item = (Kind, Id)> + use<> {
    let ids = entry.ids.clone();
    let kind = entry.kind;
    let numbers = [ids.trakt.map(Id::Trakt), ids.tmdb.map(Id::Tmdb), ids.tvdb.map(Id::Tvdb)];
    let imdb = ids.imdb.map(|imdb| Id::Imdb(imdb.to_lowercase()));
    numbers.into_iter().chain([imdb]).flatten().map(move |id| (kind, id))
}

/// The positions of entries in a list, by any of their ids.
struct Positions(HashMap<(Kind, Id), usize>);

impl Positions {
    fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut positions = HashMap::new();
        for (at, entry) in entries.enumerate() {
            for id in ids(entry) {
                positions.entry(id).or_insert(at);
            }
        }
        Self(positions)
    }

    fn find(&self, entry: &Entry) -> Option<usize> {
        ids(entry).find_map(|id| self.0.get(&id).copied())
    }
}

/// Whether `others` contains all of `these` titles. Titles are the same if they share an id.
pub fn are_among(these: &[Entry], others: &[Entry]) -> bool {
    let positions = Positions::of(others.iter());
    these.iter().all(|entry| positions.find(entry).is_some())
}

/// Removes duplicates, and titles without any id, which cannot be sent to Trakt.
pub fn distinct(wanted: impl IntoIterator<Item = Entry>) -> Vec<Entry> {
    let mut seen = std::collections::HashSet::new();
    let is_new = |entry: &Entry| {
        let ids: Vec<_> = ids(entry).collect();
        let new = !ids.is_empty() && !ids.iter().any(|id| seen.contains(id));
        seen.extend(ids);
        new
    };
    let mut is_new = is_new;
    wanted.into_iter().filter(|entry| is_new(entry)).collect()
}

/// Plans the changes that make the list equal to `wanted`. With `add_only`, nothing is removed, because not
/// everything that belongs on the list is known.
pub fn plan(list: &str, contents: &ListContents, wanted: &[Entry], add_only: bool) -> ListPlan {
    let current = Positions::of(contents.items.iter().map(|item| &item.entry));
    let positions = Positions::of(wanted.iter());
    let added: Vec<Entry> = wanted.iter().filter(|entry| current.find(entry).is_none()).cloned().collect();
    let is_removed = |item: &&ListItem| !add_only && positions.find(&item.entry).is_none();
    let removed: Vec<Entry> =
        contents.items.iter().filter(is_removed).map(|item| item.entry.clone()).collect();
    let remaining = contents.items.iter().filter(|item| !is_removed(item)).map(|item| &item.entry);
    // Trakt appends new items.
    let after: Vec<usize> = remaining.chain(&added).map(|entry| position(&positions, entry)).collect();
    let kept = contents.items.len() - removed.len();
    let mut confirmation_reasons = Vec::new();
    if !removed.is_empty() && wanted.is_empty() {
        confirmation_reasons.push(ConfirmationReason::EmptyCollection { removed: removed.len() });
    } else if removed.len() > SMALL_REMOVAL && removed.len() * 2 > contents.items.len() {
        confirmation_reasons
            .push(ConfirmationReason::LargeRemoval { removed: removed.len(), of: contents.items.len() });
    }
    let moves = contents.unreadable == 0 && !after.is_sorted();
    ListPlan {
        list: list.to_owned(),
        added,
        removed,
        kept,
        moves,
        confirmation_reasons,
        waiting: false,
        not_added: 0,
    }
}

/// The wanted position of an entry. Entries that are not wanted, but are kept, come last.
fn position(positions: &Positions, entry: &Entry) -> usize {
    positions.find(entry).unwrap_or(usize::MAX)
}

/// The ids of all list items in the order of `wanted`, as required for reordering. `None` if the list is already in
/// this order, or if the id of any item is unknown.
pub fn ranks(contents: &ListContents, wanted: &[Entry]) -> Option<Vec<ListItemId>> {
    let positions = Positions::of(wanted.iter());
    let of = |item: &ListItem| position(&positions, &item.entry);
    if contents.unreadable > 0 || contents.items.iter().map(of).is_sorted() {
        return None;
    }
    let mut sorted: Vec<&ListItem> = contents.items.iter().collect();
    sorted.sort_by_key(|item| of(item));
    sorted.into_iter().map(|item| item.id).collect()
}

#[cfg(test)]
#[path = "list_sync_tests.rs"]
mod tests;

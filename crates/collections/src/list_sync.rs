//! `sync_to_trakt_list`: syncs one of the account's Trakt lists with a collection. Pure: what is added, removed and
//! moved, and whether a user has to confirm first.

use std::collections::HashMap;

use trakt::models::ListItemId;

use crate::entry::{Entry, Kind};
use crate::failure::Failure;
use crate::wait::{FEW, Wait};

/// An entry on the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The entry's own id, by which it is moved.
    pub id: Option<ListItemId>,
    /// The item.
    pub entry: Entry,
}

/// The contents of a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OnList {
    /// By rank.
    pub listed: Vec<Listed>,
    /// Unreadable entries. They are neither removed nor moved.
    pub unreadable: usize,
}

/// The planned changes to a list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListPlan {
    /// Its slug.
    pub list: String,
    /// Entries to add.
    pub added: Vec<Entry>,
    /// Entries to remove.
    pub removed: Vec<Entry>,
    /// How many entries stay.
    pub kept: usize,
    /// Whether entries change their places.
    pub moves: bool,
    /// Why a user has to confirm first; empty if not required.
    pub waits: Vec<Wait>,
    /// Whether it waits for confirmation.
    pub waiting: bool,
    /// Titles that Trakt did not add because it does not know them.
    pub refused: usize,
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
    /// The account has no list of this slug.
    #[error("sync_to_trakt_list: {slug:?} is not one of your lists on Trakt; {}", listed(.known))]
    Unknown {
        /// As written.
        slug: String,
        /// The slugs of the account's lists.
        known: Vec<String>,
    },
    /// Trakt failed.
    #[error("sync_to_trakt_list: {0}")]
    Trakt(#[from] Failure),
}

fn listed(slugs: &[String]) -> String {
    if slugs.is_empty() { "you have none".into() } else { format!("you have {}", slugs.join(", ")) }
}

/// The ids of one title, each in its own namespace. Ids of movies and shows never collide, because they include the
/// kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Id {
    Tmdb(u64),
    Tvdb(u64),
    Imdb(String),
    Trakt(u64),
}

fn ids(entry: &Entry) -> impl Iterator<Item = (Kind, Id)> + use<> {
    let ids = entry.ids.clone();
    let kind = entry.kind;
    let numbers = [ids.trakt.map(Id::Trakt), ids.tmdb.map(Id::Tmdb), ids.tvdb.map(Id::Tvdb)];
    let imdb = ids.imdb.map(|imdb| Id::Imdb(imdb.to_lowercase()));
    numbers.into_iter().chain([imdb]).flatten().map(move |id| (kind, id))
}

/// The positions of entries, by any of their ids.
struct Places(HashMap<(Kind, Id), usize>);

impl Places {
    fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> Self {
        let mut places = HashMap::new();
        for (at, entry) in entries.enumerate() {
            for id in ids(entry) {
                places.entry(id).or_insert(at);
            }
        }
        Self(places)
    }

    fn find(&self, entry: &Entry) -> Option<usize> {
        ids(entry).find_map(|id| self.0.get(&id).copied())
    }
}

/// Whether all of these titles are among the others, by any of their ids.
pub fn are_among(these: &[Entry], others: &[Entry]) -> bool {
    let places = Places::of(others.iter());
    these.iter().all(|entry| places.find(entry).is_some())
}

/// Each title once, and only those with an id that Trakt accepts.
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

/// What makes the list the same as `wanted`. With `grows`, nothing is taken off it: what belongs on it is not all known.
pub fn plan(list: &str, on: &OnList, wanted: &[Entry], grows: bool) -> ListPlan {
    let there = Places::of(on.listed.iter().map(|listed| &listed.entry));
    let places = Places::of(wanted.iter());
    let added: Vec<Entry> = wanted.iter().filter(|entry| there.find(entry).is_none()).cloned().collect();
    let goes = |listed: &&Listed| !grows && places.find(&listed.entry).is_none();
    let removed: Vec<Entry> = on.listed.iter().filter(goes).map(|listed| listed.entry.clone()).collect();
    let stay = on.listed.iter().filter(|listed| !goes(listed)).map(|listed| &listed.entry);
    // Trakt puts what is new at the end.
    let after: Vec<usize> = stay.chain(&added).map(|entry| place(&places, entry)).collect();
    let kept = on.listed.len() - removed.len();
    let mut waits = Vec::new();
    if !removed.is_empty() && wanted.is_empty() {
        waits.push(Wait::EmptyCollection { removed: removed.len() });
    } else if removed.len() > FEW && removed.len() * 2 > on.listed.len() {
        waits.push(Wait::Most { removed: removed.len(), of: on.listed.len() });
    }
    let moves = on.unreadable == 0 && !after.is_sorted();
    ListPlan { list: list.to_owned(), added, removed, kept, moves, waits, waiting: false, refused: 0 }
}

/// What is not wanted stands behind what is.
fn place(places: &Places, entry: &Entry) -> usize {
    places.find(entry).unwrap_or(usize::MAX)
}

/// The entries' ids in the order of `wanted`; `None` if they are already in order or not all known.
pub fn ranks(on: &OnList, wanted: &[Entry]) -> Option<Vec<ListItemId>> {
    let places = Places::of(wanted.iter());
    let of = |listed: &Listed| place(&places, &listed.entry);
    if on.unreadable > 0 || on.listed.iter().map(of).is_sorted() {
        return None;
    }
    let mut sorted: Vec<&Listed> = on.listed.iter().collect();
    sorted.sort_by_key(|listed| of(listed));
    sorted.into_iter().map(|listed| listed.id).collect()
}

#[cfg(test)]
#[path = "list_sync_tests.rs"]
mod tests;

//! Entries of Trakt's history, and the rows they belong to. Pure.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use trakt::models::{HistoryItem, Media};

use super::{item::Item, lookup::Window};

/// Where the history entry of a row can be, in Trakt's time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    /// In the minute of this time.
    Minute(DateTime<Utc>),
    /// In this window; the closer to this time, the likelier.
    Within(Window, DateTime<Utc>),
    /// After this ID.
    After(u64),
    /// Unknown.
    Nowhere,
}

impl Place {
    /// Returns the window of the history that contains it; `None` if no time is known.
    pub(super) fn window(&self) -> Option<Window> {
        match self {
            Self::Minute(at) => Some(Window::minute(*at)),
            Self::Within(window, _) => Some(*window),
            Self::After(_) | Self::Nowhere => None,
        }
    }
}

/// Entries that were not taken by any row yet.
#[derive(Debug, Default)]
pub(super) struct Pool {
    entries: Vec<Option<HistoryItem>>,
    by_id: HashMap<(bool, u64), Vec<usize>>,
}

impl Pool {
    pub(super) fn new(entries: Vec<HistoryItem>) -> Self {
        let mut by_id: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Some(key) = key_of(&entry.media) {
                by_id.entry(key).or_default().push(at);
            }
        }
        Self { entries: entries.into_iter().map(Some).collect(), by_id }
    }

    /// Takes the likeliest entry of `item` at `place`.
    pub(super) fn take(&mut self, item: &Item, place: Place) -> Option<HistoryItem> {
        let all: Vec<usize>;
        let candidates: &[usize] = match item.trakt_id() {
            Some(id) => self.by_id.get(&(item.is_movie(), id.0)).map_or(&[], Vec::as_slice),
            None => {
                all = (0..self.entries.len()).collect();
                &all
            }
        };
        let fits = |at: &&usize| {
            self.entries[**at].as_ref().is_some_and(|entry| item.is(&entry.media) && is_at(entry, place))
        };
        let rank = |at: &&usize| self.entries[**at].as_ref().map(|entry| rank(entry, place));
        let chosen = *candidates.iter().filter(fits).min_by_key(rank)?;
        self.entries[chosen].take()
    }

    /// Returns the remaining entries.
    pub(super) fn rest(self) -> Vec<HistoryItem> {
        self.entries.into_iter().flatten().collect()
    }
}

fn is_at(entry: &HistoryItem, place: Place) -> bool {
    match place {
        Place::Minute(at) => entry.was_watched_at(at),
        Place::Within(window, _) => window.holds(entry.watched_at),
        Place::After(id) => entry.id.0 > id,
        Place::Nowhere => false,
    }
}

/// Ranks the closest entry first, and the older of two equally close ones.
fn rank(entry: &HistoryItem, place: Place) -> (i64, u64) {
    let distance = match place {
        Place::Within(_, at) => (entry.watched_at - at).num_milliseconds().abs(),
        Place::Minute(_) | Place::After(_) | Place::Nowhere => 0,
    };
    (distance, entry.id.0)
}

fn key_of(media: &Media) -> Option<(bool, u64)> {
    match media {
        Media::Movie(movie) => Some((true, movie.ids.trakt.0)),
        Media::Episode { episode, .. } => Some((false, episode.ids.trakt.0)),
        _ => None,
    }
}

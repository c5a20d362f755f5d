//! A user's plays: sorted by time for reading, and aggregated by item for `/sync/watched`.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::to_minute;
use crate::item::Item;

/// How a play was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Action {
    Scrobble,
    Checkin,
    Watch,
}

/// A play. History IDs grow with insertion, whatever the time of the play.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Play {
    pub id: u64,
    pub watched_at: DateTime<Utc>,
    pub item: Item,
    pub action: Action,
}

/// The aggregate of all plays of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Watched {
    pub plays: u32,
    pub last_watched_at: DateTime<Utc>,
    /// When a play was last added. A removal does not change it, as on Trakt.
    pub last_updated_at: DateTime<Utc>,
}

/// A history, ordered by `(watched_at, id)`, oldest first.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(from = "Vec<Play>", into = "Vec<Play>")]
pub(crate) struct History {
    plays: Vec<Play>,
    watched: BTreeMap<Item, Watched>,
}

impl History {
    pub(crate) fn len(&self) -> usize {
        self.plays.len()
    }

    /// Adds plays without checking for duplicates, like Trakt.
    pub(crate) fn add(&mut self, plays: impl IntoIterator<Item = Play>, now: DateTime<Utc>) {
        let before = self.plays.len();
        for mut play in plays {
            play.watched_at = to_minute(play.watched_at);
            self.sum_up(play, now);
            self.plays.push(play);
        }
        let sorted =
            self.plays[before.saturating_sub(1)..].is_sorted_by_key(|play| (play.watched_at, play.id));
        if !sorted {
            self.plays.sort_by_key(|play| (play.watched_at, play.id));
        }
    }

    /// Removes the plays selected by `gone` and returns them.
    pub(crate) fn remove(&mut self, gone: impl Fn(&Play) -> bool) -> Vec<Play> {
        let (removed, kept) = std::mem::take(&mut self.plays).into_iter().partition(|play| gone(play));
        self.plays = kept;
        let removed: Vec<Play> = removed;
        for play in &removed {
            self.sum_up_again(play.item);
        }
        removed
    }

    /// Returns the plays, newest first.
    pub(crate) fn newest(&self) -> impl Iterator<Item = &Play> {
        self.plays.iter().rev()
    }

    /// Returns the aggregates by item, movies first, then episodes show by show.
    pub(crate) fn watched(&self) -> impl Iterator<Item = (Item, Watched)> + '_ {
        self.watched.iter().map(|(item, watched)| (*item, *watched))
    }

    pub(crate) fn watched_item(&self, item: Item) -> Option<Watched> {
        self.watched.get(&item).copied()
    }

    /// Returns the aggregates of a show's episodes, in order.
    pub(crate) fn watched_of_show(&self, show: u64) -> impl Iterator<Item = (Item, Watched)> + '_ {
        let first = Item::Episode { show, season: 0, number: 0 };
        let last = Item::Episode { show, season: u16::MAX, number: u16::MAX };
        self.watched.range(first..=last).map(|(item, watched)| (*item, *watched))
    }

    fn sum_up(&mut self, play: Play, now: DateTime<Utc>) {
        self.watched
            .entry(play.item)
            .and_modify(|sum| {
                sum.plays += 1;
                sum.last_watched_at = sum.last_watched_at.max(play.watched_at);
                sum.last_updated_at = now;
            })
            .or_insert(Watched { plays: 1, last_watched_at: play.watched_at, last_updated_at: now });
    }

    fn sum_up_again(&mut self, item: Item) {
        let mut left = self.plays.iter().filter(|play| play.item == item).peekable();
        if left.peek().is_none() {
            self.watched.remove(&item);
        } else if let Some(sum) = self.watched.get_mut(&item) {
            (sum.plays, sum.last_watched_at) =
                left.fold((0, DateTime::UNIX_EPOCH), |(n, last), play| (n + 1, last.max(play.watched_at)));
        }
    }
}

impl From<Vec<Play>> for History {
    fn from(plays: Vec<Play>) -> Self {
        let mut history = Self::default();
        for play in &plays {
            history.sum_up(*play, play.watched_at);
        }
        history.plays = plays;
        history.plays.sort_by_key(|play| (play.watched_at, play.id));
        history
    }
}

impl From<History> for Vec<Play> {
    fn from(history: History) -> Self {
        history.plays
    }
}

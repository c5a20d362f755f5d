//! Looks into the history on Trakt before something is sent (again).

use chrono::{DateTime, TimeDelta, Utc};
use db::{Conn, ids::UserId, plays};
use trakt::{
    Client,
    endpoints::{HistoryQuery, MediaType},
    models::{HistoryItem, to_the_minute},
    paging::Complete,
};

use super::item::Item;
use crate::{Result, outbox::removed_entries};

/// Clocks differ, and Trakt truncates times to the minute.
pub(crate) const SLACK: TimeDelta = TimeDelta::minutes(3);
/// Maximum number of history windows read by one check.
const MOST_READS: usize = 10;

/// A time window of the history, both ends inclusive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Window {
    /// Returns the minute of `at`.
    pub(crate) fn minute(at: DateTime<Utc>) -> Self {
        let start = to_the_minute(at);
        Self { start, end: start + TimeDelta::milliseconds(59_999) }
    }

    /// Returns the window of everything that a scrobble between these times may have become.
    pub(crate) fn around(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self { start: to_the_minute(start - SLACK), end: end + SLACK }
    }

    /// Joins two windows if the gap between them is at most `gap`.
    fn joined(&self, later: &Self, gap: TimeDelta) -> Option<Self> {
        let near = later.start - self.end <= gap;
        near.then(|| Self { start: self.start, end: self.end.max(later.end) })
    }

    pub(super) fn holds(&self, at: DateTime<Utc>) -> bool {
        (self.start..=self.end).contains(&at)
    }
}

/// Returns as few windows as possible that cover these, at most `most`.
pub(super) fn covering(mut windows: Vec<Window>, most: usize) -> Vec<Window> {
    windows.sort_by_key(|window| window.start);
    let mut gap = TimeDelta::hours(3);
    loop {
        let mut covering: Vec<Window> = Vec::new();
        for window in &windows {
            match covering.last_mut().and_then(|last| Some((last.joined(window, gap)?, last))) {
                Some((joined, last)) => *last = joined,
                None => covering.push(*window),
            }
        }
        if covering.len() <= most.max(1) {
            return covering;
        }
        gap = gap.checked_mul(4).unwrap_or(TimeDelta::MAX);
    }
}

/// Returns all plays on Trakt in these windows, without duplicates.
pub(super) async fn all_within(
    client: &Client,
    windows: Vec<Window>,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let mut plays = Vec::new();
    for window in covering(windows, MOST_READS) {
        plays.extend(all_in(client, window).await?);
    }
    Ok(plays)
}

/// Returns the greatest ID among the newest plays on Trakt. IDs grow with insertion, so everything added from
/// now on has a greater one.
pub(super) async fn newest_id(client: &Client) -> Result<u64, trakt::Error> {
    let page = client.sync().history(&HistoryQuery::all()).page(1).await?;
    Ok(page.listing.items.iter().map(|play| play.id.0).max().unwrap_or(0))
}

/// Returns the plays of `item` on Trakt in `window`, newest first. Without Trakt's ID, the whole window is read.
pub(crate) async fn plays_in(
    client: &Client,
    item: &Item,
    window: Window,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let plays = read(client, of_item(item), window).await?;
    Ok(plays.into_iter().filter(|play| item.is(&play.media)).collect())
}

/// Returns all plays on Trakt in `window`.
pub(super) async fn all_in(client: &Client, window: Window) -> Result<Vec<HistoryItem>, trakt::Error> {
    read(client, HistoryQuery::all(), window).await
}

/// Returns all plays of an item, whatever their times.
pub(crate) async fn every_play(client: &Client, item: &Item) -> Result<Vec<HistoryItem>, trakt::Error> {
    let mut plays = none_of_unknown(client.sync().history(&of_item(item)).collect_all().await)?;
    plays.retain(|play| item.is(&play.media));
    Ok(plays)
}

/// Queries the plays of an item; without Trakt's ID, the plays of its kind.
fn of_item(item: &Item) -> HistoryQuery {
    match (item.trakt_id(), item.is_movie()) {
        (Some(id), true) => HistoryQuery::of_movie(id),
        (Some(id), false) => HistoryQuery::of_episode(id),
        (None, true) => HistoryQuery::of_type(MediaType::Movies),
        (None, false) => HistoryQuery::of_type(MediaType::Episodes),
    }
}

/// Treats a title that Trakt does not know as one without plays.
fn none_of_unknown(
    read: Result<Complete<HistoryItem>, trakt::Error>,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    match read {
        Ok(plays) => Ok(plays.listing.items),
        Err(trakt::Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

async fn read(
    client: &Client,
    query: HistoryQuery,
    window: Window,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let query = query.start_at(window.start).end_at(window.end);
    let mut plays = none_of_unknown(client.sync().history(&query).collect_all().await)?;
    plays.retain(|play| window.holds(play.watched_at));
    Ok(plays)
}

/// Returns the entries whose plays were not deleted here. The others are about to be removed on Trakt.
pub(crate) async fn not_removed(
    conn: &dyn Conn,
    user_id: UserId,
    plays: Vec<HistoryItem>,
) -> Result<Vec<HistoryItem>> {
    let removed = removed_entries(conn, user_id).await?;
    Ok(plays.into_iter().filter(|play| !removed.contains(&history_id(play))).collect())
}

/// Returns the entries that are not linked to a play here and whose plays were not deleted: one of them may be ours.
pub(crate) async fn unclaimed(
    conn: &dyn Conn,
    user_id: UserId,
    plays: Vec<HistoryItem>,
) -> Result<Vec<HistoryItem>> {
    let plays = not_removed(conn, user_id, plays).await?;
    let ids: Vec<i64> = plays.iter().map(history_id).collect();
    let known = plays::known_history(conn, user_id, &ids).await?;
    Ok(plays.into_iter().filter(|play| !known.contains(&history_id(play))).collect())
}

/// Returns the ID of a history entry as stored in the database.
pub(crate) fn history_id(play: &HistoryItem) -> i64 {
    i64::try_from(play.id.0).unwrap_or(i64::MAX)
}

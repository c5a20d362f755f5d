//! Looking into the history on Trakt before something is sent (again).

use chrono::{DateTime, TimeDelta, Utc};
use db::{Conn, ids::UserId, plays, rows::OutboxRow, withdrawals};
use trakt::{
    Client,
    endpoints::{HistoryQuery, MediaType},
    models::{HistoryItem, to_the_minute},
};

use super::item::Item;
use crate::{Result, outbox::payload::Payload};

/// Clocks differ, and Trakt cuts times to the minute.
pub(crate) const SLACK: TimeDelta = TimeDelta::minutes(3);

/// A stretch of the history, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    start: DateTime<Utc>,
    end: DateTime<Utc>,
}

impl Window {
    /// The minute of `at`.
    pub(crate) fn minute(at: DateTime<Utc>) -> Self {
        let start = to_the_minute(at);
        Self { start, end: start + TimeDelta::milliseconds(59_999) }
    }

    /// Everything that a scrobble between these times may have become.
    pub(crate) fn around(start: DateTime<Utc>, end: DateTime<Utc>) -> Self {
        Self { start: to_the_minute(start - SLACK), end: end + SLACK }
    }

    fn holds(&self, at: DateTime<Utc>) -> bool {
        (self.start..=self.end).contains(&at)
    }
}

/// The plays of `item` on Trakt in `window`, newest first. Without Trakt's id the whole window is read.
pub(crate) async fn plays_in(
    client: &Client,
    item: &Item,
    window: Window,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let query = match (item.trakt_id(), item.is_movie()) {
        (Some(id), true) => HistoryQuery::of_movie(id),
        (Some(id), false) => HistoryQuery::of_episode(id),
        (None, true) => HistoryQuery::of_type(MediaType::Movies),
        (None, false) => HistoryQuery::of_type(MediaType::Episodes),
    };
    let plays = read(client, query, window).await?;
    Ok(plays.into_iter().filter(|play| item.is(&play.media)).collect())
}

/// Every play on Trakt in `window`.
pub(crate) async fn all_in(client: &Client, window: Window) -> Result<Vec<HistoryItem>, trakt::Error> {
    read(client, HistoryQuery::all(), window).await
}

/// Every play of an item, whatever its time; None when Trakt's id is not known.
pub(crate) async fn every_play(
    client: &Client,
    item: &Item,
) -> Result<Option<Vec<HistoryItem>>, trakt::Error> {
    let query = match (item.trakt_id(), item.is_movie()) {
        (Some(id), true) => HistoryQuery::of_movie(id),
        (Some(id), false) => HistoryQuery::of_episode(id),
        (None, _) => return Ok(None),
    };
    Ok(Some(client.sync().history(&query).collect_all().await?.listing.items))
}

async fn read(
    client: &Client,
    query: HistoryQuery,
    window: Window,
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let query = query.start_at(window.start).end_at(window.end);
    let mut plays = client.sync().history(&query).collect_all().await?.listing.items;
    plays.retain(|play| window.holds(play.watched_at));
    Ok(plays)
}

/// The entries whose plays were not deleted here. The others are removed as soon as Trakt answers.
pub(crate) async fn staying(
    conn: &dyn Conn,
    user_id: UserId,
    plays: Vec<HistoryItem>,
) -> Result<Vec<HistoryItem>> {
    let removals = withdrawals::removals(conn, user_id).await?;
    let leaving: Vec<i64> = removals.iter().filter_map(removed_id).collect();
    Ok(plays.into_iter().filter(|play| !leaving.contains(&history_id(play))).collect())
}

fn removed_id(row: &OutboxRow) -> Option<i64> {
    match Payload::read(&row.payload) {
        Some(Payload::Remove(remove)) => remove.history_id,
        _ => None,
    }
}

/// The entries that are not linked to a play here, and whose plays were not deleted: one of them may be ours.
pub(crate) async fn unclaimed(
    conn: &dyn Conn,
    user_id: UserId,
    plays: Vec<HistoryItem>,
) -> Result<Vec<HistoryItem>> {
    let plays = staying(conn, user_id, plays).await?;
    let ids: Vec<i64> = plays.iter().map(history_id).collect();
    let known = plays::known_history(conn, user_id, &ids).await?;
    Ok(plays.into_iter().filter(|play| !known.contains(&history_id(play))).collect())
}

/// The id of an entry as the database holds it.
pub(crate) fn history_id(play: &HistoryItem) -> i64 {
    i64::try_from(play.id.0).unwrap_or(i64::MAX)
}

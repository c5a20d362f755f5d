//! Looks up the history entries of several rows at once.

use chrono::{DateTime, Utc};
use db::rows::OutboxRow;
use trakt::models::HistoryItem;

use super::{
    claim::Claimed,
    item::Item,
    lookup::{self, Window},
    plan,
    pool::{Place, Pool},
    worker::Worker,
};
use crate::{
    Result,
    outbox::payload::{History, When},
};

/// Returns the entries at these places that are not other plays here.
pub(super) async fn read(
    worker: &Worker<'_>,
    sought: &[(&Item, Place)],
) -> Result<Result<Pool, trakt::Error>> {
    let entries = match read_entries(worker, sought).await {
        Ok(entries) => entries,
        Err(error) => return Ok(Err(error)),
    };
    let unclaimed = lookup::unclaimed(&worker.core.db, worker.user(), entries).await?;
    Ok(Ok(Pool::new(unclaimed)))
}

async fn read_entries(
    worker: &Worker<'_>,
    sought: &[(&Item, Place)],
) -> Result<Vec<HistoryItem>, trakt::Error> {
    let client = &worker.account.client;
    if let [(item, place)] = sought
        && let Some(window) = place.window()
    {
        return lookup::plays_in(client, item, window).await;
    }
    let windows = sought.iter().filter_map(|(_, place)| place.window()).collect();
    let mut entries = lookup::all_within(client, windows).await?;
    let mut read: Vec<&Item> = Vec::new();
    for (item, _) in sought.iter().filter(|(_, place)| matches!(place, Place::After(_))) {
        if !read.contains(item) {
            entries.extend(lookup::every_play(client, item).await?);
            read.push(item);
        }
    }
    entries.sort_by_key(|entry| entry.id.0);
    entries.dedup_by_key(|entry| entry.id.0);
    Ok(entries)
}

/// Returns where the history entry of a play can be.
pub(super) fn place(worker: &Worker<'_>, row: &OutboxRow, play: &History, claimed: Option<Claimed>) -> Place {
    // An earlier version did not record when the scrobble was sent. Once the play itself was sent, the row no longer
    // shows it, but a scrobble is only sent while it is not late.
    let scrobbled_until = |at: DateTime<Utc>| match (play.scrobbled_until, &claimed) {
        (Some(until), _) => until,
        (None, None) => row.sent_at.map_or(at, |sent| sent.0),
        (None, Some(_)) => at + plan::LATE,
    };
    match (play.watched, play.scrobbled_since) {
        // It may have arrived as a scrobble, which Trakt dates itself, or with its real time.
        (When::At(at), Some(since)) => {
            let until = scrobbled_until(at).max(at);
            let window = Window::around(worker.to_trakt(since.min(at)), worker.to_trakt(until));
            Place::Within(window, worker.to_trakt(at))
        }
        (When::At(at), None) => Place::Minute(claimed.and_then(|claimed| claimed.at).unwrap_or(at)),
        (When::Released | When::Unknown, _) => play.newest_before.map_or(Place::Nowhere, Place::After),
    }
}

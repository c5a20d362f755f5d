//! Trakt's recommendations, read completely once a day and after the user has rated something.

use chrono::TimeDelta;
use db::{Millis, ids::TitleId, recommendations, rows::Recommendation};

use super::{remote::RemoteItem, titles, worker::Worker};
use crate::{Result, SyncEvent};

/// The interval between reads.
const EVERY: TimeDelta = TimeDelta::hours(24);
/// The maximum number of recommendations per kind that Trakt returns.
const LIMIT: u32 = 100;

/// Reads Trakt's recommendations, if that is due.
pub(super) async fn refresh(worker: &Worker<'_>) -> Result<()> {
    let core = &worker.engine.core;
    let (user_id, account) = (worker.owner.user_id, worker.owner.account);
    let began = core.clock.now();
    let read_at = recommendations::read_at(&core.db, user_id, account).await?;
    if read_at.is_some_and(|at| began - at.0 < EVERY) {
        return Ok(());
    }
    let api = worker.client.recommendations();
    let movies = api.movies(LIMIT).await?;
    let shows = api.shows(LIMIT).await?;
    let mut items: Vec<(i64, RemoteItem)> = Vec::new();
    items.extend((0..).zip(movies.items.into_iter().map(|movie| RemoteItem::Movie(Box::new(movie)))));
    items.extend((0..).zip(shows.items.into_iter().map(|show| RemoteItem::Show(Box::new(show)))));
    let named: Vec<&RemoteItem> = items.iter().map(|(_, item)| item).collect();
    let tx = core.db.begin_titles().await?;
    let mut rows = titles::known(&tx, &named).await?;
    let new_titles = titles::ensure(&tx, &named, &mut rows, began).await?;
    let mut seen: Vec<TitleId> = Vec::new();
    let mut recommended = Vec::new();
    for (position, item) in &items {
        let Some(title_id) = rows.get(&item.key()).map(|row| row.id) else { continue };
        if !seen.contains(&title_id) {
            seen.push(title_id);
            let account = account.to_owned();
            recommended.push(Recommendation { user_id, account, title_id, position: *position });
        }
    }
    // If something was rated during the read, recommendations are read again.
    let is_current = recommendations::read_at(&tx, user_id, account).await? == read_at;
    recommendations::replace(&tx, user_id, account, recommended, Millis::from(began)).await?;
    if !is_current {
        recommendations::outdate(&tx, user_id).await?;
    }
    tx.commit().await?;
    core.events.send(SyncEvent::Pulled { user_id, new_titles });
    Ok(())
}

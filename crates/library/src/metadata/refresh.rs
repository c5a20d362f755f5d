//! Refreshes titles from Trakt: titles never fetched, titles that changed on Trakt, and titles not refreshed
//! for long.

use chrono::{DateTime, TimeDelta, Utc};
use db::Db;
use db::ids::TitleId;
use db::kinds::{GroupKind, TitleKind};
use db::rows::Title;
use serde::{Deserialize, Serialize};
use trakt::models::TraktId;
use trakt::{Client, Error, Paged};

use super::{apply, children, fetch};
use crate::works::relink;

/// A title is fetched again after this time even if Trakt reports no change.
pub const STALE_AFTER: TimeDelta = TimeDelta::days(30);
/// How often Trakt's list of changed titles is read.
const READ_EVERY: TimeDelta = TimeDelta::hours(6);
/// How far reads of the list overlap, because its resolution is one day.
const OVERLAP: TimeDelta = TimeDelta::days(1);
/// Key of the setting that holds the time of the last read.
const SETTING: &str = "trakt_updates";

/// When the list of changed titles was last read.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct LastRead {
    at: DateTime<Utc>,
}

/// Fetches a movie, or a show with its seasons and episodes.
///
/// # Errors
/// When Trakt cannot be reached; the title then remains due.
pub async fn refresh(
    db: &Db,
    client: &Client,
    title: &Title,
    now: DateTime<Utc>,
) -> Result<(), RefreshError> {
    let (Some(trakt_id), Some(kind)) = (title.trakt_id, group_kind(title.kind)) else { return Ok(()) };
    let found = match fetch::by_trakt_id(client, kind, trakt_id).await {
        Ok(found) => found,
        // Trakt merged or removed the title. The row is kept and tried again when it is stale.
        Err(Error::NotFound) => return postpone(db, title.id, now).await,
        Err(error) => return Err(error.into()),
    };
    let seasons = match kind {
        GroupKind::Show => fetch::seasons(client, trakt_id).await?,
        GroupKind::Movie => Vec::new(),
    };
    let tx = db.begin_titles().await?;
    // The row may have changed in the meantime.
    let Some(mut row) = db::titles::find(&tx, title.id).await?.filter(|row| row.trakt_id == Some(trakt_id))
    else {
        return Ok(());
    };
    match &found {
        fetch::Found::Movie(movie) => apply::movie(&mut row, movie, now),
        fetch::Found::Show(show) => apply::show(&mut row, show, now),
    }
    let row = db::titles::update(&tx, row).await?;
    if kind == GroupKind::Show {
        children::write(&tx, row.id, &seasons, now).await?;
        for group in db::matches::of_title(&tx, row.id).await? {
            relink(&tx, &group, now).await?;
        }
        db::titles::prune_children(&tx, row.id).await?;
    }
    Ok(tx.commit().await?)
}

/// Records the title as refreshed without changing it.
async fn postpone(db: &Db, title_id: TitleId, now: DateTime<Utc>) -> Result<(), RefreshError> {
    let tx = db.begin().await?;
    if let Some(row) = db::titles::find(&tx, title_id).await? {
        db::titles::update(&tx, Title { refreshed_at: Some(now.into()), ..row }).await?;
    }
    Ok(tx.commit().await?)
}

/// Reads the list of changed titles from Trakt, at most every few hours, and marks those in the library as due.
///
/// # Errors
/// When Trakt cannot be reached; the next call reads the same days.
pub async fn mark_changed_titles(db: &Db, client: &Client, now: DateTime<Utc>) -> Result<(), RefreshError> {
    let last_read: Option<LastRead> = db::settings::get(db, SETTING).await?;
    let since = match last_read {
        Some(last_read) if now - last_read.at < READ_EVERY => return Ok(()),
        // After a long pause all titles are stale anyway, and the list would be very long.
        Some(last_read) if now - last_read.at < STALE_AFTER => Some(last_read.at - OVERLAP),
        _ => None,
    };
    let (movies, shows) = match since {
        Some(since) => {
            let movies = ids(client.movies().updated_ids(since)).await?;
            (movies, ids(client.shows().updated_ids(since)).await?)
        }
        None => (Vec::new(), Vec::new()),
    };
    let tx = db.begin().await?;
    db::titles::set_stale(&tx, TitleKind::Movie, &movies).await?;
    db::titles::set_stale(&tx, TitleKind::Show, &shows).await?;
    db::settings::put(&tx, SETTING, &LastRead { at: now }).await?;
    Ok(tx.commit().await?)
}

/// Reads all pages. Entries that are missed because the list changes meanwhile are found by the next read,
/// which overlaps.
async fn ids(feed: Paged<TraktId>) -> trakt::Result<Vec<i64>> {
    use futures::TryStreamExt as _;
    let pages: Vec<_> = feed.stream().try_collect().await?;
    Ok(pages.into_iter().flat_map(|page| page.listing.items).map(|id| id.0.cast_signed()).collect())
}

fn group_kind(kind: TitleKind) -> Option<GroupKind> {
    match kind {
        TitleKind::Movie => Some(GroupKind::Movie),
        TitleKind::Show => Some(GroupKind::Show),
        TitleKind::Season | TitleKind::Episode => None,
    }
}

/// Why refreshing failed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Trakt could not be reached, or rejected the request.
    #[error(transparent)]
    Trakt(#[from] Error),
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
}

//! Keeping titles as Trakt has them: what was never fetched, what changed at Trakt, what is old.

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

/// A title that Trakt never reported as changed is fetched anew after this time.
pub const STALE_AFTER: TimeDelta = TimeDelta::days(30);
/// How often Trakt is asked what changed.
const ASK_EVERY: TimeDelta = TimeDelta::hours(6);
/// Trakt's feed counts in days, so the last day is asked for again.
const OVERLAP: TimeDelta = TimeDelta::days(1);
/// Where the time of the last question is kept.
const SETTING: &str = "trakt_updates";

/// When Trakt was asked what changed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Asked {
    at: DateTime<Utc>,
}

/// Fetches a movie or show, with everything below it.
///
/// # Errors
/// When Trakt cannot be asked; the title then stays due.
pub async fn refresh(
    db: &Db,
    client: &Client,
    title: &Title,
    now: DateTime<Utc>,
) -> Result<(), RefreshError> {
    let (Some(trakt_id), Some(kind)) = (title.trakt_id, group_kind(title.kind)) else { return Ok(()) };
    let found = match fetch::by_trakt_id(client, kind, trakt_id).await {
        Ok(found) => found,
        // Trakt merged or removed it: keep what is known and ask again some other month.
        Err(Error::NotFound) => return gone(db, title.id, now).await,
        Err(error) => return Err(error.into()),
    };
    let seasons = match kind {
        GroupKind::Show => fetch::seasons(client, trakt_id).await?,
        GroupKind::Movie => Vec::new(),
    };
    let tx = db.begin().await?;
    // The row may have changed while Trakt was asked.
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

async fn gone(db: &Db, title_id: TitleId, now: DateTime<Utc>) -> Result<(), RefreshError> {
    let tx = db.begin().await?;
    if let Some(row) = db::titles::find(&tx, title_id).await? {
        db::titles::update(&tx, Title { refreshed_at: Some(now.into()), ..row }).await?;
    }
    Ok(tx.commit().await?)
}

/// Asks Trakt which titles changed, at most every few hours, and marks those that are here.
///
/// # Errors
/// When Trakt cannot be asked; the same days are asked for next time.
pub async fn note_updates(db: &Db, client: &Client, now: DateTime<Utc>) -> Result<(), RefreshError> {
    let asked: Option<Asked> = db::settings::get(db, SETTING).await?;
    let since = match asked {
        Some(asked) if now - asked.at < ASK_EVERY => return Ok(()),
        // After a long pause everything is old anyway, and the feed would be endless.
        Some(asked) if now - asked.at < STALE_AFTER => Some(asked.at - OVERLAP),
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
    db::settings::put(&tx, SETTING, &Asked { at: now }).await?;
    Ok(tx.commit().await?)
}

/// A feed that moves while it is read may miss an entry; the overlap of the next question finds it.
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

/// Why a title is not up to date.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Trakt.
    #[error(transparent)]
    Trakt(#[from] Error),
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

//! The compact form of the history: all times of all plays, without history IDs.

use db::trakt_plays;
use trakt::models::{PlayCounts, TraktId};

use super::{progress::Sweep, remote::ItemKey, worker::Worker};
use crate::Result;

/// The compact form of one kind (movies or episodes), and which of its plays were seen before.
pub(super) struct Compared {
    pub(super) is_movies: bool,
    pub(super) there: PlayCounts,
    pub(super) seen: PlayCounts,
    pub(super) here: PlayCounts,
}

/// Reads the compact form of one kind, and which of its plays were seen before.
pub(super) async fn compared(worker: &Worker<'_>, is_movies: bool, sweep: &mut Sweep) -> Result<Compared> {
    let there = read(worker, is_movies, sweep).await?;
    let kind = ItemKey { is_movie: is_movies, trakt_id: 0 }.kind();
    let (owner, db) = (worker.owner, &worker.engine.core.db);
    let rows = trakt_plays::seen(db, owner.user_id, owner.account, kind).await?;
    let play = |row: &trakt_plays::SeenPlay| (TraktId(row.trakt_id.cast_unsigned()), row.watched_at.0);
    let seen = rows.iter().map(play).collect();
    let here = rows.iter().filter(|row| row.is_here).map(play).collect();
    Ok(Compared { is_movies, there, seen, here })
}

/// Reads all times of all plays of one kind.
async fn read(worker: &Worker<'_>, is_movies: bool, sweep: &mut Sweep) -> Result<PlayCounts> {
    let users = worker.client.users();
    let (plays, pages) = if is_movies {
        let read = users.movie_plays("me").collect_all().await?;
        (read.listing.iter().collect(), read.pages)
    } else {
        let read = users.episode_plays("me").collect_all().await?;
        (read.listing.iter().collect(), read.pages)
    };
    sweep.requests += i64::from(pages);
    Ok(plays)
}

/// Returns whether a second read of the compact form gives the same result.
pub(super) async fn agrees(worker: &Worker<'_>, compared: &[Compared], sweep: &mut Sweep) -> Result<bool> {
    for kind in compared {
        if read(worker, kind.is_movies, sweep).await? != kind.there {
            return Ok(false);
        }
    }
    Ok(true)
}

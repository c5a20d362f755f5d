//! Reads all plays of a user in batches.

use std::collections::HashMap;

use db::Db;
use db::ids::{TitleId, UserId};
use db::rows;
use db::timeline::TimelineCursor;
use futures::Stream;
use futures::stream::try_unfold;

use super::days::position;

/// Maximum number of plays in memory.
const BATCH: u64 = 1_000;

/// A play with its title.
#[derive(Debug)]
pub struct PlayWithTitle {
    /// The play.
    pub play: rows::Play,
    /// The movie or episode.
    pub title: rows::Title,
    /// The show of an episode.
    pub show: Option<rows::Title>,
}

/// The plays of a user, newest first, in batches. Ends with the first error.
pub fn plays_of(db: Db, user_id: UserId) -> impl Stream<Item = db::Result<Vec<PlayWithTitle>>> + Send {
    try_unfold(Some(None), move |place: Option<Option<TimelineCursor>>| {
        let db = db.clone();
        async move {
            let Some(after) = place else { return Ok(None) };
            let plays = db::timeline::page(&db, user_id, after, BATCH).await?;
            let next = plays.last().filter(|_| plays.len() as u64 == BATCH).map(|last| Some(position(last)));
            Ok(Some((with_titles(&db, plays).await?, next)))
        }
    })
}

async fn with_titles(db: &Db, plays: Vec<rows::Play>) -> db::Result<Vec<PlayWithTitle>> {
    let titles = titles(db, plays.iter().map(|play| play.title_id)).await?;
    let shows = self::titles(db, titles.values().filter_map(|title| title.show_id)).await?;
    let of = |play: rows::Play| {
        let title = titles.get(&play.title_id)?.clone();
        let show = title.show_id.and_then(|show| shows.get(&show)).cloned();
        Some(PlayWithTitle { play, title, show })
    };
    Ok(plays.into_iter().filter_map(of).collect())
}

async fn titles(
    db: &Db,
    ids: impl Iterator<Item = TitleId> + Send,
) -> db::Result<HashMap<TitleId, rows::Title>> {
    let mut ids: Vec<TitleId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    let rows = db::titles::find_many(db, &ids).await?;
    Ok(rows.into_iter().map(|title| (title.id, title)).collect())
}

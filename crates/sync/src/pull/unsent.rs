//! Plays that are missing on Trakt, because they were made here or kept when Trakt lost them: an import sends them.

use db::{Conn, ids::PlayId, kept_plays, plays, rows::Play, titles};

use super::worker::Worker;
use crate::{Result, core::Core, outbox::enqueue_dated, push::Item};

/// Maximum number of plays enqueued in a transaction.
const CHUNK: u64 = 250;

/// Returns for each play whether it can be sent to Trakt: whether its title can be identified there.
pub(super) async fn identified(conn: &dyn Conn, plays: Vec<Play>) -> Result<Vec<(Play, bool)>> {
    let ids: Vec<_> = plays.iter().map(|play| play.title_id).collect();
    let rows = titles::find_many(conn, &ids).await?;
    let shows: Vec<_> = rows.iter().filter_map(|row| row.show_id).collect();
    let shows = titles::find_many(conn, &shows).await?;
    let is_known = |play: &Play| {
        let title = rows.iter().find(|row| row.id == play.title_id)?;
        Item::of(title, shows.iter().find(|show| Some(show.id) == title.show_id))
    };
    Ok(plays
        .into_iter()
        .map(|play| (is_known(&play).is_some(), play))
        .map(|(known, play)| (play, known))
        .collect())
}

/// Returns all unsent plays of the user, and whether their titles can be identified on Trakt.
pub(super) async fn all(core: &Core, user_id: db::ids::UserId) -> Result<Vec<(Play, bool)>> {
    let (mut all, mut after) = (Vec::new(), PlayId(0));
    loop {
        let chunk = plays::unsent(&core.db, user_id, after, CHUNK).await?;
        let Some(last) = chunk.last() else { return Ok(all) };
        after = last.id;
        all.extend(identified(&core.db, chunk).await?);
    }
}

/// Enqueues all unsent plays whose titles can be identified on Trakt.
pub(super) async fn enqueue(worker: &Worker<'_>) -> Result<()> {
    let core = &worker.engine.core;
    let (user_id, mut after) = (worker.owner.user_id, PlayId(0));
    loop {
        let tx = core.db.begin().await?;
        let chunk = plays::unsent(&tx, user_id, after, CHUNK).await?;
        let Some(last) = chunk.last() else { break };
        after = last.id;
        let known =
            identified(&tx, chunk).await?.into_iter().filter_map(|(play, known)| known.then_some(play));
        let known: Vec<Play> = known.collect();
        enqueue_dated(&tx, &known, core.clock.now()).await?;
        kept_plays::forget(&tx, &known.iter().map(|play| play.id).collect::<Vec<_>>()).await?;
        tx.commit().await?;
    }
    worker.engine.wake(user_id);
    Ok(())
}

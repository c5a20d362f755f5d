//! The first import: the whole history, page by page.

use db::{
    Millis,
    kinds::{SyncReason, SyncState},
    rows::SyncCursor,
    trakt_plays,
};
use trakt::paging::{EndsAt, Next, Walk, identity};

use super::{
    ahead::{self, Ahead},
    apply, cursor,
    progress::{Progress, Turn},
    remote::RemotePlay,
    worker::Worker,
};
use crate::Result;

/// The library view is refreshed after this many pages, not after every page.
const ANNOUNCE_EVERY: u32 = 8;

/// Reads a page. Its plays and the number of the next page are written in one transaction.
pub(super) async fn page(worker: &Worker<'_>, before: SyncCursor, progress: &mut Progress) -> Result<Turn> {
    let number = u32::try_from(before.checkpoint).unwrap_or(u32::MAX);
    let page = ahead::page(&worker.client, number, progress.ahead.take()).await?;
    let resumed = progress.walk.take().filter(|walk| walk.page() == number);
    let mut walk = resumed.unwrap_or_else(|| Walk::from_page(EndsAt::PageCount, number));
    let readable = page.listing.items.iter().map(|item| item.id.to_string());
    let odd = page.listing.unreadable.iter().map(|odd| identity(&odd.raw));
    let next = walk.take(&page.info, readable.chain(odd));
    progress.ahead = (next == Next::Page).then(|| Ahead::start(&worker.client, walk.page()));
    let total = page.info.item_count.and_then(super::signed).or(before.total);
    let plays: Vec<RemotePlay> = page.listing.items.into_iter().filter_map(RemotePlay::of).collect();

    let core = &worker.engine.core;
    let (owner, now) = (worker.owner, core.clock.now());
    let tx = core.db.begin_titles().await?;
    let mut applied = apply::take(&tx, owner, plays, now).await?;
    worker.log(&tx, &mut applied, SyncReason::Import, before.asked_at.0).await?;
    let done = trakt_plays::count(&tx, owner.user_id, owner.account).await?;
    let after = SyncCursor {
        state: if next == Next::Page { SyncState::Importing } else { SyncState::Proving },
        checkpoint: before.checkpoint + 1,
        done: super::signed(done).unwrap_or(i64::MAX),
        total,
        requests: before.requests + 1,
        next_at: Millis::from(now),
        ..before.clone()
    };
    if cursor::save(&tx, &before, after).await? {
        tx.commit().await?;
        progress.walk = Some(walk);
        progress.unannounced.add(applied);
        if next != Next::Page || number.is_multiple_of(ANNOUNCE_EVERY) {
            worker.announce(std::mem::take(&mut progress.unannounced));
        }
    }
    Ok(Turn::More)
}

//! Plays that were removed here, and their removal on Trakt once the account is reconnected.

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{TitleId, UserId},
    kinds::{OutboxKind, TombstoneCategory, TombstoneOrigin},
    outbox,
    rows::Play,
    tombstones::{self, NewTombstone},
    trakt_accounts,
};

use super::{Link, marks::removal_of, payload::Remove};
use crate::{
    Result,
    policy::{Policy, Way},
};

/// Records that a play was removed here that the user's Trakt account has or may have, whether connected or
/// not.
pub(super) async fn add_tombstone(
    tx: &Tx,
    play: &Play,
    history_id: Option<i64>,
    link: Link,
    now: DateTime<Utc>,
) -> Result<()> {
    let account = trakt_accounts::find(tx, play.user_id).await?.and_then(|account| account.slug);
    let Some(account) = account.filter(|slug| !slug.is_empty()) else { return Ok(()) };
    let tombstone = NewTombstone {
        user_id: play.user_id,
        account,
        category: TombstoneCategory::History,
        title_id: play.title_id,
        watched_at: play.watched_at,
        history_id,
        origin: TombstoneOrigin::Kinometa,
        queued_at: (link != Link::None).then_some(Millis::from(now)),
    };
    tombstones::insert(tx, tombstone, Millis::from(now)).await?;
    Ok(())
}

/// Enqueues the removals recorded while the account was not connected or the title was withheld, as far as they
/// are no longer withheld. Returns how many.
pub(crate) async fn enqueue_tombstones(tx: &Tx, user_id: UserId, slug: &str, now: Millis) -> Result<usize> {
    let mut waiting = tombstones::unqueued(tx, user_id, slug).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let policy = Policy::of(tx, user_id).await?;
    let titles: Vec<TitleId> = waiting.iter().map(|tombstone| tombstone.title_id).collect();
    let excluded = policy.excluded(tx, &titles).await?;
    let is_sent = |title_id: TitleId| {
        policy.way(OutboxKind::HistoryRemove, false, excluded.contains(&title_id)) == Way::AsItIs
    };
    waiting.retain(|tombstone| is_sent(tombstone.title_id));
    for tombstone in &waiting {
        let remove =
            Remove { history_id: tombstone.history_id, watched_at: tombstone.watched_at.map(|at| at.0) };
        outbox::insert(tx, removal_of(user_id, Some(tombstone.title_id), remove, now.0), now).await?;
    }
    let ids: Vec<_> = waiting.iter().map(|tombstone| tombstone.id).collect();
    tombstones::set_queued(tx, &ids, now).await?;
    Ok(waiting.len())
}

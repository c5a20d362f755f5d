//! Restoring plays that a user removed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::{
    Millis, Tx,
    ids::{PlayId, TitleId, TombstoneId, UserId},
    kinds::PlaySource,
    plays,
    rows::{Play, Tombstone},
    timeline, tombstones, trakt_accounts, trakt_plays,
};

use super::{
    Link,
    marks::{enqueue, own_time},
};
use crate::Result;

/// A play as it was before it was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemovedPlay {
    /// What was watched.
    pub title_id: TitleId,
    /// When; `None` if the user does not know.
    pub watched_at: Option<Millis>,
    /// Where it came from.
    pub source: PlaySource,
    /// Whether it never leaves this server.
    pub is_private: bool,
}

/// Restores plays that a user has removed. A removal not yet sent to Trakt is cancelled, and the play keeps its
/// entry; otherwise the play becomes a new entry there. Plays that exist here are left unchanged, so restoring
/// twice has no effect. Returns the restored plays, and whether there is something to send.
///
/// # Errors
/// When the database fails.
pub async fn restore_plays(
    tx: &Tx,
    user_id: UserId,
    removed: &[RemovedPlay],
    link: Link,
    now: DateTime<Utc>,
) -> Result<(Vec<Play>, bool)> {
    let missing = missing(tx, user_id, removed).await?;
    let mut removals = KnownRemovals::read(tx, user_id, &missing).await?;
    let mut rows = Vec::with_capacity(missing.len());
    for play in &missing {
        let history_id = removals.take(play);
        let read_from_trakt = history_id.is_none() && play.source == PlaySource::Trakt;
        rows.push(Play {
            id: PlayId::NEW,
            user_id,
            title_id: play.title_id,
            watched_at: play.watched_at,
            // Its entry on Trakt is gone: from now on it is a play of this server.
            source: if read_from_trakt { PlaySource::Manual } else { play.source },
            file_id: None,
            is_private: play.is_private,
            trakt_history_id: history_id,
            created_at: Millis::from(now),
        });
    }
    removals.forget(tx, user_id).await?;
    let restored = timeline::insert_plays(tx, rows).await?;
    let to_send = restored
        .iter()
        .filter(|play| !play.is_private && play.trakt_history_id.is_none() && link != Link::None);
    let to_send: Vec<_> = to_send.map(|play| (play, own_time(play))).collect();
    let enqueued = enqueue(tx, &to_send, now).await?;
    Ok((restored, enqueued))
}

/// The plays that do not exist here.
async fn missing(tx: &Tx, user_id: UserId, removed: &[RemovedPlay]) -> Result<Vec<RemovedPlay>> {
    let mut here: HashMap<(TitleId, Option<Millis>), usize> = HashMap::new();
    for play in plays::of_titles(tx, user_id, &titles(removed)).await? {
        *here.entry((play.title_id, play.watched_at)).or_default() += 1;
    }
    let is_missing = |play: &RemovedPlay| match here.get_mut(&(play.title_id, play.watched_at)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    };
    let mut missing = removed.to_vec();
    missing.retain(is_missing);
    Ok(missing)
}

fn titles(removed: &[RemovedPlay]) -> Vec<TitleId> {
    let mut ids: Vec<TitleId> = removed.iter().map(|play| play.title_id).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// The tombstones of the removed plays.
#[derive(Default)]
struct KnownRemovals {
    account: String,
    tombstones: HashMap<(TitleId, Option<Millis>), Vec<Tombstone>>,
    undone: Vec<TombstoneId>,
    /// Entries on Trakt that were removed or are about to be.
    removed_entries: Vec<i64>,
}

impl KnownRemovals {
    async fn read(tx: &Tx, user_id: UserId, removed: &[RemovedPlay]) -> Result<Self> {
        let account = trakt_accounts::find(tx, user_id).await?.and_then(|account| account.slug);
        let Some(account) = account.filter(|slug| !slug.is_empty()) else { return Ok(Self::default()) };
        let mut removals = Self { account, ..Self::default() };
        for tombstone in tombstones::of_titles(tx, user_id, &removals.account, &titles(removed)).await? {
            let play = (tombstone.title_id, tombstone.watched_at);
            removals.tombstones.entry(play).or_default().push(tombstone);
        }
        Ok(removals)
    }

    /// Takes the newest tombstone of a play. Returns the play's entry on Trakt if its removal was not enqueued
    /// yet.
    fn take(&mut self, play: &RemovedPlay) -> Option<i64> {
        let tombstone = self.tombstones.get_mut(&(play.title_id, play.watched_at))?.pop()?;
        self.undone.push(tombstone.id);
        if tombstone.queued_at.is_none() {
            return tombstone.history_id;
        }
        self.removed_entries.extend(tombstone.history_id);
        None
    }

    async fn forget(&self, tx: &Tx, user_id: UserId) -> Result<()> {
        tombstones::delete_many(tx, &self.undone).await?;
        for history_id in &self.removed_entries {
            trakt_plays::forget_entry(tx, user_id, &self.account, *history_id).await?;
        }
        Ok(())
    }
}

//! Log entries for the collection.

use db::{
    Json, Millis, Tx,
    ids::TitleId,
    kinds::{SyncCategory, SyncState, SyncWhat},
    rows::{SyncChange, SyncCursor},
    sync_changes,
};

use super::{
    Collecting, Work,
    plan::{Copy, Sent},
};
use crate::{
    Result,
    changes::{counted_by_run, sent_change},
};

/// A title that Trakt has accepted.
pub(super) struct Taken<'a> {
    pub(super) title_id: TitleId,
    pub(super) copy: &'a Copy,
    /// Whether it was not in the collection before, as far as is known here.
    pub(super) is_new: bool,
}

impl Work {
    /// Returns the import or scan that added a title; a title that is being added belongs to the current one.
    pub(super) fn run_of(&self, title_id: TitleId, now: Millis) -> Option<Millis> {
        if self.sent.contains_key(&title_id) { self.runs.get(&title_id).copied() } else { Some(now) }
    }

    /// Returns whether a title is new, not just sent in another quality: it was never sent, or its arrival was unknown.
    pub(super) fn is_new(&self, title_id: TitleId, run_at: Option<Millis>) -> bool {
        self.sent.get(&title_id).is_none_or(|sent| sent.in_doubt && run_at.is_some())
    }
}

/// Returns the run of a cursor: everything sent between two complete comparisons belongs together.
pub(super) fn run_of(cursor: &SyncCursor) -> Millis {
    cursor.read_at.unwrap_or(cursor.asked_at)
}

pub(super) fn quality(sent: &Sent) -> Json {
    serde_json::to_value(&sent.metadata).expect("plain data is always JSON")
}

impl Collecting<'_> {
    /// Logs additions. Those after a scan are listed; those of an import are counted in one entry, and those sent in
    /// another quality in another entry.
    pub(super) async fn log_added(
        &self,
        tx: &Tx,
        cursor: &SyncCursor,
        taken: &[Taken<'_>],
        now: Millis,
    ) -> Result<()> {
        let (new, better): (Vec<&Taken<'_>>, Vec<&Taken<'_>>) = taken.iter().partition(|taken| taken.is_new);
        self.count_up(tx, cursor, (SyncWhat::Changed, better.len()), now).await?;
        if cursor.state == SyncState::Importing {
            return self.count_up(tx, cursor, (SyncWhat::Added, new.len()), now).await;
        }
        let change = |taken: &&Taken<'_>| SyncChange {
            title_id: Some(taken.title_id),
            after: Some(quality(&taken.copy.sent())),
            run_at: Some(run_of(cursor)),
            ..self.change(SyncWhat::Added, now)
        };
        sync_changes::insert_many(tx, new.iter().map(change).collect()).await?;
        Ok(())
    }

    async fn count_up(
        &self,
        tx: &Tx,
        cursor: &SyncCursor,
        (what, count): (SyncWhat, usize),
        now: Millis,
    ) -> Result<()> {
        let Some(amount) = i64::try_from(count).ok().filter(|amount| *amount > 0) else { return Ok(()) };
        let after = (what == SyncWhat::Added).then(counted_by_run);
        let summary = SyncChange { amount, after, run_at: Some(run_of(cursor)), ..self.change(what, now) };
        if !sync_changes::count_up(tx, &summary).await? {
            sync_changes::insert_many(tx, vec![summary]).await?;
        }
        Ok(())
    }

    pub(super) fn change(&self, what: SyncWhat, now: Millis) -> SyncChange {
        sent_change((self.user_id, self.slug, SyncCategory::Collection), what, now.0)
    }
}

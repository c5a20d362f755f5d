//! Sends differences: removals first, so that a title with a corrected match ends up in the collection, then additions
//! and changes.

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Millis,
    ids::TitleId,
    kinds::{SyncCategory, SyncDirection, SyncWhat},
    rows::{SyncChange, SyncCursor, TraktCollectionItem},
    sync_changes, sync_cursors,
};
use serde_json::json;
use trakt::models::{Collected, Items, Plain};

use super::{
    super::{
        answer::{Verdict, verdicts},
        item::Item,
    },
    Collecting, Here, Step, Work,
    logging::{Taken, quality, run_of},
    plan::{self, Copy, MOST_TRIES, Sent},
    problems::Problem,
};
use crate::{
    Result,
    account::{Effect, Throttle, backoff_after, judge},
    guard::{self, Guarded, Removal},
    status::Failure,
};

/// Number of requests before other work gets its turn.
const REQUESTS: usize = 5;
/// How long to wait after Trakt rejected the collection, for example because the account is full.
const AFTER_REFUSAL: TimeDelta = TimeDelta::hours(6);

impl Collecting<'_> {
    /// Sends part of the differences; returns `None` if there are none.
    pub(super) async fn send(
        &self,
        cursor: &SyncCursor,
        work: Work,
        throttle: &mut Throttle,
    ) -> Result<Option<Step>> {
        let differences = plan::differences(&work.here, &work.sent);
        // Changes that the user requested by undoing do not wait for any other confirmation.
        let (asked, missing): (Vec<TitleId>, Vec<TitleId>) =
            differences.remove.iter().partition(|id| work.left_out.contains(id));
        let may_remove = self.review(&work, &missing).await?;
        let left = differences.add.len();
        let mut requests = 0;
        let missing = missing.iter().filter(|_| may_remove);
        let removals: Vec<TitleId> =
            differences.rename.iter().chain(&asked).chain(missing).copied().collect();
        let sent = &work.sent;
        let tries = |count: fn(&Sent) -> u8| move |id: TitleId| sent.get(&id).map_or(0, count);
        let mut open = None;
        for chunk in plan::split(&removals, tries(|sent| sent.removals)).iter().take(REQUESTS) {
            match self.remove(cursor, &work, chunk).await? {
                Ok(left_open) => open = open.max(left_open),
                Err(error) => return self.failed(cursor, error, left, throttle).await.map(Some),
            }
            requests += 1;
        }
        // A title with a new identity is added only after the old one has certainly been removed. Nothing else waits
        // for that.
        let mut additions = differences.add;
        additions.retain(|id| open.is_none() || !differences.rename.contains(id));
        let chunks = plan::split(&additions, tries(|sent| sent.additions));
        for chunk in chunks.iter().take(REQUESTS.saturating_sub(requests)) {
            match self.add(cursor, &work, chunk).await? {
                Ok(left_open) => open = open.max(left_open),
                Err(error) => return self.failed(cursor, error, left, throttle).await.map(Some),
            }
            requests += 1;
        }
        if requests == 0 {
            return Ok(None);
        }
        self.account.succeeded(throttle).await?;
        match open {
            Some(tries) => {
                let again = self.core.clock.now() + plan::wait_after(tries);
                self.put_off(cursor, again, None).await.map(Some)
            }
            None => Ok(Some(Step::More)),
        }
    }

    /// Returns whether titles without files may be removed: a few may, but many await the user's confirmation.
    async fn review(&self, work: &Work, remove: &[TitleId]) -> Result<bool> {
        let (category, direction) = (SyncCategory::Collection, SyncDirection::ToTrakt);
        let guarded = Guarded { user_id: self.user_id, account: self.slug, category, direction };
        let now = self.core.clock.now();
        let tx = self.core.db.begin().await?;
        let removal = |id: &TitleId| Removal { title_id: *id, item: json!({ "title_id": id }) };
        let removals: Vec<Removal> = remove.iter().map(removal).collect();
        let go = guard::review(&tx, guarded, &removals, work.sent.len(), now).await?;
        if removals.is_empty() {
            guard::finished(&tx, guarded, now).await?;
        }
        tx.commit().await?;
        Ok(go)
    }

    /// Removes these titles. Returns the number of attempts if the response did not account for them: the removal is
    /// repeated a few times. After that, Trakt does not have them, because it does not count what it does not have.
    async fn remove(
        &self,
        cursor: &SyncCursor,
        work: &Work,
        chunk: &[TitleId],
    ) -> Result<Result<Option<u8>, trakt::Error>> {
        let sent: Vec<(TitleId, &Sent)> =
            chunk.iter().filter_map(|id| Some((*id, work.sent.get(id)?))).collect();
        let mut items = Items::<Plain>::new();
        sent.iter().for_each(|(_, sent)| sent.item.add_to(&mut items, Plain::default()));
        let is_complete = match self.account.client.sync().remove_collection(&items).await {
            Ok(removed) => removed.unaccounted(sent.len()) == 0,
            Err(trakt::Error::NotFound) => true,
            Err(error) => return Ok(Err(error)),
        };
        let is_over = |sent: &Sent| is_complete || sent.removals + 1 >= MOST_TRIES;
        let (over, open): (Vec<_>, Vec<_>) = sent.into_iter().partition(|(_, sent)| is_over(sent));
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        let ids: Vec<TitleId> = over.iter().map(|(id, _)| *id).collect();
        db::trakt_collection::delete_many(&tx, self.user_id, self.slug, &ids).await?;
        let gone = over.iter().filter(|(id, _)| !work.here.contains_key(id)).map(|(id, sent)| SyncChange {
            title_id: Some(*id),
            before: Some(quality(sent)),
            run_at: Some(run_of(cursor)),
            ..self.change(SyncWhat::Removed, now)
        });
        sync_changes::insert_many(&tx, gone.collect()).await?;
        let again = |(id, sent): &(TitleId, &Sent)| TraktCollectionItem {
            user_id: self.user_id,
            account: self.slug.to_owned(),
            title_id: *id,
            sent: Sent { removals: sent.removals + 1, ..(*sent).clone() }.to_json(),
            refused: None,
            kept: None,
            left_out: false,
            run_at: work.runs.get(id).copied(),
        };
        db::trakt_collection::put_many(&tx, open.iter().map(again).collect()).await?;
        tx.commit().await?;
        Ok(Ok(open.iter().map(|(_, sent)| sent.removals + 1).max()))
    }

    /// Adds these titles. Returns the number of attempts if the response did not account for some of them: those are
    /// sent again, a few times.
    async fn add(
        &self,
        cursor: &SyncCursor,
        work: &Work,
        chunk: &[TitleId],
    ) -> Result<Result<Option<u8>, trakt::Error>> {
        let copies: Vec<_> = chunk
            .iter()
            .filter_map(|id| match work.here.get(id)? {
                Here::Held(copy) => Some((*id, &**copy)),
                Here::Unreadable => None,
            })
            .collect();
        let mut items = Items::<Collected>::new();
        for (_, copy) in &copies {
            let collected =
                Collected { collected_at: Some(copy.collected_at), metadata: copy.metadata.clone() };
            copy.item.add_to(&mut items, collected);
        }
        let is_new = |(id, _): &(TitleId, &Copy)| !work.sent.contains_key(id);
        let new: Vec<(TitleId, &Copy)> = copies.iter().copied().filter(is_new).collect();
        let run_at = run_of(cursor);
        self.note_in_doubt(&new, run_at).await?;
        let added = match self.account.client.sync().add_collection(&items).await {
            Ok(added) => added,
            Err(error) => {
                if !judge(&error).in_doubt {
                    let ids: Vec<TitleId> = new.iter().map(|(id, _)| *id).collect();
                    self.forget(&ids).await?;
                }
                return Ok(Err(error));
            }
        };
        let named: Vec<&Item> = copies.iter().map(|(_, copy)| &copy.item).collect();
        let tried = |id: &TitleId| work.sent.get(id).map_or(0, |sent| sent.additions) + 1;
        let (mut rows, mut taken, mut open) = (Vec::with_capacity(copies.len()), Vec::new(), None);
        for ((id, copy), verdict) in copies.iter().zip(verdicts(&named, &added)) {
            let run_at = work.run_of(*id, run_at);
            let row = |refused: Option<Failure>| {
                self.row(*id, copy, refused.map(|failure| failure.stored().code), run_at)
            };
            rows.push(match verdict {
                Verdict::Taken => {
                    taken.push(Taken { title_id: *id, copy, is_new: work.is_new(*id, run_at) });
                    row(None)
                }
                Verdict::NotFound => row(Some(Failure::NotFound)),
                Verdict::Open if tried(id) >= MOST_TRIES => row(Some(Failure::NotTaken)),
                Verdict::Open => {
                    open = open.max(Some(tried(id)));
                    let sent = Sent { in_doubt: true, additions: tried(id), ..copy.sent() };
                    TraktCollectionItem { sent: sent.to_json(), ..row(None) }
                }
            });
        }
        let now = Millis::from(self.core.clock.now());
        let tx = self.core.db.begin().await?;
        db::trakt_collection::put_many(&tx, rows).await?;
        self.log_added(&tx, cursor, &taken, now).await?;
        tx.commit().await?;
        Ok(Ok(open))
    }

    /// Recorded before sending: if the response is lost, their removal must not be forgotten.
    async fn note_in_doubt(&self, copies: &[(TitleId, &Copy)], run_at: Millis) -> Result<()> {
        if copies.is_empty() {
            return Ok(());
        }
        let row = |&(id, copy): &(TitleId, &Copy)| {
            let sent = Sent { in_doubt: true, ..copy.sent() };
            TraktCollectionItem { sent: sent.to_json(), ..self.row(id, copy, None, Some(run_at)) }
        };
        let rows: Vec<TraktCollectionItem> = copies.iter().map(row).collect();
        let tx = self.core.db.begin().await?;
        db::trakt_collection::put_many(&tx, rows).await?;
        Ok(tx.commit().await?)
    }

    async fn forget(&self, ids: &[TitleId]) -> Result<()> {
        let tx = self.core.db.begin().await?;
        db::trakt_collection::delete_many(&tx, self.user_id, self.slug, ids).await?;
        Ok(tx.commit().await?)
    }

    /// Handles a failed request: its effect on the account, and when the collection is tried again.
    async fn failed(
        &self,
        cursor: &SyncCursor,
        error: trakt::Error,
        left: usize,
        throttle: &mut Throttle,
    ) -> Result<Step> {
        tracing::info!(user_id = self.user_id.0, %error, "the collection could not be sent");
        let (now, verdict) = (self.core.clock.now(), judge(&error));
        let (next_at, failure) = match verdict.effect {
            Effect::Stop(state) => {
                self.core.stop_account(self.user_id, state).await?;
                return Ok(Step::Rest);
            }
            Effect::Pause { problem, until } => (self.account.pause(problem, until, throttle), None),
            Effect::Retry { not_before } => {
                self.account.strike(throttle);
                (not_before.unwrap_or(now) + backoff_after(1), None)
            }
            Effect::Done | Effect::Refuse => (now + AFTER_REFUSAL, Some(verdict.failure)),
        };
        self.put_off(cursor, next_at, failure.map(|failure| Problem { failure, left })).await
    }

    /// Sends nothing more before `next_at`, unless a scan ends.
    async fn put_off(
        &self,
        cursor: &SyncCursor,
        next_at: DateTime<Utc>,
        problem: Option<Problem>,
    ) -> Result<Step> {
        let stamp = self.stamp().await?;
        let tx = self.core.db.begin().await?;
        let after = SyncCursor {
            activity: json!({ "stamp": stamp, "problem": problem }),
            next_at: Millis::from(next_at),
            ..cursor.clone()
        };
        sync_cursors::put(&tx, after).await?;
        tx.commit().await?;
        Ok(Step::Rest)
    }
}

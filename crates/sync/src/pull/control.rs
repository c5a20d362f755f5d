//! A user's decisions about reading from Trakt, and its status.

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::UserId,
    kinds::{SyncCategory, SyncDirection, SyncPlanState, SyncState},
    rows::{SyncCursor, SyncPlan, TraktAccount},
    sync_cursors, sync_plans,
    sync_shadows::{self, Of},
    trakt_accounts, trakt_plays,
};
use trakt::limits::Priority;

use super::{FOLLOWED, cursor};
use crate::{
    Engine, Error, Result, SyncEvent, account::profile, policy::Policy, preference::Preference,
    status::AccountStatus,
};

/// The state of reading a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PullState {
    /// The user has not decided yet whether to import.
    Undecided,
    /// Trakt's history is being imported.
    Importing,
    /// Existing items on Trakt are being recorded, so that they are never imported.
    Skipping,
    /// Changes are followed.
    Following,
    /// Changes are followed, and a check is due. If Trakt's request limit is reached, `next` is when more are allowed.
    Due,
    /// Changes are followed, but more items are missing on one side than are removed on the other without confirmation.
    Waiting,
    /// The user has cancelled the import; nothing is read.
    Cancelled,
    /// Switched off: nothing is read, and nothing is sent.
    Off,
}

/// The status of reading a category of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryStatus {
    /// The category.
    pub category: SyncCategory,
    /// Its state.
    pub state: PullState,
    /// When it was last read completely.
    pub last: Option<DateTime<Utc>>,
    /// When it is read next; `None` if it is being read or due, or is not read at all.
    pub next: Option<DateTime<Utc>>,
    /// The number of known items.
    pub done: u64,
    /// The total number of items; `None` until known.
    pub total: Option<u64>,
    /// The number of requests of the last read.
    pub requests: u64,
    /// The number of items that are missing on one side and whose removal on the other awaits a decision.
    pub held: u64,
    /// Whether an account is connected. If not, nothing is read or sent, and the other fields show the state before it
    /// was disconnected.
    pub is_connected: bool,
}

impl Engine {
    /// Applies the user's decision about existing data: either Trakt's data is imported and local data is sent, or both
    /// sides stay as they are and only future changes are synced. It is carried out in the background, and can be made
    /// again.
    ///
    /// # Errors
    /// [`Error::NotConnected`] if no account is connected, or its name is not known yet.
    pub async fn begin_import(&self, user_id: UserId, import: bool) -> Result<()> {
        self.decide(user_id, import, |_| true).await
    }

    /// Applies the same decision only to categories without one: those added by a newer version.
    ///
    /// # Errors
    /// [`Error::NotConnected`] if no account is connected, or its name is not known yet.
    pub async fn begin_undecided(&self, user_id: UserId, import: bool) -> Result<()> {
        self.decide(user_id, import, |before| before.is_none()).await
    }

    async fn decide(
        &self,
        user_id: UserId,
        import: bool,
        is_concerned: impl Fn(Option<&SyncCursor>) -> bool + Send,
    ) -> Result<()> {
        let account = self.ensure_connected(user_id).await?;
        let state = if import { SyncState::Importing } else { SyncState::Skipping };
        let tx = self.core.db.begin().await?;
        for category in FOLLOWED.into_iter().chain([SyncCategory::Collection]) {
            let before = sync_cursors::find(&tx, user_id, &account, category).await?;
            if !is_concerned(before.as_ref()) {
                continue;
            }
            if import && category == SyncCategory::History {
                trakt_plays::forget_without_history_id(&tx, user_id, &account).await?;
            }
            if import && Preference::of(category).is_some() {
                let of = Of { user_id, account: account.clone(), category };
                sync_shadows::forget_differing(&tx, &of).await?;
            }
            let whose = (user_id, account.as_str(), category);
            sync_cursors::put(&tx, cursor::begun(whose, before, state, self.core.clock.now())).await?;
        }
        tx.commit().await?;
        self.changed_pull(user_id);
        Ok(())
    }

    /// Cancels an import: what was imported is kept, and nothing more is read. Returns whether one was running.
    ///
    /// # Errors
    /// [`Error::NotConnected`] if no account is connected, or its name is not known yet.
    pub async fn cancel_import(&self, user_id: UserId) -> Result<bool> {
        let account = self.connected(user_id).await?;
        let tx = self.core.db.begin().await?;
        let running = |cursor: &SyncCursor| match cursor.state {
            SyncState::Importing | SyncState::Proving | SyncState::Skipping => true,
            SyncState::Following | SyncState::Cancelled => false,
        };
        let cursors = sync_cursors::of_account(&tx, user_id, &account).await?;
        if !cursors.iter().any(running) {
            return Ok(false);
        }
        for cursor in cursors {
            sync_cursors::put(&tx, SyncCursor { state: SyncState::Cancelled, ..cursor }).await?;
        }
        tx.commit().await?;
        self.changed_pull(user_id);
        Ok(true)
    }

    /// Checks Trakt for changes immediately.
    ///
    /// # Errors
    /// [`Error::NotConnected`] if no account is connected, or its name is not known yet.
    pub async fn sync_now(&self, user_id: UserId) -> Result<()> {
        let account = self.connected(user_id).await?;
        let tx = self.core.db.begin().await?;
        sync_cursors::set_due(&tx, user_id, &account, Millis::from(self.core.clock.now())).await?;
        tx.commit().await?;
        self.changed_pull(user_id);
        Ok(())
    }

    /// Returns the progress of reading each category, and of sending the collection.
    pub async fn sync_status(&self, user_id: UserId) -> Result<Vec<CategoryStatus>> {
        let stored = trakt_accounts::find(&self.core.db, user_id).await?;
        let (mut cursors, plans) = match stored.as_ref().and_then(profile::slug) {
            Some(account) => (
                sync_cursors::of_account(&self.core.db, user_id, account).await?,
                sync_plans::undecided(&self.core.db, user_id, account).await?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        // Cursors of sent categories do not count the removals held by their plans.
        for cursor in &mut cursors {
            let waits = |plan: &SyncPlan| {
                plan.category == cursor.category
                    && plan.direction == SyncDirection::ToTrakt
                    && plan.state == SyncPlanState::Waiting
            };
            let held = plans.iter().filter(|(plan, _)| waits(plan)).map(|(_, items)| *items).sum::<u64>();
            cursor.held += i64::try_from(held).unwrap_or(i64::MAX);
        }
        let (now, allowed_at) = (self.core.clock.now(), self.reads_allowed_at(user_id).await?);
        let policy = Policy::of(&self.core.db, user_id).await?;
        let is_connected = stored.as_ref().is_some_and(|stored| stored.token.is_some());
        let mut of = |category: SyncCategory| {
            let found = cursors.iter().position(|cursor| cursor.category == category);
            let status = status(category, found.map(|at| cursors.swap_remove(at)), now);
            let next = status.next.or(allowed_at.filter(|_| status.state == PullState::Due));
            let status = CategoryStatus { next, ..status };
            let next = status.next.filter(|_| is_connected);
            let status = CategoryStatus { is_connected, next, ..status };
            if policy.is_on(category) {
                status
            } else {
                CategoryStatus { state: PullState::Off, next: None, ..status }
            }
        };
        Ok(FOLLOWED.into_iter().chain([SyncCategory::Collection]).map(&mut of).collect())
    }

    /// Returns when Trakt allows more background reads, if their limit is reached.
    async fn reads_allowed_at(&self, user_id: UserId) -> Result<Option<DateTime<Utc>>> {
        let Some(usage) = self.requests(user_id).await? else { return Ok(None) };
        let is_reached = usage.used + Priority::Bulk.reserve(usage.limit) >= usage.limit;
        Ok(usage.resets_at.filter(|_| is_reached))
    }

    /// Returns the slug of a user's account.
    pub(crate) async fn connected(&self, user_id: UserId) -> Result<String> {
        let stored = trakt_accounts::find(&self.core.db, user_id).await?;
        let (status, _) = self.core.standing_of(user_id, stored.as_ref());
        match stored.as_ref().and_then(profile::slug) {
            _ if status == AccountStatus::NotConfigured => Err(Error::NotConfigured),
            Some(slug) if stored.as_ref().is_some_and(|stored| stored.token.is_some()) => Ok(slug.to_owned()),
            _ => Err(Error::NotConnected),
        }
    }

    /// Returns the slug of a user's account, requesting it from Trakt if the account was connected only a moment ago.
    pub(super) async fn ensure_connected(&self, user_id: UserId) -> Result<String> {
        let stored = trakt_accounts::find(&self.core.db, user_id).await?;
        let is_new = |stored: &TraktAccount| stored.token.is_some() && profile::slug(stored).is_none();
        if let Some(stored) = stored.filter(is_new) {
            self.core.accounts.get(user_id)?.ensure_profile(&stored).await?;
        }
        self.connected(user_id).await
    }

    fn changed_pull(&self, user_id: UserId) {
        self.core.events.send(SyncEvent::Account { user_id });
        self.wake(user_id);
        self.pulls.restart(user_id);
    }
}

fn status(category: SyncCategory, cursor: Option<SyncCursor>, now: DateTime<Utc>) -> CategoryStatus {
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    let Some(cursor) = cursor else {
        return CategoryStatus {
            category,
            state: PullState::Undecided,
            last: None,
            next: None,
            done: 0,
            total: None,
            requests: 0,
            held: 0,
            is_connected: true,
        };
    };
    let state = match cursor.state {
        SyncState::Importing | SyncState::Proving => PullState::Importing,
        SyncState::Skipping => PullState::Skipping,
        SyncState::Following if cursor.held > 0 => PullState::Waiting,
        SyncState::Following if cursor.next_at.0 <= now => PullState::Due,
        SyncState::Following => PullState::Following,
        SyncState::Cancelled => PullState::Cancelled,
    };
    let follows = cursor.state == SyncState::Following && cursor.next_at.0 > now;
    CategoryStatus {
        category: cursor.category,
        state,
        last: cursor.read_at.map(|at| at.0),
        next: follows.then_some(cursor.next_at.0),
        done: number(cursor.done),
        total: cursor.total.map(number),
        requests: number(cursor.requests),
        held: number(cursor.held),
        is_connected: true,
    }
}

//! The loop that reads from one account, alongside the loops that send.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use clock::{Deadline, until};
use db::{
    ids::UserId,
    kinds::{AccountState, SyncCategory, SyncState},
    rows::SyncCursor,
    sync_cursors, trakt_accounts,
};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use trakt::limits::Priority;

use super::{
    apply::Owner,
    import, playback, preferences,
    progress::{Progress, Pulled, Step, Trouble, Turn},
    recommendations,
    round::Round,
    sweep,
    worker::Worker,
};
use crate::{
    Engine, Error, Result,
    account::{Effect, LEASE_RETRY, backoff_after, judge, profile},
    core::Core,
    policy::Policy,
    preference::Preference,
};

/// Maximum sleep of the loop: changes by other nodes do not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The wait after an internal failure.
const AFTER_FAILURE: Duration = Duration::from_secs(10);
/// The wait before the account's profile is requested again.
const PROFILE_RETRY: TimeDelta = TimeDelta::seconds(30);

/// Reading of all accounts.
#[derive(Clone, Default)]
pub(crate) struct Pulls(Arc<Mutex<HashMap<UserId, Arc<Reading>>>>);

#[derive(Default)]
struct Reading {
    wakeup: Notify,
    /// The number of the user's decisions and requests.
    asked: AtomicU64,
    progress: tokio::sync::Mutex<Progress>,
}

impl Pulls {
    /// Restarts reading because of a user's decision or request: what was being read is read again, immediately. Does
    /// not wait.
    pub(crate) fn restart(&self, user_id: UserId) {
        let reading = self.of(user_id);
        reading.asked.fetch_add(1, Ordering::SeqCst);
        reading.wakeup.notify_one();
    }

    fn of(&self, user_id: UserId) -> Arc<Reading> {
        Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(user_id).or_default())
    }
}

impl Engine {
    /// Reads everything that is due for this user's account. The schedule does this automatically; this is for tests
    /// and the command line.
    pub async fn pull(&self, user_id: UserId) -> Result<Pulled> {
        let mut has_read = false;
        loop {
            match step(self, user_id).await? {
                Step::More => has_read = true,
                Step::Rest(pulled) => {
                    if has_read {
                        self.note_requests(user_id).await?;
                    }
                    return Ok(pulled);
                }
            }
        }
    }
}

/// Reads an account whenever something is due, until `stop`. Dropping it during a call loses nothing.
pub(crate) async fn run(engine: &Engine, user_id: UserId, stop: &CancellationToken) {
    let reading = engine.pulls.of(user_id);
    loop {
        let work = async {
            match engine.pull(user_id).await {
                Ok(Pulled::Until(moment)) => until(engine.core.clock.now(), moment).min(LONGEST_SLEEP),
                Ok(Pulled::Stopped) | Err(Error::NotConfigured) => LONGEST_SLEEP,
                Err(error) => {
                    tracing::warn!(user_id = user_id.0, %error, "Trakt could not be read");
                    AFTER_FAILURE
                }
            }
        };
        let rest = async { engine.core.clock.sleep(work.await).await };
        tokio::select! {
            () = stop.cancelled() => return,
            () = reading.wakeup.notified() => {}
            () = rest => {}
        }
    }
}

async fn step(engine: &Engine, user_id: UserId) -> Result<Step> {
    let core = &*engine.core;
    let stored = trakt_accounts::find(&core.db, user_id).await?;
    let Some(stored) = stored.filter(|account| account.state == AccountState::Connected) else {
        return Ok(Step::Rest(Pulled::Stopped));
    };
    let now = core.clock.now();
    let Some(slug) = profile::slug(&stored) else {
        return Ok(Step::Rest(Pulled::Until(now + PROFILE_RETRY)));
    };
    let cursors = followed(core, user_id, slug).await?;
    if cursors.is_empty() {
        return Ok(Step::Rest(Pulled::Stopped));
    }
    let reading = engine.pulls.of(user_id);
    let mut progress = reading.progress.lock().await;
    let asked = reading.asked.load(Ordering::SeqCst);
    if progress.account != slug || progress.asked != asked {
        *progress = Progress { account: slug.to_owned(), asked, ..Progress::default() };
    }
    let wait = progress.not_before.map_or(Duration::ZERO, |until| until.left(&*core.clock));
    if !wait.is_zero() {
        return Ok(Step::Rest(Pulled::Until(clock::after(now, wait))));
    }
    let account = core.accounts.get(user_id)?;
    if !account.hold_lease().await? {
        return Ok(Step::Rest(Pulled::Until(now + LEASE_RETRY)));
    }
    let client = account.client.with_priority(Priority::Bulk);
    let worker = Worker { engine, client, owner: Owner { user_id, account: slug } };
    match advance(&worker, cursors, &mut progress).await {
        Ok(step) => {
            (progress.failures, progress.not_before) = (0, None);
            Ok(step)
        }
        Err(Error::Trakt(error)) => failed(core, user_id, error, &mut progress).await,
        Err(error) => Err(error),
    }
}

/// Returns the categories of an account that are read, in this order: the history, which can be long, comes last.
async fn followed(core: &Core, user_id: UserId, account: &str) -> Result<Vec<SyncCursor>> {
    let mut cursors = sync_cursors::of_account(&core.db, user_id, account).await?;
    let policy = Policy::of(&core.db, user_id).await?;
    cursors.retain(|cursor| {
        cursor.state != SyncState::Cancelled
            && super::FOLLOWED.contains(&cursor.category)
            && policy.is_on(cursor.category)
    });
    cursors.sort_by_key(|cursor| (cursor.category == SyncCategory::History, cursor.category.as_str()));
    Ok(cursors)
}

/// Makes one or a few requests and processes them: one request shows what has changed in all categories, and
/// then each category gets its turn.
async fn advance(worker: &Worker<'_>, cursors: Vec<SyncCursor>, progress: &mut Progress) -> Result<Step> {
    progress.current = None;
    let clock = &*worker.engine.core.clock;
    let now = clock.now();
    let Some(round) = &progress.round else {
        let due = cursors.iter().map(|cursor| progress.due_at(cursor, clock)).min();
        return match due {
            Some(due) if due <= now => {
                let activities = worker.client.sync().last_activities().await?;
                progress.round = Some(Round::new(activities, now));
                Ok(Step::More)
            }
            due => Ok(Step::Rest(due.map_or(Pulled::Stopped, Pulled::Until))),
        };
    };
    let open = |cursor: &SyncCursor| {
        !round.done.contains(&cursor.category) && progress.is_ready(cursor.category, clock)
    };
    let Some(cursor) = cursors.into_iter().find(open) else {
        progress.round = None;
        return Ok(Step::More);
    };
    let category = cursor.category;
    progress.current = Some(category);
    if turn(worker, cursor, progress).await? == Turn::Done {
        progress.troubles.remove(&category);
        progress.round.iter_mut().for_each(|round| round.finish(category));
    }
    Ok(Step::More)
}

/// Advances a category by one step.
async fn turn(worker: &Worker<'_>, cursor: SyncCursor, progress: &mut Progress) -> Result<Turn> {
    let preference = match cursor.category {
        SyncCategory::Ratings => Preference::Rating,
        SyncCategory::Watchlist => Preference::Watchlist,
        SyncCategory::Dropped => Preference::Dropped,
        SyncCategory::Recommendations => Preference::NotInterested,
        SyncCategory::History => {
            return match cursor.state {
                SyncState::Importing => import::page(worker, cursor, progress).await,
                SyncState::Proving | SyncState::Skipping | SyncState::Following => {
                    sweep::advance(worker, cursor, progress).await
                }
                SyncState::Cancelled => Ok(Turn::Done),
            };
        }
        SyncCategory::Playback => {
            let Some(round) = &progress.round else { return Ok(Turn::More) };
            return playback::advance(worker, cursor, round).await;
        }
        SyncCategory::Collection => return Ok(Turn::Done),
    };
    let Some(round) = &progress.round else { return Ok(Turn::More) };
    let turn = preferences::advance(worker, cursor, preference, round).await?;
    if preference == Preference::NotInterested && turn == Turn::Done {
        recommendations::refresh(worker).await?;
    }
    Ok(turn)
}

/// Handles a failed read: problems of the account delay everything, problems of one category do not affect the others.
async fn failed(core: &Core, user_id: UserId, error: trakt::Error, progress: &mut Progress) -> Result<Step> {
    let now = core.clock.now();
    let (until, category) = match judge(&error).effect {
        Effect::Stop(state) => {
            core.stop_account(user_id, state).await?;
            return Ok(Step::Rest(Pulled::Stopped));
        }
        Effect::Pause { until, .. } => (until, None),
        Effect::Retry { not_before } => (not_before, progress.current),
        Effect::Done | Effect::Refuse => (None, progress.current),
    };
    let Some(category) = category else {
        progress.failures += 1;
        let until = until.unwrap_or_else(|| now + backoff_after(progress.failures));
        tracing::info!(user_id = user_id.0, %error, %until, "reading from Trakt is paused");
        progress.not_before = Some(Deadline::after(&*core.clock, clock::until(now, until)));
        return Ok(Step::Rest(Pulled::Until(until)));
    };
    let failures = progress.troubles.get(&category).map_or(0, |trouble| trouble.failures) + 1;
    let not_before = until.unwrap_or_else(|| now + backoff_after(failures));
    tracing::info!(user_id = user_id.0, %category, %error, until = %not_before, "a category on Trakt could not be read");
    let not_before = Deadline::after(&*core.clock, clock::until(now, not_before));
    progress.troubles.insert(category, Trouble { failures, not_before });
    Ok(Step::More)
}

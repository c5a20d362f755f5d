//! The views of all users, and the data of the users in them.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use db::Db;
use db::ids::{TitleId, UserId};
use db::kinds::SyncCategory;

use crate::snapshot::Snapshot;
use crate::user_data::{PlayCount, Preferences, Resume, UserData};
use crate::view::View;

/// If more titles than this have changed, all of the user's data is read again.
const MAX_CHANGED_TITLES: usize = 500;

/// All users' views.
#[derive(Debug)]
pub(crate) struct UserViews {
    db: Db,
    process: String,
    slots: Mutex<HashMap<UserId, Slot>>,
}

#[derive(Debug, Default)]
struct Slot {
    /// Increases with every change of the user's data.
    revision: u64,
    outdated: Outdated,
    /// The last view, and the revision of the user's data in it.
    view: Option<(u64, Arc<View>)>,
    /// Locked while reading, so that one request reads and the others wait for its result.
    reading: Arc<tokio::sync::Mutex<()>>,
}

/// What has changed since the last view.
#[derive(Debug, Default, Clone)]
enum Outdated {
    /// Anything may have changed.
    #[default]
    All,
    /// Only the user's data for these titles has changed.
    Titles(HashSet<TitleId>),
}

impl UserViews {
    pub(crate) fn new(db: Db, process: String) -> Self {
        Self { db, process, slots: Mutex::default() }
    }

    pub(crate) fn changed(&self, user_id: UserId) {
        self.slots().entry(user_id).or_default().outdate(Outdated::All);
    }

    pub(crate) fn titles_changed(&self, user_id: UserId, titles: impl IntoIterator<Item = TitleId>) {
        let titles = Outdated::Titles(titles.into_iter().collect());
        self.slots().entry(user_id).or_default().outdate(titles);
    }

    pub(crate) fn all_changed(&self) {
        for slot in self.slots().values_mut() {
            slot.outdate(Outdated::All);
        }
    }

    /// The user's view of these titles, with every change that was reported for the user.
    pub(crate) async fn view(&self, user_id: UserId, snapshot: Arc<Snapshot>) -> db::Result<Arc<View>> {
        if let Some(view) = self.cached(user_id, &snapshot) {
            return Ok(view);
        }
        let reading = Arc::clone(&self.slots().entry(user_id).or_default().reading);
        let _reading = reading.lock().await;
        if let Some(view) = self.cached(user_id, &snapshot) {
            return Ok(view);
        }
        let (revision, outdated, old) = {
            let mut slots = self.slots();
            let slot = slots.entry(user_id).or_default();
            let old = slot.view.as_ref().map(|(_, view)| Arc::clone(&view.user_data));
            (slot.revision, slot.outdated.clone(), old)
        };
        let user_data = match (outdated, old) {
            (Outdated::Titles(titles), Some(old)) if titles.is_empty() => old,
            (Outdated::Titles(titles), Some(old)) => self.read_again(user_id, &old, &titles).await?,
            _ => self.read(user_id).await?,
        };
        let stamp = format!("{}-{}-{user_id}-{revision}", self.process, snapshot.revision);
        let view = Arc::new(View::new(snapshot, user_data, stamp));
        self.slots().entry(user_id).or_default().store(revision, Arc::clone(&view));
        Ok(view)
    }

    fn cached(&self, user_id: UserId, snapshot: &Snapshot) -> Option<Arc<View>> {
        let slots = self.slots();
        let slot = slots.get(&user_id)?;
        let (revision, view) = slot.view.as_ref()?;
        // A request that took its snapshot a moment ago may find a newer view.
        let is_current = *revision == slot.revision && view.snapshot.revision >= snapshot.revision;
        is_current.then(|| Arc::clone(view))
    }

    async fn read(&self, user_id: UserId) -> db::Result<Arc<UserData>> {
        let plays = db::timeline::play_counts(&self.db, user_id).await?;
        let progress = db::timeline::progress_of(&self.db, user_id).await?;
        let held = db::preferences::held(&self.db, user_id).await?;
        let resets = db::show_resets::of_user(&self.db, user_id).await?;
        Ok(Arc::new(UserData {
            plays: plays.into_iter().map(play_count).collect(),
            progress: progress.into_iter().map(resume).collect(),
            preferences: preferences(&held),
            resets: resets.into_iter().map(|row| (row.title_id, row.reset_at.0)).collect(),
        }))
    }

    async fn read_again(
        &self,
        user_id: UserId,
        old: &UserData,
        titles: &HashSet<TitleId>,
    ) -> db::Result<Arc<UserData>> {
        let ids: Vec<TitleId> = titles.iter().copied().collect();
        let plays = db::timeline::play_counts_of(&self.db, user_id, &ids).await?;
        let progress = db::timeline::progress_of_titles(&self.db, user_id, &ids).await?;
        let held = db::preferences::held_of(&self.db, user_id, &ids).await?;
        let mut user_data = old.clone();
        user_data.plays.retain(|title, _| !titles.contains(title));
        user_data.progress.retain(|title, _| !titles.contains(title));
        user_data.preferences.retain(|title, _| !titles.contains(title));
        user_data.plays.extend(plays.into_iter().map(play_count));
        user_data.progress.extend(progress.into_iter().map(resume));
        user_data.preferences.extend(preferences(&held));
        Ok(Arc::new(user_data))
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<UserId, Slot>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slot {
    fn outdate(&mut self, more: Outdated) {
        self.revision += 1;
        self.outdated.absorb(more);
    }

    /// Stores a view. Changes stay marked as outdated until then, because reading can fail, and is cancelled if the
    /// request that reads ends early.
    fn store(&mut self, revision: u64, view: Arc<View>) {
        if self.revision == revision {
            self.outdated = Outdated::Titles(HashSet::new());
        }
        self.view = Some((revision, view));
    }
}

impl Outdated {
    fn absorb(&mut self, more: Self) {
        let merged = match (std::mem::take(self), more) {
            (Self::Titles(mut titles), Self::Titles(more)) => {
                titles.extend(more);
                if titles.len() > MAX_CHANGED_TITLES { Self::All } else { Self::Titles(titles) }
            }
            _ => Self::All,
        };
        *self = merged;
    }
}

fn play_count(row: db::timeline::PlayCount) -> (TitleId, PlayCount) {
    let last_watched_at = row.last_watched_at.map(|at| at.0);
    (row.title_id, PlayCount { plays: row.plays, last_watched_at, newest: row.newest })
}

fn resume(row: db::rows::Progress) -> (TitleId, Resume) {
    let resume = Resume { percent: row.percent, position_ms: row.position_ms, paused_at: row.paused_at.0 };
    (row.title_id, resume)
}

fn preferences(held: &[db::rows::Preference]) -> HashMap<TitleId, Preferences> {
    let mut preferences: HashMap<TitleId, Preferences> = HashMap::new();
    for row in held {
        let of_title = preferences.entry(row.title_id).or_default();
        match row.category {
            SyncCategory::Ratings => of_title.rating = row.value,
            SyncCategory::Watchlist => of_title.in_watchlist = row.value.is_some(),
            SyncCategory::Dropped => of_title.is_dropped = row.value.is_some(),
            SyncCategory::Recommendations => of_title.is_not_interesting = row.value.is_some(),
            SyncCategory::History | SyncCategory::Collection | SyncCategory::Playback => {}
        }
    }
    preferences
}

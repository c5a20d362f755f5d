//! A comparison of the resume points on both sides.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use db::{
    Millis,
    ids::TitleId,
    kinds::{SyncCategory, SyncDirection, SyncState},
    plays,
    rows::{Progress, SyncCursor, Title, TraktPlayback},
    timeline, trakt_playbacks,
};
use serde_json::json;
use trakt::{
    endpoints::MediaType,
    models::PlaybackItem,
    paging::{Complete, Proven},
};

use super::{
    super::{
        remote::{RemoteItem, TitleKey},
        signed,
        titles::{self, Rows},
        worker::Worker,
    },
    log::logged,
    merge::{self, Fate, Here, Seen, There},
    written::Changes,
};
use crate::{
    Result,
    account::to_trakt,
    changes::Change,
    guard::{self, Guarded, Removal},
    policy::Policy,
    position,
    scrobble::WATCHED_FROM,
};

/// The result of a comparison.
#[derive(Default)]
pub(super) struct Outcome {
    /// The number of requests.
    pub(super) requests: i64,
    /// The number of removals that await confirmation.
    pub(super) held: usize,
    /// Whether something could not be decided: it is read again in the next round.
    pub(super) is_open: bool,
}

/// A comparison of both sides.
pub(super) struct Comparing<'a> {
    pub(super) worker: &'a Worker<'a>,
    pub(super) cursor: &'a SyncCursor,
    pub(super) began_at: DateTime<Utc>,
    here: HashMap<TitleId, Progress>,
    seen: HashMap<TitleId, TraktPlayback>,
}

impl<'a> Comparing<'a> {
    pub(super) async fn begin(
        worker: &'a Worker<'a>,
        cursor: &'a SyncCursor,
        began_at: DateTime<Utc>,
    ) -> Result<Self> {
        let db = &worker.engine.core.db;
        let here = timeline::progress_of(db, cursor.user_id).await?;
        let seen = trakt_playbacks::of_account(db, cursor.user_id, &cursor.account).await?;
        Ok(Self {
            worker,
            cursor,
            began_at,
            here: here.into_iter().map(|row| (row.title_id, row)).collect(),
            seen: seen.into_iter().map(|row| (row.title_id, row)).collect(),
        })
    }

    /// Returns whether something was finished or cleared here that is still on Trakt.
    pub(super) fn is_cleared_here(&self) -> bool {
        self.seen.values().any(|seen| seen.is_here && !self.here.contains_key(&seen.title_id))
    }

    /// Reconciles both sides.
    pub(super) async fn run(&self) -> Result<Outcome> {
        let mut changes = Changes::default();
        let first = self.read().await?;
        let mut outcome = Outcome { requests: i64::from(first.pages), ..Outcome::default() };
        let items: Vec<(RemoteItem, There)> = first.listing.iter().filter_map(point).collect();
        let rows = self.rows(&items, &mut changes).await?;
        let there = newest(&items, &rows);
        let removed = self.compare(&there, &mut changes).await?;
        let missing: Vec<TitleId> = self.seen.keys().filter(|id| !there.contains_key(id)).copied().collect();
        if !missing.is_empty() {
            let second = self.read().await?;
            outcome.requests += i64::from(second.pages);
            self.handle_missing((first, second), &rows, &missing, &mut changes, &mut outcome).await?;
        }
        // What was read is stored, whatever happens to the removals on Trakt.
        changes.write(self.worker, self.cursor, self.began_at).await?;
        for (title, there) in removed {
            outcome.requests += 1;
            self.remove(&title, there).await?;
        }
        Ok(outcome)
    }

    /// Decides about every point on Trakt; returns those to be removed there.
    async fn compare(
        &self,
        there: &HashMap<TitleId, (Title, There)>,
        changes: &mut Changes,
    ) -> Result<Vec<(Title, There)>> {
        let db = &self.worker.engine.core.db;
        let ids: Vec<TitleId> = there.keys().copied().collect();
        let last: HashMap<TitleId, Millis> =
            plays::last_played(db, self.cursor.user_id, &ids).await?.into_iter().collect();
        let excluded = Policy::of(db, self.cursor.user_id).await?.excluded(db, &ids).await?;
        let mut removed = Vec::new();
        for (title, there) in there.values() {
            let last = last.get(&title.id).map(|at| self.to_trakt(at.0));
            match self.fate(title.id, *there, last) {
                Fate::Take => self.take(title, *there, changes).await?,
                Fate::Note { is_here } => changes.noted.push(self.noted(title.id, *there, is_here)),
                Fate::Remove if excluded.contains(&title.id) => {
                    changes.noted.push(self.noted(title.id, *there, false));
                }
                Fate::Remove => removed.push((title.clone(), *there)),
            }
        }
        Ok(removed)
    }

    async fn read(&self) -> Result<Complete<PlaybackItem>> {
        Ok(self.worker.client.sync().playback(MediaType::All).collect_all().await?)
    }

    fn fate(&self, title_id: TitleId, there: There, last_play: Option<DateTime<Utc>>) -> Fate {
        // A waiting point is decided about like a new one.
        let seen = self.seen.get(&title_id).filter(|seen| seen.waiting_percent.is_none()).map(seen_of);
        let here = self.here_of(title_id);
        match self.cursor.state {
            // Both sides stay as they are until the user continues watching on one of them.
            SyncState::Skipping if there.paused_at < self.cursor.asked_at.0 => Fate::Note { is_here: false },
            // An import includes points that an earlier decision had left on Trakt.
            SyncState::Importing | SyncState::Proving => {
                merge::fate(there, seen.filter(|seen| seen.is_here), here, last_play)
            }
            SyncState::Skipping | SyncState::Following | SyncState::Cancelled => {
                merge::fate(there, seen, here, last_play)
            }
        }
    }

    fn here_of(&self, title_id: TitleId) -> Option<Here> {
        let row = self.here.get(&title_id)?;
        let paused_at = self.to_trakt(row.paused_at.0);
        Some(Here { percent: row.percent, paused_at, is_private: row.is_private })
    }

    /// Places points that had to wait because the length of their titles was unknown. It is known once their
    /// files arrive or Trakt reports a runtime. This makes no requests.
    pub(super) async fn place_waiting(&self) -> Result<()> {
        let waiting = |seen: &TraktPlayback| {
            let there =
                There { id: seen.playback_id, percent: seen.waiting_percent?, paused_at: seen.paused_at.0 };
            Some((seen.title_id, there))
        };
        let waiting: HashMap<TitleId, There> = self.seen.values().filter_map(waiting).collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let db = &self.worker.engine.core.db;
        let ids: Vec<TitleId> = waiting.keys().copied().collect();
        let mut ready = HashMap::new();
        for title in db::titles::find_many(db, &ids).await? {
            if position::length_of(db, &title, self.here.get(&title.id)).await?.is_some() {
                ready.insert(title.id, (title.clone(), waiting[&title.id]));
            }
        }
        let mut changes = Changes::default();
        // Nothing was cleared here: these points were never here.
        self.compare(&ready, &mut changes).await?;
        changes.write(self.worker, self.cursor, self.began_at).await
    }

    /// Replaces the point here with the one on Trakt. Without the title's length its position is unknown, so it
    /// waits.
    async fn take(&self, title: &Title, there: There, changes: &mut Changes) -> Result<()> {
        let before = self.here.get(&title.id);
        let percent = there.percent.clamp(0.0, 100.0);
        let core = &self.worker.engine.core;
        let Some(duration_ms) = position::length_of(&core.db, title, before).await? else {
            let waiting_percent = Some(percent);
            changes.noted.push(TraktPlayback { waiting_percent, ..self.noted(title.id, there, false) });
            return Ok(());
        };
        changes.put.push(Progress {
            user_id: self.cursor.user_id,
            title_id: title.id,
            position_ms: position::at(duration_ms, percent),
            duration_ms,
            percent,
            file_id: before.and_then(|row| row.file_id),
            is_private: false,
            paused_at: Millis::from(there.paused_at),
            updated_at: Millis::from(core.clock.now()),
        });
        changes.log.push(Change {
            title_id: title.id,
            before: before.filter(|row| !row.is_private).map(|row| self.logged_here(row)),
            after: Some(logged(percent, there.paused_at, Some(duration_ms))),
        });
        changes.noted.push(self.noted(title.id, there, true));
        Ok(())
    }

    /// Handles points that are gone from Trakt, if a second read agrees: the corresponding points here are removed too,
    /// unless there are many.
    async fn handle_missing(
        &self,
        (first, second): (Complete<PlaybackItem>, Complete<PlaybackItem>),
        rows: &Rows,
        missing: &[TitleId],
        changes: &mut Changes,
        outcome: &mut Outcome,
    ) -> Result<()> {
        let Ok(proven) = Proven::from_reads(first, second) else {
            outcome.is_open = true;
            return Ok(());
        };
        let title_of = |item: &PlaybackItem| Some(rows.get(&TitleKey::of(&item.media)?)?.id);
        let present = proven.present(title_of);
        let absent = missing.iter().copied().filter(|id| present.absent(Some(*id)).is_some());
        let now = self.to_trakt(self.worker.engine.core.clock.now());
        let (going, mut rest): (Vec<TitleId>, Vec<TitleId>) = absent.partition(|id| {
            let both = self.seen.get(id).map(seen_of).zip(self.here_of(*id));
            both.is_some_and(|(seen, here)| merge::is_removed_here(seen, here, now))
        });
        if self.may_remove(&going).await? {
            for title_id in going {
                let before = self.here.get(&title_id).map(|row| self.logged_here(row));
                changes.log.push(Change { title_id, before, after: None });
                changes.gone.push(title_id);
                rest.push(title_id);
            }
        } else {
            outcome.held = going.len();
        }
        changes.forgotten.extend(rest);
        Ok(())
    }

    /// Returns whether points that are gone from Trakt may be removed here: if there are few, or the user has
    /// confirmed.
    async fn may_remove(&self, going: &[TitleId]) -> Result<bool> {
        let total = self.seen.values().filter(|seen| seen.is_here).count();
        if !guard::waits(going.len(), total) && self.cursor.held == 0 {
            return Ok(true);
        }
        let removal =
            |title_id: &TitleId| Removal { title_id: *title_id, item: json!({ "title_id": title_id }) };
        let going: Vec<Removal> = going.iter().map(removal).collect();
        let core = &self.worker.engine.core;
        let tx = core.db.begin().await?;
        let go = guard::review(&tx, self.guarded(), &going, total, core.clock.now()).await?;
        tx.commit().await?;
        Ok(go)
    }

    pub(super) fn guarded(&self) -> Guarded<'_> {
        Guarded {
            user_id: self.cursor.user_id,
            account: &self.cursor.account,
            category: SyncCategory::Playback,
            direction: SyncDirection::FromTrakt,
        }
    }

    /// Returns the rows of the titles, adding those that are not in the library.
    async fn rows(&self, items: &[(RemoteItem, There)], changes: &mut Changes) -> Result<Rows> {
        let core = &self.worker.engine.core;
        let items: Vec<&RemoteItem> = items.iter().map(|(item, _)| item).collect();
        let tx = core.db.begin_titles().await?;
        let mut rows = titles::known(&tx, &items).await?;
        changes.new_titles = titles::ensure(&tx, &items, &mut rows, core.clock.now()).await?;
        tx.commit().await?;
        Ok(rows)
    }

    fn noted(&self, title_id: TitleId, there: There, is_here: bool) -> TraktPlayback {
        TraktPlayback {
            user_id: self.cursor.user_id,
            account: self.cursor.account.clone(),
            title_id,
            playback_id: there.id,
            paused_at: Millis::from(there.paused_at),
            is_here,
            waiting_percent: None,
        }
    }

    /// Converts our time to Trakt's clock.
    pub(super) fn to_trakt(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        to_trakt(&self.worker.client, at)
    }
}

/// Returns the newest point of each title: two entries can concern the same title here.
fn newest(items: &[(RemoteItem, There)], rows: &Rows) -> HashMap<TitleId, (Title, There)> {
    let mut there: HashMap<TitleId, (Title, There)> = HashMap::new();
    for (item, point) in items {
        let Some(row) = rows.get(&item.key()) else { continue };
        if there.get(&row.id).is_none_or(|(_, other)| other.paused_at < point.paused_at) {
            there.insert(row.id, (row.clone(), *point));
        }
    }
    there
}

fn seen_of(row: &TraktPlayback) -> Seen {
    Seen { id: row.playback_id, paused_at: row.paused_at.0, is_here: row.is_here }
}

fn point(item: &PlaybackItem) -> Option<(RemoteItem, There)> {
    let title = RemoteItem::of(item.media.clone())?;
    let can_be_watched = matches!(title, RemoteItem::Movie(_) | RemoteItem::Episode { .. });
    let id = signed(item.id.0)?;
    let point = There { id, percent: item.progress, paused_at: item.paused_at };
    (can_be_watched && item.progress.is_finite() && item.progress >= WATCHED_FROM).then_some((title, point))
}

//! The collection on Trakt: the titles with files, with their quality. It is synced one way.
//!
//! What was sent is stored, so that unchanged titles cost nothing. Adding and removing can be repeated without harm, so
//! nothing has to be looked up on Trakt: items that a response does not account for are sent again. A file that is gone
//! removes its movie or episode from the collection, never from the history; an unavailable library removes nothing.

mod kept;
mod logging;
mod plan;
mod problems;
mod quality;
mod send;

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    Json, Millis,
    ids::{TitleId, UserId},
    kinds::{SyncCategory, SyncState},
    libraries,
    rows::{SyncCursor, Title, TraktCollectionItem},
    sync_cursors, titles,
};
use serde_json::json;

use super::item::Item;
use crate::{
    Result,
    account::{Account, Throttle},
    core::Core,
    policy::Policy,
    status::Failure,
};
use plan::{Copy, Here, Sent};

pub(crate) use kept::{Addition, Kept};
use problems::Problem;
pub use problems::SyncProblem;

/// How often everything is compared even without a scan: titles can be matched and switches toggled in between.
const EVERY: TimeDelta = TimeDelta::minutes(15);

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Something was sent or stored: there may be more.
    More,
    /// Nothing to do for now.
    Rest,
}

/// Syncs the collection of one account.
pub(super) struct Collecting<'a> {
    pub(super) core: &'a Core,
    pub(super) account: &'a Account,
    pub(super) user_id: UserId,
    /// The slug of the account on Trakt.
    pub(super) slug: &'a str,
}

impl Collecting<'_> {
    /// Sends changes of the collection, a few requests at a time.
    pub(super) async fn step(&self, throttle: &mut Throttle) -> Result<Step> {
        let db = &self.core.db;
        let cursor = sync_cursors::find(db, self.user_id, self.slug, SyncCategory::Collection).await?;
        let Some(cursor) = cursor.filter(|cursor| cursor.state != SyncState::Cancelled) else {
            return Ok(Step::Rest);
        };
        let policy = Policy::of(db, self.user_id).await?;
        if !policy.is_on(SyncCategory::Collection) {
            return Ok(Step::Rest);
        }
        let (now, stamp) = (self.core.clock.now(), self.stamp().await?);
        if cursor.next_at.0 > now && cursor.activity["stamp"] == stamp {
            return Ok(Step::Rest);
        }
        let work = self.work(&policy).await?;
        self.readmit(&work.returning).await?;
        if cursor.state == SyncState::Skipping {
            self.note_all(work).await?;
        } else if let Some(step) = self.send(&cursor, work, throttle).await? {
            return Ok(step);
        }
        self.compared(cursor, &stamp, now).await?;
        Ok(Step::More)
    }

    /// Returns a stamp that changes when a scan ends or the availability of a library changes.
    async fn stamp(&self) -> Result<Json> {
        let libraries = libraries::list(&self.core.db).await?;
        let of = |library: &db::rows::Library| {
            json!([library.id, library.state, library.last_scanned_at.map(|at| at.0)])
        };
        Ok(libraries.iter().map(of).collect())
    }

    /// Returns the titles with files and what was sent, without titles that the user excludes.
    async fn work(&self, policy: &Policy) -> Result<Work> {
        let db = &self.core.db;
        let files = db::trakt_collection::held(db).await?;
        let stored = db::trakt_collection::sent(db, self.user_id, self.slug).await?;
        let kept: BTreeMap<TitleId, Kept> =
            stored.iter().filter_map(|row| Some((row.title_id, Kept::read(row)?))).collect();
        let ids = files.iter().map(|file| file.title_id).chain(kept.keys().copied());
        let ids: Vec<TitleId> = ids.collect::<HashSet<_>>().into_iter().collect();
        let rows = titles::find_many(db, &ids).await?;
        let shows: Vec<TitleId> =
            rows.iter().filter_map(|row| row.show_id).collect::<HashSet<_>>().into_iter().collect();
        let shows: BTreeMap<TitleId, Title> =
            titles::find_many(db, &shows).await?.into_iter().map(|show| (show.id, show)).collect();
        let items: BTreeMap<TitleId, Item> = rows
            .iter()
            .filter_map(|row| Some((row.id, Item::of(row, row.show_id.and_then(|id| shows.get(&id)))?)))
            .collect();
        let mut here = plan::here(&files, &items);
        // Kept titles that have a file again are sent again, so that they are no longer marked as kept.
        let has_file = |id: &TitleId| matches!(here.get(id), Some(Here::Held(_)));
        let sent = stored.iter().filter(|row| row.kept.is_none() || !has_file(&row.title_id));
        let mut sent: BTreeMap<TitleId, Sent> =
            sent.filter_map(|row| Some((row.title_id, Sent::read(row)?))).collect();
        plan::keep(&mut here, &kept, &items);
        let all: Vec<TitleId> = here.keys().chain(sent.keys()).copied().collect();
        let excluded = policy.excluded(db, &all).await?;
        sent.retain(|id, _| !excluded.contains(id));
        let left_out: HashSet<TitleId> =
            stored.iter().filter(|row| row.left_out).map(|row| row.title_id).collect();
        here.retain(|id, _| !excluded.contains(id) && !left_out.contains(id));
        let files: HashSet<TitleId> = files.iter().map(|file| file.title_id).collect();
        let is_over = |id: &TitleId| !files.contains(id) && !sent.contains_key(id);
        let returning = left_out.iter().copied().filter(is_over).collect();
        let runs = stored.iter().filter_map(|row| Some((row.title_id, row.run_at?))).collect();
        Ok(Work { here, sent, left_out, returning, runs })
    }

    /// Stops leaving out titles whose files are gone, so that new files are collected again.
    async fn readmit(&self, titles: &[TitleId]) -> Result<()> {
        if titles.is_empty() {
            return Ok(());
        }
        let tx = self.core.db.begin().await?;
        db::trakt_collection::set_left_out(&tx, self.user_id, self.slug, titles, false).await?;
        db::trakt_collection::delete_many(&tx, self.user_id, self.slug, titles).await?;
        Ok(tx.commit().await?)
    }

    /// Records the current titles when the user connected without importing: they stay as they are on Trakt.
    async fn note_all(&self, work: Work) -> Result<()> {
        let rows: Vec<TraktCollectionItem> = work
            .here
            .into_iter()
            .filter_map(|(title_id, here)| match here {
                Here::Held(copy) => Some(self.row(title_id, &copy, None, None)),
                Here::Unreadable => None,
            })
            .collect();
        let tx = self.core.db.begin().await?;
        db::trakt_collection::put_many(&tx, rows).await?;
        Ok(tx.commit().await?)
    }

    fn row(
        &self,
        title_id: TitleId,
        copy: &Copy,
        refused: Option<String>,
        run_at: Option<Millis>,
    ) -> TraktCollectionItem {
        TraktCollectionItem {
            user_id: self.user_id,
            account: self.slug.to_owned(),
            title_id,
            sent: copy.sent().to_json(),
            refused,
            kept: copy.kept.as_ref().map(Kept::to_json),
            left_out: false,
            run_at,
        }
    }

    /// Records that everything was compared and differences were sent.
    async fn compared(&self, cursor: SyncCursor, stamp: &Json, now: DateTime<Utc>) -> Result<()> {
        let tx = self.core.db.begin().await?;
        let dropped = Failure::NotTaken.stored().code;
        let rows = db::trakt_collection::sent(&tx, self.user_id, self.slug).await?;
        let left = rows.iter().filter(|row| row.refused.as_ref() == Some(&dropped)).count();
        let problem = (left > 0).then_some(Problem { failure: Failure::NotTaken, left });
        let done = db::trakt_collection::count(&tx, self.user_id, self.slug).await?;
        let done = i64::try_from(done).unwrap_or(i64::MAX);
        let after = SyncCursor {
            state: SyncState::Following,
            activity: json!({ "stamp": stamp, "problem": problem }),
            done,
            total: Some(done),
            read_at: Some(Millis::from(now)),
            next_at: Millis::from(now + EVERY),
            full_at: Some(Millis::from(now)),
            ..cursor
        };
        sync_cursors::put(&tx, after).await?;
        tx.commit().await?;
        self.core.events.send(crate::SyncEvent::Account { user_id: self.user_id });
        Ok(())
    }
}

/// Returns how many titles an import would add to the collection or change there. It decides with the same `plan`.
pub(crate) async fn forecast(core: &Core, account: &Account, user_id: UserId, slug: &str) -> Result<usize> {
    let policy = Policy::of(&core.db, user_id).await?;
    if !policy.is_on(SyncCategory::Collection) {
        return Ok(0);
    }
    let work = Collecting { core, account, user_id, slug }.work(&policy).await?;
    Ok(plan::differences(&work.here, &work.sent).add.len())
}

/// The titles with files, and what was sent.
struct Work {
    here: BTreeMap<TitleId, Here>,
    sent: BTreeMap<TitleId, Sent>,
    /// Titles that are left out of the collection although there is a file. They are not in `here`.
    left_out: HashSet<TitleId>,
    /// Titles that were left out until their files were gone, and whose files are gone now.
    returning: Vec<TitleId>,
    /// The import or scan that added each sent title.
    runs: BTreeMap<TitleId, Millis>,
}

//! The collection on Trakt: the titles with files, with their quality. It is synced one way.
//!
//! What was sent is kept, so that a title that has not changed costs nothing. Adding and removing may be repeated without
//! harm, so nothing here has to be looked for on Trakt: what an answer does not account for is sent again. A file that is gone removes its movie or episode from the
//! collection, never from the history; a library that cannot be read removes nothing.

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

/// How often everything is compared, also when no scan has ended: titles are matched, and switches turned, in between.
const EVERY: TimeDelta = TimeDelta::minutes(15);

/// The result of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Something was sent or written down: there may be more.
    More,
    /// Nothing for now.
    Rest,
}

/// Works on the collection of one account.
pub(super) struct Collecting<'a> {
    pub(super) core: &'a Core,
    pub(super) account: &'a Account,
    pub(super) user_id: UserId,
    /// The slug of the account on Trakt.
    pub(super) slug: &'a str,
}

impl Collecting<'_> {
    /// Sends what has changed in the collection, a few requests at a time.
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
        self.let_in(&work.returning).await?;
        if cursor.state == SyncState::Skipping {
            self.note_all(work).await?;
        } else if let Some(step) = self.send(&cursor, work, throttle).await? {
            return Ok(step);
        }
        self.compared(cursor, &stamp, now).await?;
        Ok(Step::More)
    }

    /// Changes when a scan ends, or a library can be read or not.
    async fn stamp(&self) -> Result<Json> {
        let libraries = libraries::list(&self.core.db).await?;
        let of = |library: &db::rows::Library| {
            json!([library.id, library.state, library.last_scanned_at.map(|at| at.0)])
        };
        Ok(libraries.iter().map(of).collect())
    }

    /// What there is and what was sent, without what the person excludes.
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
        // What was kept and has a file again is sent anew, so that it is not kept any more.
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

    /// The files of these titles are gone: new ones are collected again.
    async fn let_in(&self, titles: &[TitleId]) -> Result<()> {
        if titles.is_empty() {
            return Ok(());
        }
        let tx = self.core.db.begin().await?;
        db::trakt_collection::set_left_out(&tx, self.user_id, self.slug, titles, false).await?;
        db::trakt_collection::delete_many(&tx, self.user_id, self.slug, titles).await?;
        Ok(tx.commit().await?)
    }

    /// The person connected without importing: what there is now is left as it is on Trakt.
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

    /// Everything was compared, and what differed was sent.
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

/// How many titles an import would add to the collection, or send in another quality. It decides with the same `plan`.
pub(crate) async fn forecast(core: &Core, account: &Account, user_id: UserId, slug: &str) -> Result<usize> {
    let policy = Policy::of(&core.db, user_id).await?;
    if !policy.is_on(SyncCategory::Collection) {
        return Ok(0);
    }
    let work = Collecting { core, account, user_id, slug }.work(&policy).await?;
    Ok(plan::differences(&work.here, &work.sent).add.len())
}

/// What there is, and what was sent.
struct Work {
    here: BTreeMap<TitleId, Here>,
    sent: BTreeMap<TitleId, Sent>,
    /// What stays out although there is a file. It is not in `here`.
    left_out: HashSet<TitleId>,
    /// What was left out until its file was gone, and is.
    returning: Vec<TitleId>,
    /// Which import has added what was sent.
    runs: BTreeMap<TitleId, Millis>,
}

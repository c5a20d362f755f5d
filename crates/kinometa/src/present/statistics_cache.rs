//! A cache of statistics as JSON, which are valid until a play or a title changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use catalogue::person::Edition;
use catalogue::view::View;
use chrono::{DateTime, NaiveDate, Utc};
use db::Db;
use db::ids::UserId;

use crate::timeline::statistics::{Counted, Statistics, runtimes};
use crate::timeline::zone::Zone;

/// Maximum number of responses per user: all time and some years.
const EACH: usize = 16;

/// Maximum number of users with cached responses. For another user, the responses of an arbitrary one are dropped.
const PEOPLE: usize = 32;

/// The state of the data from which responses are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Base {
    /// Edition of the user's plays.
    plays: Edition,
    /// Revision of the titles.
    titles: u64,
}

/// A requested period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    zone: Zone,
    year: Option<i32>,
    /// The latest months and weeks end with this day.
    today: NaiveDate,
}

/// The period of totals, and the state of the data from which they were computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CountedFrom {
    plays: Edition,
    runtimes: u64,
    zone: Zone,
    year: Option<i32>,
}

/// The current responses of all users.
#[derive(Debug, Default)]
pub(crate) struct StatisticsCache {
    people: Mutex<HashMap<UserId, Answers>>,
    /// Held while totals are computed, which keeps a core busy for a while: identical requests wait for the result.
    adding_up: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Answers {
    base: Base,
    written: Vec<(Key, Bytes)>,
    /// The latest totals. New titles in the library change the responses, but not the totals.
    counted: Option<(CountedFrom, Arc<Counted>)>,
}

impl StatisticsCache {
    /// A user's statistics of one year in the time zone, or of all time.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn json(
        &self,
        db: &Db,
        view: &View,
        user_id: UserId,
        (zone, year): (Zone, Option<i32>),
        now: DateTime<Utc>,
    ) -> db::Result<Bytes> {
        // Read before the totals are computed, so that a play added in between makes the response newer than its
        // recorded state, never older.
        let base = Base { plays: view.person.edition(), titles: view.snapshot.revision };
        let key = Key { zone, year, today: zone.day(now) };
        if let Some(json) = self.written(user_id, base, key) {
            return Ok(json);
        }
        let _adding_up = self.adding_up.lock().await;
        if let Some(json) = self.written(user_id, base, key) {
            return Ok(json);
        }
        let from = CountedFrom { plays: base.plays, runtimes: runtimes(view), zone, year };
        let counted = match self.counted(user_id, from) {
            Some(counted) => counted,
            None => Arc::new(Counted::read(db, user_id, zone, year).await?),
        };
        let statistics = super::statistics(Statistics::of(&counted, view, zone, year, now));
        let json = Bytes::from(serde_json::to_vec(&statistics).expect("statistics can be serialised"));
        self.keep(user_id, base, (key, json.clone()), (from, counted));
        Ok(json)
    }

    fn written(&self, user_id: UserId, base: Base, key: Key) -> Option<Bytes> {
        let people = self.people();
        let answers = people.get(&user_id).filter(|answers| answers.base == base)?;
        answers.written.iter().find(|(known, _)| *known == key).map(|(_, json)| json.clone())
    }

    fn counted(&self, user_id: UserId, from: CountedFrom) -> Option<Arc<Counted>> {
        let people = self.people();
        let (known, counted) = people.get(&user_id)?.counted.as_ref()?;
        (*known == from).then(|| Arc::clone(counted))
    }

    fn keep(&self, user_id: UserId, base: Base, answer: (Key, Bytes), counted: (CountedFrom, Arc<Counted>)) {
        let mut people = self.people();
        if people.len() >= PEOPLE && !people.contains_key(&user_id) {
            let other = people.keys().next().copied();
            other.map(|other| people.remove(&other));
        }
        let fresh = || Answers { base, written: Vec::new(), counted: None };
        let answers = people.entry(user_id).or_insert_with(fresh);
        if answers.base != base || answers.written.len() >= EACH {
            *answers = fresh();
        }
        answers.written.push(answer);
        answers.counted = Some(counted);
    }

    fn people(&self) -> MutexGuard<'_, HashMap<UserId, Answers>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

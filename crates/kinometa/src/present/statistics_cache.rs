//! Statistics as JSON, kept until a play or a title changes.

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

/// Answers kept per person: all time and some years.
const EACH: usize = 16;

/// People whose answers are kept. When one more comes, those of another are dropped.
const PEOPLE: usize = 32;

/// What answers are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Base {
    /// The person's plays.
    plays: Edition,
    /// Revision of the titles.
    titles: u64,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Key {
    zone: Zone,
    year: Option<i32>,
    /// The last months and weeks end with it.
    today: NaiveDate,
}

/// What the database has added up, and from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CountedFrom {
    plays: Edition,
    runtimes: u64,
    zone: Zone,
    year: Option<i32>,
}

/// Everybody's current answers.
#[derive(Debug, Default)]
pub(crate) struct StatisticsCache {
    people: Mutex<HashMap<UserId, Answers>>,
    /// Held while plays are added up, which takes a core for a while: whoever asks for the same meanwhile waits for it.
    adding_up: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Answers {
    base: Base,
    written: Vec<(Key, Bytes)>,
    /// The latest count. New titles in the library change the answers, but not the count.
    counted: Option<(CountedFrom, Arc<Counted>)>,
}

impl StatisticsCache {
    /// A person's statistics, of one local year or of all time.
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
        // Taken before the plays are counted: one that comes in between makes the answer newer than its base, never older.
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
        let json = Bytes::from(serde_json::to_vec(&statistics).expect("plain data is always JSON"));
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

//! Statistics as JSON, kept until a play or a title changes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use chrono::NaiveDate;
use db::ids::UserId;
use db::statistics::Edition;

use crate::timeline::zone::Zone;

/// Answers kept per person: all time and some years.
const EACH: usize = 16;

/// People whose answers are kept. When one more comes, those of another are dropped.
const PEOPLE: usize = 32;

/// What answers are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatisticsBase {
    /// The person's plays.
    pub(crate) plays: Edition,
    /// Revision of the titles.
    pub(crate) titles: u64,
}

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatisticsKey {
    /// Where the days begin and end.
    pub(crate) zone: Zone,
    /// None for all time.
    pub(crate) year: Option<i32>,
    /// The last months and weeks end with it.
    pub(crate) today: NaiveDate,
}

/// Everybody's current answers.
#[derive(Debug, Default)]
pub(crate) struct StatisticsCache(Mutex<HashMap<UserId, Answers>>);

#[derive(Debug)]
struct Answers {
    base: StatisticsBase,
    written: Vec<(StatisticsKey, Bytes)>,
}

impl StatisticsCache {
    /// What was answered before, when nothing has changed since.
    pub(crate) fn get(&self, user_id: UserId, base: StatisticsBase, key: StatisticsKey) -> Option<Bytes> {
        let people = self.people();
        let answers = people.get(&user_id).filter(|answers| answers.base == base)?;
        answers.written.iter().find(|(known, _)| *known == key).map(|(_, json)| json.clone())
    }

    /// Keeps an answer.
    pub(crate) fn put(&self, user_id: UserId, base: StatisticsBase, key: StatisticsKey, json: Bytes) {
        let mut people = self.people();
        if people.len() >= PEOPLE && !people.contains_key(&user_id) {
            let other = people.keys().next().copied();
            other.map(|other| people.remove(&other));
        }
        let fresh = || Answers { base, written: Vec::new() };
        let answers = people.entry(user_id).or_insert_with(fresh);
        if answers.base != base || answers.written.len() >= EACH {
            *answers = fresh();
        }
        answers.written.push((key, json));
    }

    fn people(&self) -> MutexGuard<'_, HashMap<UserId, Answers>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

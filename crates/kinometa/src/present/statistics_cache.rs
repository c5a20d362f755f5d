//! A cache of statistics as JSON, which are valid until a play or a title changes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use catalogue::user_data::PlaysRevision;
use catalogue::view::View;
use chrono::{DateTime, NaiveDate, Utc};
use db::Db;
use db::ids::UserId;

use crate::timeline::statistics::{PlayTotals, Statistics, runtimes};
use crate::timeline::zone::Zone;

/// Maximum number of responses per user: all time and some years.
const MAX_RESPONSES: usize = 16;

/// Maximum number of users with cached responses. For another user, the responses of an arbitrary one are dropped.
const MAX_USERS: usize = 32;

/// The state of the data from which responses are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Base {
    /// Revision of the user's plays.
    plays: PlaysRevision,
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
struct TotalsBasis {
    plays: PlaysRevision,
    runtimes: u64,
    zone: Zone,
    year: Option<i32>,
}

/// The current responses of all users.
#[derive(Debug, Default)]
pub(crate) struct StatisticsCache {
    users: Mutex<HashMap<UserId, UserResponses>>,
    /// Held while totals are computed, which keeps a core busy for a while: identical requests wait for the result.
    computing: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct UserResponses {
    base: Base,
    responses: Vec<(Key, Bytes)>,
    /// The latest totals. New titles in the library change the responses, but not the totals.
    totals: Option<(TotalsBasis, Arc<PlayTotals>)>,
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
        let base = Base { plays: view.user_data.plays_revision(), titles: view.snapshot.revision };
        let key = Key { zone, year, today: zone.day(now) };
        if let Some(json) = self.cached_response(user_id, base, key) {
            return Ok(json);
        }
        let _computing = self.computing.lock().await;
        if let Some(json) = self.cached_response(user_id, base, key) {
            return Ok(json);
        }
        let from = TotalsBasis { plays: base.plays, runtimes: runtimes(view), zone, year };
        let totals = match self.cached_totals(user_id, from) {
            Some(totals) => totals,
            None => Arc::new(PlayTotals::read(db, user_id, zone, year).await?),
        };
        let statistics = super::statistics(Statistics::of(&totals, view, zone, year, now));
        let json = Bytes::from(serde_json::to_vec(&statistics).expect("statistics can be serialised"));
        self.store(user_id, base, (key, json.clone()), (from, totals));
        Ok(json)
    }

    fn cached_response(&self, user_id: UserId, base: Base, key: Key) -> Option<Bytes> {
        let users = self.users();
        let user = users.get(&user_id).filter(|user| user.base == base)?;
        user.responses.iter().find(|(known, _)| *known == key).map(|(_, json)| json.clone())
    }

    fn cached_totals(&self, user_id: UserId, from: TotalsBasis) -> Option<Arc<PlayTotals>> {
        let users = self.users();
        let (known, totals) = users.get(&user_id)?.totals.as_ref()?;
        (*known == from).then(|| Arc::clone(totals))
    }

    fn store(
        &self,
        user_id: UserId,
        base: Base,
        response: (Key, Bytes),
        totals: (TotalsBasis, Arc<PlayTotals>),
    ) {
        let mut users = self.users();
        if users.len() >= MAX_USERS && !users.contains_key(&user_id) {
            let other = users.keys().next().copied();
            other.map(|other| users.remove(&other));
        }
        let fresh = || UserResponses { base, responses: Vec::new(), totals: None };
        let user = users.entry(user_id).or_insert_with(fresh);
        if user.base != base || user.responses.len() >= MAX_RESPONSES {
            *user = fresh();
        }
        user.responses.push(response);
        user.totals = Some(totals);
    }

    fn users(&self) -> MutexGuard<'_, HashMap<UserId, UserResponses>> {
        self.users.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

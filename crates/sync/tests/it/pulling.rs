//! Reading from Trakt: first import, sweeps, removals, and the decision not to import.

mod convergence;
mod crashes;
mod following;
mod importing;
mod logging;
mod plans;
mod resuming;
mod skipping;

use chrono::{DateTime, TimeDelta, Utc};
use clock::{Clock, ManualClock};
use db::{
    ids::PlayId,
    kinds::TitleKind,
    rows::{Play, Title},
    timeline::{self, TimelineCursor},
};
use serde_json::{Value, json};
use sync::{CategoryStatus, PullState, Pulled};
use trakt_sim::{DEMO_USER, Person, Sim};

use crate::fixture::{Fixture, opening_time, to_the_minute};

/// A member with a long history.
pub(crate) const BEA: &str = "bea";

/// A play by its history ID and its time, which identify it on both sides.
type Entry = (i64, DateTime<Utc>);

/// Connected as a member with this many plays, rewatches among them; nothing is decided yet.
pub(crate) async fn long_history(plays: usize) -> Fixture {
    let clock = ManualClock::new(opening_time()).auto_advance();
    let sim = Sim::builder()
        .movies(60)
        .shows(4)
        .frozen_at(clock.now())
        .configure(|config| config.strict_contract = true)
        .start()
        .await
        .unwrap();
    sim.add_person(&Person::new(BEA).history(plays));
    let fixture = Fixture::with_sim(clock, sim).await;
    fixture.connect_as(BEA).await;
    fixture
}

impl Fixture {
    /// Reads what is due.
    pub(crate) async fn pull(&self) -> Pulled {
        self.follow();
        self.engine.pull(self.user_id).await.unwrap()
    }

    /// Reads and sends until neither has anything left to do.
    pub(crate) async fn settle(&self) {
        for _ in 0..60 {
            self.drain_all().await;
            let pulled = self.pull().await;
            let busy = matches!(self.sync_status().await.state, PullState::Importing | PullState::Skipping);
            match pulled {
                Pulled::Until(moment) if busy => {
                    self.wait((moment - self.now()).num_seconds() + 1);
                }
                _ => return self.drain_all().await,
            }
        }
        panic!("reading never ends: {:?}", self.sync_status().await);
    }

    pub(crate) async fn import(&self) {
        self.engine.begin_import(self.user_id, true).await.unwrap();
        self.settle().await;
    }

    pub(crate) async fn sync_status(&self) -> CategoryStatus {
        self.engine.sync_status(self.user_id).await.unwrap().remove(0)
    }

    /// Runs the next sweep; returns the number of its requests.
    pub(crate) async fn sweep(&self) -> usize {
        self.wait(301);
        self.sim.clear_requests();
        self.pull().await;
        self.sim.requests().len()
    }

    /// All plays here, however many there are.
    async fn all_plays(&self) -> Vec<Play> {
        let mut all: Vec<Play> = Vec::new();
        loop {
            let after = all.last().map(|play| TimelineCursor { watched_at: play.watched_at, id: play.id });
            let page = timeline::page(&*self.db, self.user_id, after, 500).await.unwrap();
            if page.is_empty() {
                return all;
            }
            all.extend(page);
        }
    }

    async fn entries_here(&self) -> Vec<Entry> {
        let entry = |play: &Play| (play.trakt_history_id.unwrap(), to_the_minute(play.watched_at.unwrap().0));
        let mut entries: Vec<Entry> = self.all_plays().await.iter().map(entry).collect();
        entries.sort();
        entries
    }

    fn entries_of(&self, username: &str) -> Vec<Entry> {
        let mut entries = Vec::new();
        for page in 1.. {
            let path = format!("/sync/history?limit=250&page={page}");
            let answer = self.sim.act(username, "GET", &path, None);
            let items = answer.body.as_array().unwrap().clone();
            if items.is_empty() {
                break;
            }
            entries.extend(items.iter().map(entry_of));
        }
        entries.sort();
        entries
    }

    /// Asserts that the plays here are exactly those on Trakt, entry by entry.
    async fn assert_same(&self, username: &str) {
        let (here, there) = (self.entries_here().await, self.entries_of(username));
        assert_eq!(here.len(), there.len());
        assert_eq!(here, there);
    }

    /// Adds a play on Trakt, as another device would.
    fn add_on_trakt(&self, username: &str, trakt_id: i64, at: DateTime<Utc>) {
        let body = json!({"movies": [{"ids": {"trakt": trakt_id}, "watched_at": at}]});
        assert!(self.sim.act(username, "POST", "/sync/history", Some(&body)).status < 300);
    }

    /// Marked as watched on Trakt at an unknown time.
    fn add_on_trakt_undated(&self, title: &Title) {
        let kind = if title.kind == TitleKind::Movie { "movies" } else { "episodes" };
        let body = json!({kind: [{"ids": {"trakt": title.trakt_id}, "watched_at": "unknown"}]});
        assert!(self.sim.act(DEMO_USER, "POST", "/sync/history", Some(&body)).status < 300);
    }

    fn remove_on_trakt(&self, username: &str, entries: &[i64]) {
        let body = json!({"ids": entries});
        assert!(self.sim.act(username, "POST", "/sync/history/remove", Some(&body)).status < 300);
    }

    /// The movie with this ID on Trakt; added if it is not known.
    async fn movie_known_as(&self, trakt_id: i64) -> db::ids::TitleId {
        let kind = db::kinds::TitleKind::Movie;
        if let Some(known) = db::titles::find_by_trakt(&*self.db, kind, trakt_id).await.unwrap() {
            return known.id;
        }
        let tx = self.db.begin().await.unwrap();
        let new = crate::fixture::title(kind, Some(trakt_id.cast_unsigned()));
        let id = db::titles::insert_many(&tx, vec![new]).await.unwrap().remove(0).id;
        tx.commit().await.unwrap();
        id
    }

    /// The number of requests that changed something on Trakt.
    pub(crate) fn writes(&self) -> usize {
        self.sim.requests().iter().filter(|request| request.method != "GET").count()
    }
}

fn entry_of(item: &Value) -> Entry {
    (item["id"].as_i64().unwrap(), item["watched_at"].as_str().unwrap().parse().unwrap())
}

fn movie_id(fixture: &Fixture, index: usize) -> i64 {
    fixture.sim.catalogue().movies()[index].facts.ids.trakt.cast_signed()
}

fn ids(plays: &[Play]) -> Vec<PlayId> {
    plays.iter().map(|play| play.id).collect()
}

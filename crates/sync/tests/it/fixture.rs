//! A server with one user, a few titles and a simulated Trakt; time moves only when the test moves it.

mod initial_data;
mod on_trakt;
mod player;

use std::{cell::Cell, sync::Arc, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use clock::{Clock, ManualClock};
use db::{
    Db, Millis,
    ids::UserId,
    kinds::PlaySource,
    outbox, plays,
    rows::{OutboxRow, Play, Title},
    testing::{StatementLog, TestDb, test_db},
    timeline,
};
use secrecy::SecretString;
use serde_json::json;
use sync::{AccountStatus, Config, Drained, Engine, outbox::payload::When, secrets::Secrets};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use trakt::{Endpoints, Token, TokenParts};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, Fault, FaultKind, Sim, SimHandle};

use initial_data::insert_initial_data;
pub(crate) use initial_data::title;
pub(crate) use on_trakt::OnTrakt;
pub(crate) use player::Player;

pub(crate) struct Fixture {
    pub(crate) db: TestDb,
    pub(crate) sim: SimHandle,
    pub(crate) clock: ManualClock,
    pub(crate) engine: Engine,
    pub(crate) user_id: UserId,
    /// A movie that Trakt knows.
    pub(crate) movie: Title,
    /// Two episodes of a show that Trakt knows.
    pub(crate) episodes: [Title; 2],
    key: tempfile::TempDir,
    /// How far Trakt's clock is ahead of ours.
    ahead: Cell<TimeDelta>,
}

pub(crate) fn opening_time() -> DateTime<Utc> {
    "2026-11-21T20:00:30Z".parse().unwrap()
}

impl Fixture {
    /// Connected; nothing has happened yet.
    pub(crate) async fn connected() -> Self {
        let fixture = Self::unconnected().await;
        fixture.connect().await;
        fixture
    }

    /// Not connected. Waiting takes no real time: a sleep advances the clock.
    pub(crate) async fn unconnected() -> Self {
        Self::with_clock(ManualClock::new(opening_time()).auto_advance()).await
    }

    pub(crate) async fn with_clock(clock: ManualClock) -> Self {
        let sim = Sim::builder().movies(4).shows(1).frozen_at(clock.now());
        let sim = sim.configure(|config| config.strict_contract = true).start().await.unwrap();
        Self::with_sim(clock, sim).await
    }

    /// Starts the engine's background loops, which end when the token is cancelled.
    pub(crate) fn run(&self) -> (CancellationToken, JoinHandle<()>) {
        let (engine, stop) = (self.engine.clone(), CancellationToken::new());
        let running = tokio::spawn({
            let stop = stop.clone();
            async move { engine.run(stop).await }
        });
        (stop, running)
    }

    /// Not connected, with this simulator.
    pub(crate) async fn with_sim(clock: ManualClock, sim: SimHandle) -> Self {
        let db = test_db().await;
        let key = tempfile::tempdir().unwrap();
        let engine = engine(db.handle(), &sim, &clock, &key).await;
        engine.set_application(DEMO_CLIENT_ID, SecretString::from(DEMO_CLIENT_SECRET)).await.unwrap();
        let (user_id, movie, episodes) = insert_initial_data(&db, &sim).await;
        let ahead = Cell::new(TimeDelta::zero());
        Self { db, sim, clock, engine, user_id, movie, episodes, key, ahead }
    }

    pub(crate) async fn connect(&self) {
        self.connect_as(DEMO_USER).await;
    }

    /// Connects as this member of Trakt.
    pub(crate) async fn connect_as(&self, username: &str) {
        self.engine.connect_with(self.user_id, &self.fresh_pair(username)).await.unwrap();
    }

    /// A token pair that Trakt has just issued.
    pub(crate) fn fresh_pair(&self, username: &str) -> Token {
        let pair = self.sim.issue_token(username);
        Token::from(TokenParts {
            access_token: pair.access_token,
            token_type: "bearer".into(),
            expires_in: pair.expires_in.unsigned_abs(),
            refresh_token: pair.refresh_token,
            scope: "public".into(),
            created_at: pair.created_at,
        })
    }

    /// Another process on the same database: a second node, or this one after a crash.
    pub(crate) async fn another_engine(&self) -> Engine {
        engine(self.db.handle(), &self.sim, &self.clock, &self.key).await
    }

    /// Restarts the engine with a log of the statements that it runs.
    pub(crate) async fn log_statements(&mut self) -> StatementLog {
        let (db, log) = self.db.logged();
        self.engine = engine(db, &self.sim, &self.clock, &self.key).await;
        log
    }

    /// Crashes the process and starts it again.
    pub(crate) async fn crash(&mut self) {
        self.engine = self.another_engine().await;
        // The lease was not released, so it has to expire.
        self.wait(200);
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Sets how far Trakt's clock, which is right, is ahead of ours.
    pub(crate) fn set_ahead(&self, ahead: TimeDelta) {
        self.ahead.set(ahead);
        self.follow();
    }

    /// Sets our clock back. Trakt's clock is not affected.
    pub(crate) fn set_clock_back(&self, by: TimeDelta) {
        self.clock.set(self.clock.now() - by);
        self.set_ahead(self.ahead.get() + by);
    }

    /// Sets Trakt's clock according to ours.
    pub(crate) fn follow(&self) {
        self.sim.freeze(Some(self.clock.now() + self.ahead.get()));
    }

    /// Lets time pass, here and on Trakt.
    pub(crate) fn wait(&self, seconds: i64) {
        self.clock.advance(Duration::from_secs(seconds.unsigned_abs()));
        self.follow();
    }

    pub(crate) fn fault_once(&self, path: &str, kind: FaultKind) {
        self.sim.add_fault(Fault::on(path, kind).times(1));
    }

    pub(crate) async fn drain(&self) -> Drained {
        self.follow();
        self.engine.drain(self.user_id).await.unwrap()
    }

    /// Sends everything, letting time pass until nothing is waiting.
    pub(crate) async fn drain_all(&self) {
        self.drain_all_on(&self.engine).await;
    }

    /// Like [`Self::drain_all`] on this node, which may have to wait for the lease of another.
    pub(crate) async fn drain_all_on(&self, engine: &Engine) {
        for _ in 0..100 {
            self.follow();
            match engine.drain(self.user_id).await.unwrap() {
                Drained::Idle => return,
                Drained::Until(moment) => {
                    self.clock.set(moment.max(self.clock.now()));
                    self.follow();
                }
                Drained::Stopped => panic!("the account is stopped"),
            }
        }
        panic!("the outbox never becomes empty: {:?}", self.queue().await);
    }

    /// Lets this much time pass, sending whenever something is due.
    pub(crate) async fn drain_until(&self, span: TimeDelta) {
        let end = self.now() + span;
        while self.now() < end {
            let left = (end - self.now()).num_seconds().max(1);
            let wait = match self.drain().await {
                Drained::Until(moment) => (moment - self.now()).num_seconds().clamp(1, left),
                Drained::Idle | Drained::Stopped => left,
            };
            self.wait(wait);
        }
    }

    pub(crate) async fn mark(&self, titles: &[&Title], when: When) -> Vec<Play> {
        let link = self.engine.link(self.user_id).await.unwrap();
        let now = self.clock.now();
        let watched_at = match when {
            When::At(at) => Some(Millis::from(at)),
            When::Released | When::Unknown => None,
        };
        let tx = self.db.begin().await.unwrap();
        let mut marked = Vec::new();
        for title in titles {
            let play = plays::NewPlay {
                user_id: self.user_id,
                title_id: title.id,
                watched_at,
                source: PlaySource::Manual,
                file_id: None,
                is_private: false,
                trakt_history_id: None,
            };
            marked.push(plays::insert(&tx, play, Millis::from(now)).await.unwrap());
        }
        sync::outbox::enqueue_history(&tx, &marked, when, link, now).await.unwrap();
        tx.commit().await.unwrap();
        marked
    }

    /// Removes a play; returns whether it still existed.
    pub(crate) async fn forget(&self, play: &Play) -> bool {
        let link = self.engine.link(self.user_id).await.unwrap();
        let tx = self.db.begin().await.unwrap();
        let Some(play) = plays::find(&tx, play.id).await.unwrap() else { return false };
        sync::outbox::forget_play(&tx, &play, link, self.clock.now()).await.unwrap();
        plays::delete(&tx, play.id).await.unwrap();
        tx.commit().await.unwrap();
        true
    }

    /// Adds a play on Trakt, as another device would.
    pub(crate) fn watched_elsewhere(&self, at: DateTime<Utc>) {
        let body = json!({"movies": [{"ids": {"trakt": self.movie.trakt_id}, "watched_at": at}]});
        assert!(self.sim.act(DEMO_USER, "POST", "/sync/history", Some(&body)).status < 300);
    }

    /// Starts sending. As soon as Trakt has received a request to `path`, runs `meanwhile`; only then is the
    /// response read. Returns the result of sending.
    pub(crate) async fn drain_while(
        &self,
        path: &str,
        meanwhile: impl Future<Output = ()>,
    ) -> impl Future<Output = sync::Result<Drained>> {
        let calls = self.calls(path);
        let (engine, user_id) = (self.engine.clone(), self.user_id);
        let mut draining = Box::pin(async move { engine.drain(user_id).await });
        let asked = async {
            while self.calls(path) == calls {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            biased;
            () = asked => {}
            drained = &mut draining => panic!("{path} was not requested: {drained:?}"),
        }
        meanwhile.await;
        draining
    }

    /// Every play here, oldest first.
    pub(crate) async fn plays(&self) -> Vec<Play> {
        let mut plays = timeline::page(&*self.db, self.user_id, None, 500).await.unwrap();
        plays.sort_by_key(|play| play.id);
        plays
    }

    pub(crate) async fn queue(&self) -> Vec<OutboxRow> {
        outbox::queue(&*self.db, self.user_id, 0, 500).await.unwrap()
    }

    pub(crate) async fn status(&self) -> AccountStatus {
        self.engine.account_status(self.user_id).await.unwrap()
    }

    /// Asserts that the plays here and on Trakt are the same.
    pub(crate) async fn assert_in_sync(&self, count: usize) {
        let here: Vec<Option<i64>> = self.plays().await.iter().map(|play| play.trakt_history_id).collect();
        let there: Vec<Option<i64>> = self.on_trakt().iter().map(|play| Some(play.id)).collect();
        assert_eq!(there.len(), count, "plays on Trakt: {:?}", self.on_trakt());
        let (mut here, mut there) = (here, there);
        here.sort();
        there.sort();
        assert_eq!(here, there, "{:?}", self.plays().await);
    }

    /// How often a path was called.
    pub(crate) fn calls(&self, path: &str) -> usize {
        self.sim.requests().iter().filter(|request| request.path.starts_with(path)).count()
    }
}

async fn engine(db: Db, sim: &SimHandle, clock: &ManualClock, key: &tempfile::TempDir) -> Engine {
    let config = Config {
        db,
        clock: Arc::new(clock.clone()),
        secrets: Secrets::open(&key.path().join("secret.key")).unwrap(),
        endpoints: Endpoints::single(sim.url().parse().unwrap()),
        user_agent: "Kinometa/0.1".into(),
        node: format!("{:016x}", rand::random::<u64>()),
    };
    Engine::open(config).await.unwrap()
}

/// `at` as Trakt stores it.
pub(crate) fn to_the_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    at - TimeDelta::milliseconds(at.timestamp_millis().rem_euclid(60_000))
}

//! A simulated Trakt and a client, which share one clock.

mod canned;
mod store;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, Utc};
use clock::Clock;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use trakt::{Application, Client, Endpoints, Token, TokenParts};
use trakt_sim::{
    DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_USER, Person, Received, Sim, SimBuilder, SimHandle,
};

pub(crate) use canned::{Canned, TRAKT_HEADERS};
pub(crate) use store::{RecordingStore, Step};

/// The user whose account is connected.
pub(crate) const USER: &str = DEMO_USER;

/// The time at which every test starts.
pub(crate) fn start() -> DateTime<Utc> {
    "2026-10-01T20:00:30Z".parse().unwrap()
}

/// The simulator's clock as the client's clock. A sleep advances it instead of waiting.
pub(crate) struct SimClock {
    sim: Arc<SimHandle>,
    slept: Mutex<Vec<Duration>>,
}

impl SimClock {
    /// Every sleep so far.
    pub(crate) fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

impl Clock for SimClock {
    fn now(&self) -> DateTime<Utc> {
        self.sim.now()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.slept.lock().unwrap().push(duration);
        self.sim.advance(chrono::Duration::from_std(duration).unwrap());
        futures::future::ready(()).boxed()
    }
}

/// A simulator, a connected client, and what they share.
pub(crate) struct Fixture {
    pub(crate) sim: Arc<SimHandle>,
    pub(crate) clock: Arc<SimClock>,
    pub(crate) store: Arc<RecordingStore>,
    pub(crate) client: Client,
}

impl Fixture {
    /// The user `demo` with an empty account, connected.
    pub(crate) async fn new() -> Self {
        Self::with(Sim::builder()).await
    }

    /// The user `demo` with this many plays, connected.
    pub(crate) async fn with_history(plays: usize) -> Self {
        Self::with(Sim::builder().person(Person::new(USER).vip().history(plays))).await
    }

    /// Any simulator, connected.
    pub(crate) async fn with(builder: SimBuilder) -> Self {
        let sim = Arc::new(builder.frozen_at(start()).start().await.unwrap());
        let clock = Arc::new(SimClock { sim: sim.clone(), slept: Mutex::default() });
        let store = Arc::new(RecordingStore::holding(issue(&sim)));
        let client = client(&sim, clock.clone(), store.clone());
        Self { sim, clock, store, client }
    }

    /// A fixture without a connected account.
    pub(crate) async fn unconnected() -> Self {
        let fixture = Self::new().await;
        let store = Arc::new(RecordingStore::default());
        let client = client(&fixture.sim, fixture.clock.clone(), store.clone());
        Self { client, store, ..fixture }
    }

    /// A second client of the same account with the same store, like another process.
    pub(crate) fn another_process(&self) -> Client {
        client(&self.sim, self.clock.clone(), self.store.clone())
    }

    /// The API requests whose path starts with `path`.
    pub(crate) fn requests(&self, path: &str) -> Vec<Received> {
        self.sim.requests().into_iter().filter(|request| request.path.starts_with(path)).collect()
    }

    /// How often a new token pair was requested.
    pub(crate) fn refreshes(&self) -> usize {
        self.requests("/oauth/token").len()
    }

    /// Advances the clock by this share of the token's lifetime.
    pub(crate) fn age_token(&self, share: f64) {
        let life = self.store.token().unwrap().expires_in;
        self.sim.advance(chrono::Duration::from_std(life.mul_f64(share)).unwrap());
    }

    /// The user's plays in the simulator, newest first.
    pub(crate) fn plays(&self) -> Vec<Value> {
        let answer = self.sim.act(USER, "GET", "/sync/history?limit=250", None);
        answer.body.as_array().cloned().unwrap_or_default()
    }

    /// The Trakt id of a movie.
    pub(crate) fn movie(&self, index: usize) -> trakt::models::TraktId {
        self.sim.catalogue().movies()[index].facts.ids.trakt.into()
    }

    /// The Trakt id of a show.
    pub(crate) fn show(&self, index: usize) -> trakt::models::TraktId {
        self.sim.catalogue().shows()[index].facts.ids.trakt.into()
    }

    /// The Trakt id of an episode.
    pub(crate) fn episode(&self, show: usize, season: u16, number: u16) -> trakt::models::TraktId {
        self.sim.catalogue().shows()[show].episode(season, number).unwrap().ids.trakt.into()
    }
}

/// A client of this simulator.
pub(crate) fn client(sim: &SimHandle, clock: Arc<dyn Clock>, store: Arc<RecordingStore>) -> Client {
    let application = Application::new(DEMO_CLIENT_ID, "TraktTests/1.0").secret(DEMO_CLIENT_SECRET);
    Client::builder(application)
        .endpoints(Endpoints::single(sim.url().parse().unwrap()))
        .clock(clock)
        .token_store(store)
        .build()
        .unwrap()
}

/// A new token pair for the user.
pub(crate) fn issue(sim: &SimHandle) -> Token {
    let pair = sim.issue_token(USER);
    Token::from(TokenParts {
        access_token: pair.access_token,
        token_type: "bearer".into(),
        expires_in: pair.expires_in as u64,
        refresh_token: pair.refresh_token,
        scope: "public".into(),
        created_at: pair.created_at,
    })
}

/// A time on the first of October 2026.
pub(crate) fn at(time: &str) -> DateTime<Utc> {
    format!("2026-10-01T{time}Z").parse().unwrap()
}

//! Random actions, and kills of a server between them.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};

use crate::comparison::{self, Expected, Identity, to_the_minute};
use crate::fixture::{Fixture, MOVIES};

/// The longest wait for further requests of a server before it is killed.
const IDLE_LIMIT: Duration = Duration::from_millis(800);
/// The longest wait until both sides agree, after the last kill.
const SETTLE_LIMIT: Duration = Duration::from_secs(240);

/// An action of the user, here or on Trakt.
#[derive(Debug, Clone, Copy)]
enum Action {
    WatchHere,
    WatchOnTrakt,
    RemoveHere,
    RemoveOnTrakt,
    RateHere,
    RateOnTrakt,
    SyncNow,
}

const ACTIONS: [Action; 9] = [
    Action::WatchHere,
    Action::WatchHere,
    Action::WatchHere,
    Action::WatchOnTrakt,
    Action::RemoveHere,
    Action::RemoveOnTrakt,
    Action::RateHere,
    Action::RateOnTrakt,
    Action::SyncNow,
];

struct Scenario {
    fixture: Fixture,
    random: StdRng,
    expected: Expected,
    /// The number of plays created by the test. Each has its own time.
    plays: i64,
    began: DateTime<Utc>,
}

/// Kills servers this many times, checks that both sides agree in the end, and returns a summary.
pub(crate) async fn run(servers: usize, kills: u64, seed: u64) -> Result<String, String> {
    let mut fixture = Fixture::build(servers).await?;
    fixture.set_up().await?;
    fixture.connect().await?;
    begin_import(&fixture).await?;
    let began = fixture.clock.now();
    let expected = Expected::of(comparison::plays_on_trakt(&fixture));
    let mut scenario = Scenario { fixture, random: StdRng::seed_from_u64(seed), expected, plays: 0, began };
    let mut reconnected = 0;
    for kill in 0..kills {
        scenario.fixture.start()?;
        reconnected += u32::from(scenario.fixture.connect().await?);
        let sent = scenario.requests();
        for _ in 0..scenario.random.random_range(1..4) {
            scenario.random_action().await.map_err(|why| format!("before kill {kill}: {why}"))?;
        }
        scenario.kill_server(sent).await?;
    }
    scenario.fixture.start()?;
    reconnected += u32::from(scenario.fixture.connect().await?);
    let plays = scenario.wait_until_settled().await?;
    Ok(format!("both sides have the same {plays} plays; reconnected {reconnected} times"))
}

/// Starts the import. It is retried because it cannot start before the server knows the account.
async fn begin_import(fixture: &Fixture) -> Result<(), String> {
    let begun = tokio::time::Instant::now();
    loop {
        let import = json!({"import": true});
        match fixture.call(0, Method::POST, "/api/trakt/import", Some(&import)).await {
            Err(why) if begun.elapsed() > SETTLE_LIMIT => return Err(why),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            Ok(_) => return Ok(()),
        }
    }
}

impl Scenario {
    fn requests(&self) -> usize {
        self.fixture.sim.requests().last().map_or(0, |request| usize::try_from(request.number).unwrap_or(0))
    }

    /// Kills a random server after some requests and a short time, sometimes while a page waits for a response.
    async fn kill_server(&mut self, sent: usize) -> Result<(), String> {
        let which = self.random.random_range(0..self.fixture.servers.len());
        let (more, moment) = (self.random.random_range(0..25), self.random.random_range(0..30));
        let begun = tokio::time::Instant::now();
        while self.requests() < sent + more && begun.elapsed() < IDLE_LIMIT {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let with_request = self.random.random_bool(0.5);
        if with_request {
            let (path, body, identity) = self.next_mark();
            self.expected.may_exist(identity);
            let request = self.fixture.request(which, Method::POST, &path)?.json(&body);
            let pending = tokio::spawn(request.send());
            tokio::time::sleep(Duration::from_millis(moment)).await;
            self.fixture.kill(which);
            let _ = pending.await;
        } else {
            tokio::time::sleep(Duration::from_millis(moment)).await;
            self.fixture.kill(which);
        }
        Ok(())
    }

    async fn random_action(&mut self) -> Result<(), String> {
        let action = ACTIONS[self.random.random_range(0..ACTIONS.len())];
        match action {
            Action::WatchHere => {
                let (path, body, identity) = self.next_mark();
                self.call_any(Method::POST, &path, Some(&body)).await?;
                self.expected.must_exist(identity);
            }
            Action::WatchOnTrakt => {
                let (movie, at) = (self.movie(), self.next_minute());
                let body = json!({"movies": [{"ids": {"trakt": movie}, "watched_at": at}]});
                self.fixture.act("POST", "/sync/history", Some(&body));
                self.expected.must_exist((movie, to_the_minute(at)));
            }
            Action::RemoveHere => {
                let plays = comparison::plays(&self.fixture).await;
                if let Some(index) = self.index(plays.len()) {
                    self.call_any(Method::DELETE, &format!("/api/plays/{}", plays[index].id), None).await?;
                    self.expected.remove(&comparison::identity(&self.fixture, &plays[index]).await);
                }
            }
            // Only plays that have arrived on Trakt: for one that is being sent, the outcome would not be predictable.
            Action::RemoveOnTrakt => {
                let mut plays = comparison::plays(&self.fixture).await;
                plays.retain(|play| play.trakt_history_id.is_some());
                let known = comparison::history_ids(&self.fixture);
                plays.retain(|play| play.trakt_history_id.is_some_and(|id| known.contains(&id)));
                if let Some(index) = self.index(plays.len()) {
                    let body = json!({"ids": [plays[index].trakt_history_id]});
                    self.fixture.act("POST", "/sync/history/remove", Some(&body));
                    self.expected.remove(&comparison::identity(&self.fixture, &plays[index]).await);
                }
            }
            Action::RateHere => {
                let title = self.fixture.movies[self.random.random_range(0..MOVIES)].id;
                let rating = json!({"rating": self.random.random_range(1..=10)});
                self.call_any(Method::PUT, &format!("/api/titles/{title}/rating"), Some(&rating)).await?;
            }
            Action::RateOnTrakt => {
                let rating =
                    json!({"ids": {"trakt": self.movie()}, "rating": self.random.random_range(1..=10)});
                self.fixture.act("POST", "/sync/ratings", Some(&json!({"movies": [rating]})));
            }
            Action::SyncNow => drop(self.call_any(Method::POST, "/api/trakt/sync", Some(&json!({}))).await?),
        }
        Ok(())
    }

    /// Calls a random server.
    async fn call_any(&mut self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let which = self.random.random_range(0..self.fixture.servers.len());
        self.fixture.call(which, method, path, body).await
    }

    fn next_mark(&mut self) -> (String, Value, Identity) {
        let at = self.next_minute();
        let movie = &self.fixture.movies[self.random.random_range(0..MOVIES)];
        let identity = (movie.trakt_id.unwrap_or_default(), to_the_minute(at));
        (format!("/api/titles/{}/watched", movie.id), json!({"watched_at": at}), identity)
    }

    fn next_minute(&mut self) -> DateTime<Utc> {
        self.plays += 1;
        // Years in the past, where Trakt has no other plays.
        self.began - TimeDelta::days(9_000) + TimeDelta::hours(7 * self.plays)
    }

    fn movie(&mut self) -> i64 {
        self.fixture.movies[self.random.random_range(0..MOVIES)].trakt_id.unwrap_or_default()
    }

    fn index(&mut self, len: usize) -> Option<usize> {
        (len > 0).then(|| self.random.random_range(0..len))
    }

    /// Waits until both sides agree three times in a row, and returns how many plays they have.
    async fn wait_until_settled(&mut self) -> Result<usize, String> {
        let begun = tokio::time::Instant::now();
        let mut agreed = 0;
        loop {
            self.call_any(Method::POST, "/api/trakt/sync", Some(&json!({}))).await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            match comparison::compare(&self.fixture, &self.expected).await {
                Ok(plays) if agreed == 2 => return Ok(plays),
                Ok(_) => agreed += 1,
                Err(why) if begun.elapsed() > SETTLE_LIMIT => return Err(why),
                Err(_) => agreed = 0,
            }
            self.fixture.connect().await?;
        }
    }
}

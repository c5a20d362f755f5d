//! What happens between two kills.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::{Fixture, MOVIES};
use crate::sides::{self, Expected, Identity, to_the_minute};

/// How long a server is awaited that has nothing to do.
const PATIENCE: Duration = Duration::from_millis(800);
/// How long the two sides may take to agree, once nobody disturbs them.
const REST: Duration = Duration::from_secs(240);

/// Something that a person does.
#[derive(Debug, Clone, Copy)]
enum Deed {
    WatchHere,
    WatchThere,
    RemoveHere,
    RemoveThere,
    RateHere,
    RateThere,
    SyncNow,
}

const DEEDS: [Deed; 9] = [
    Deed::WatchHere,
    Deed::WatchHere,
    Deed::WatchHere,
    Deed::WatchThere,
    Deed::RemoveHere,
    Deed::RemoveThere,
    Deed::RateHere,
    Deed::RateThere,
    Deed::SyncNow,
];

struct Life {
    fixture: Fixture,
    random: StdRng,
    expected: Expected,
    /// How many plays the test has made: each is a viewing of its own.
    plays: i64,
    began: DateTime<Utc>,
}

/// Kills that often; what became of it all.
pub(crate) async fn live(servers: usize, kills: u64, seed: u64) -> Result<String, String> {
    let mut fixture = Fixture::build(servers).await?;
    fixture.set_up().await?;
    fixture.connect().await?;
    begin_import(&fixture).await?;
    let began = fixture.clock.now();
    let expected = Expected::of(sides::there(&fixture));
    let mut life = Life { fixture, random: StdRng::seed_from_u64(seed), expected, plays: 0, began };
    let mut reconnected = 0;
    for kill in 0..kills {
        life.fixture.start()?;
        reconnected += u32::from(life.fixture.connect().await?);
        let sent = life.requests();
        for _ in 0..life.random.random_range(1..4) {
            life.do_something().await.map_err(|why| format!("before kill {kill}: {why}"))?;
        }
        life.die(sent).await?;
    }
    life.fixture.start()?;
    reconnected += u32::from(life.fixture.connect().await?);
    let plays = life.come_to_rest().await?;
    Ok(format!("both sides hold the same {plays} plays; connected again {reconnected} times"))
}

/// An import can begin as soon as it is known whose account it is.
async fn begin_import(fixture: &Fixture) -> Result<(), String> {
    let begun = tokio::time::Instant::now();
    loop {
        let import = json!({"import": true});
        match fixture.call(0, Method::POST, "/api/trakt/import", Some(&import)).await {
            Err(why) if begun.elapsed() > REST => return Err(why),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            Ok(_) => return Ok(()),
        }
    }
}

impl Life {
    fn requests(&self) -> usize {
        self.fixture.sim.requests().last().map_or(0, |request| usize::try_from(request.number).unwrap_or(0))
    }

    /// Dies after some requests and a moment, perhaps while a page waits for an answer.
    async fn die(&mut self, sent: usize) -> Result<(), String> {
        let which = self.random.random_range(0..self.fixture.servers.len());
        let (more, moment) = (self.random.random_range(0..25), self.random.random_range(0..30));
        let begun = tokio::time::Instant::now();
        while self.requests() < sent + more && begun.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        let asked = self.random.random_bool(0.5);
        if asked {
            let (path, body, identity) = self.next_mark();
            self.expected.may_be(identity);
            let request = self.fixture.request(which, Method::POST, &path)?.json(&body);
            let asking = tokio::spawn(request.send());
            tokio::time::sleep(Duration::from_millis(moment)).await;
            self.fixture.kill(which);
            let _ = asking.await;
        } else {
            tokio::time::sleep(Duration::from_millis(moment)).await;
            self.fixture.kill(which);
        }
        Ok(())
    }

    async fn do_something(&mut self) -> Result<(), String> {
        let deed = DEEDS[self.random.random_range(0..DEEDS.len())];
        match deed {
            Deed::WatchHere => {
                let (path, body, identity) = self.next_mark();
                self.ask(Method::POST, &path, Some(&body)).await?;
                self.expected.is(identity);
            }
            Deed::WatchThere => {
                let (movie, at) = (self.movie(), self.next_minute());
                let body = json!({"movies": [{"ids": {"trakt": movie}, "watched_at": at}]});
                self.fixture.act("POST", "/sync/history", Some(&body));
                self.expected.is((movie, to_the_minute(at)));
            }
            Deed::RemoveHere => {
                let plays = sides::plays(&self.fixture).await;
                if let Some(index) = self.index(plays.len()) {
                    self.ask(Method::DELETE, &format!("/api/plays/{}", plays[index].id), None).await?;
                    self.expected.is_gone(&sides::identity(&self.fixture, &plays[index]).await);
                }
            }
            // Of a play that is on its way nobody could tell whether it had arrived.
            Deed::RemoveThere => {
                let mut plays = sides::plays(&self.fixture).await;
                plays.retain(|play| play.trakt_history_id.is_some());
                let known = sides::history_ids(&self.fixture);
                plays.retain(|play| play.trakt_history_id.is_some_and(|id| known.contains(&id)));
                if let Some(index) = self.index(plays.len()) {
                    let body = json!({"ids": [plays[index].trakt_history_id]});
                    self.fixture.act("POST", "/sync/history/remove", Some(&body));
                    self.expected.is_gone(&sides::identity(&self.fixture, &plays[index]).await);
                }
            }
            Deed::RateHere => {
                let title = self.fixture.movies[self.random.random_range(0..MOVIES)].id;
                let rating = json!({"rating": self.random.random_range(1..=10)});
                self.ask(Method::PUT, &format!("/api/titles/{title}/rating"), Some(&rating)).await?;
            }
            Deed::RateThere => {
                let rating =
                    json!({"ids": {"trakt": self.movie()}, "rating": self.random.random_range(1..=10)});
                self.fixture.act("POST", "/sync/ratings", Some(&json!({"movies": [rating]})));
            }
            Deed::SyncNow => drop(self.ask(Method::POST, "/api/trakt/sync", Some(&json!({}))).await?),
        }
        Ok(())
    }

    /// Asks any server.
    async fn ask(&mut self, method: Method, path: &str, body: Option<&Value>) -> Result<Value, String> {
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
        // Years back, where no play of Trakt's own is.
        self.began - TimeDelta::days(9_000) + TimeDelta::hours(7 * self.plays)
    }

    fn movie(&mut self) -> i64 {
        self.fixture.movies[self.random.random_range(0..MOVIES)].trakt_id.unwrap_or_default()
    }

    fn index(&mut self, of: usize) -> Option<usize> {
        (of > 0).then(|| self.random.random_range(0..of))
    }

    /// Nobody disturbs the servers any more; how many plays both sides hold.
    async fn come_to_rest(&mut self) -> Result<usize, String> {
        let begun = tokio::time::Instant::now();
        let mut agreed = 0;
        loop {
            self.ask(Method::POST, "/api/trakt/sync", Some(&json!({}))).await?;
            tokio::time::sleep(Duration::from_secs(1)).await;
            match sides::compare(&self.fixture, &self.expected).await {
                Ok(plays) if agreed == 2 => return Ok(plays),
                Ok(_) => agreed += 1,
                Err(why) if begun.elapsed() > REST => return Err(why),
                Err(_) => agreed = 0,
            }
            self.fixture.connect().await?;
        }
    }
}

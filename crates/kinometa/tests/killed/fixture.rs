//! A user with an account on the Trakt simulator, and the user's servers.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use clock::Clock;
use db::Millis;
use db::ids::UserId;
use db::kinds::{TitleKind, TitleSource};
use db::rows::Title;
use db::testing::{TestDb, test_db};
use reqwest::{Client, Method, header};
use serde_json::{Value, json};
use trakt_sim::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, Person, Sim, SimHandle};

use crate::server::{FastClock, Running, Setup};

/// The user's name, here and on Trakt.
pub(crate) const USERNAME: &str = "anna";
/// The number of movies in the database before Trakt is read.
pub(crate) const MOVIES: usize = 6;
/// The number of plays on Trakt at the start.
const HISTORY: usize = 400;
/// The page size: small, so that an import takes long.
const PAGE: usize = 20;
/// The number of codes to try before connecting fails.
const CODES: usize = 20;

pub(crate) struct Fixture {
    pub(crate) db: TestDb,
    pub(crate) sim: Arc<SimHandle>,
    pub(crate) clock: FastClock,
    pub(crate) movies: Vec<Title>,
    pub(crate) servers: Vec<Option<Running>>,
    setups: Vec<Setup>,
    http: Client,
    cookie: String,
    _folders: Vec<tempfile::TempDir>,
}

impl Fixture {
    pub(crate) async fn build(servers: usize) -> Result<Self, String> {
        trakt::ensure_tls_provider();
        let clock = FastClock::start();
        let sim = Sim::builder().movies(60).shows(4).frozen_at(clock.now()).configure(|config| {
            config.max_limit = PAGE;
            config.token_seconds = 1_800;
            config.strict_contract = true;
        });
        let sim = Arc::new(sim.start().await.map_err(|error| error.to_string())?);
        sim.add_person(&Person::new(USERNAME).history(HISTORY));
        tokio::spawn({
            let (sim, clock) = (Arc::downgrade(&sim), clock);
            async move {
                while let Some(sim) = sim.upgrade() {
                    sim.freeze(Some(clock.now()));
                    drop(sim);
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            }
        });
        let db = test_db().await;
        let movies = movies(&db, &sim, clock.now()).await;
        let folders: Vec<tempfile::TempDir> =
            (0..servers).map(|_| tempfile::tempdir().expect("the temporary folder can be created")).collect();
        // The servers share the key that encrypts tokens in the database.
        let folder = folders.first().ok_or("there is no server")?.path().to_owned();
        let setup = Setup { folder, database: db.url(), trakt: sim.url().to_owned(), clock };
        let http = Client::builder().no_proxy().build().map_err(|error| error.to_string())?;
        Ok(Self {
            db,
            sim,
            clock,
            movies,
            servers: (0..servers).map(|_| None).collect(),
            setups: vec![setup; servers],
            http,
            cookie: String::new(),
            _folders: folders,
        })
    }

    /// Starts the servers that are not running.
    pub(crate) fn start(&mut self) -> Result<(), String> {
        for (server, setup) in self.servers.iter_mut().zip(&self.setups) {
            if server.is_none() {
                *server = Some(Running::start(setup)?);
            }
        }
        Ok(())
    }

    pub(crate) fn kill(&mut self, which: usize) {
        if let Some(server) = self.servers.get_mut(which).and_then(Option::take) {
            server.kill();
        }
    }

    /// Starts the servers for the first time, and sets up the administrator and the application.
    pub(crate) async fn set_up(&mut self) -> Result<(), String> {
        self.start()?;
        let new = json!({"username": USERNAME, "password": "a long enough one"});
        let request = self.request(0, Method::POST, "/api/setup")?.json(&new);
        let response = request.send().await.map_err(|error| error.to_string())?;
        let cookies = response.headers().get_all(header::SET_COOKIE);
        let mut lines = cookies.iter().filter_map(|line| line.to_str().ok());
        let session = lines.rfind(|line| line.starts_with("kinometa_session="));
        let session = session.and_then(|line| line.split(';').next());
        session.ok_or("setup did not return a session")?.clone_into(&mut self.cookie);
        let key = json!({"client_id": DEMO_CLIENT_ID, "client_secret": DEMO_CLIENT_SECRET});
        self.call(0, Method::PUT, "/api/trakt/application", Some(&key)).await.map(|_| ())
    }

    /// Connects the account if necessary, and returns whether it was: if a token refresh is interrupted, the
    /// new token is lost and the old one no longer valid on Trakt.
    pub(crate) async fn connect(&mut self) -> Result<bool, String> {
        let state = self.call(0, Method::GET, "/api/trakt", None).await?["state"].clone();
        if state == "connected" {
            return Ok(false);
        }
        let mut is_approved = false;
        // A code is valid for ten minutes of the faster clock. On a busy machine, it can expire before it is approved.
        for _ in 0..CODES {
            let code = self.call(0, Method::POST, "/api/trakt/connect", Some(&json!({}))).await?;
            let code = code["user_code"].as_str().ok_or_else(|| format!("no code while {state}: {code}"))?;
            is_approved = self.sim.approve(code, USERNAME);
            if is_approved {
                break;
            }
        }
        if !is_approved {
            return Err(format!("none of {CODES} codes could be approved"));
        }
        for _ in 0..2_000 {
            if self.call(0, Method::GET, "/api/trakt", None).await?["state"] == "connected" {
                return Ok(true);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Err("the account was not connected".to_owned())
    }

    /// Calls one of the servers as its own pages do.
    pub(crate) async fn call(
        &self,
        server: usize,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value, String> {
        let mut request = self.request(server, method.clone(), path)?;
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.map_err(|error| format!("{method} {path}: {error}"))?;
        let status = response.status();
        let text = response.text().await.map_err(|error| format!("{method} {path}: {error}"))?;
        if !status.is_success() {
            return Err(format!("{method} {path} returned {status}: {text}"));
        }
        Ok(serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub(crate) fn request(
        &self,
        server: usize,
        method: Method,
        path: &str,
    ) -> Result<reqwest::RequestBuilder, String> {
        let running = self.servers.get(server).and_then(Option::as_ref).ok_or("the server is not running")?;
        let origin = format!("http://{}", running.address);
        let request = self.http.request(method, format!("{origin}{path}"));
        Ok(request.header(header::ORIGIN, origin).header(header::COOKIE, &self.cookie))
    }

    pub(crate) async fn user_id(&self) -> UserId {
        let users = db::users::list(&*self.db).await.expect("users can be read");
        users.first().expect("there is a user").id
    }

    /// Sends a request of the user to Trakt, as from another device.
    pub(crate) fn act(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let acted = self.sim.act(USERNAME, method, path, body);
        assert!(acted.status < 300, "{method} {path}: {}", acted.status);
        acted.body
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        for which in 0..self.servers.len() {
            self.kill(which);
        }
    }
}

async fn movies(db: &TestDb, sim: &SimHandle, now: DateTime<Utc>) -> Vec<Title> {
    let catalogue = sim.catalogue();
    let row = |movie: &trakt_sim::catalogue::Movie| Title {
        trakt_id: Some(movie.facts.ids.trakt.cast_signed()),
        source: TitleSource::Trakt,
        year: Some(i32::from(movie.facts.year)),
        ..Title::named(TitleKind::Movie, &movie.facts.title, "movie", Millis::from(now))
    };
    let rows = catalogue.movies().iter().take(MOVIES).map(row).collect();
    let tx = db.begin().await.expect("the transaction can be started");
    let movies = db::titles::insert_many(&tx, rows).await.expect("movies can be added");
    tx.commit().await.expect("movies can be added");
    movies
}

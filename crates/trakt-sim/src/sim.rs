//! Starting a simulator, and the handle that controls it.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::catalogue::{Catalogue, CatalogueOptions};
use crate::clock::Clock;
use crate::config::Config;
use crate::control;
use crate::faults::Fault;
use crate::record::Recorder;
use crate::requests::Received;
use crate::seed::Person;
use crate::server::{Shared, accept, bind};
use crate::state::{AccountStatus, Application, ApplicationStatus, Decision, Snapshot, World};

/// The client id of the application that every simulator knows.
pub const DEMO_CLIENT_ID: &str = "d3m0c11e47000000000000000000000000000000000000000000000000000001";
/// The secret of the application that every simulator knows.
pub const DEMO_CLIENT_SECRET: &str = "d3m05ec2e7000000000000000000000000000000000000000000000000000002";
/// The person with VIP that every simulator has unless it is given others.
pub const DEMO_USER: &str = "demo";
/// The person without VIP that every simulator has unless it is given others.
pub const GUEST_USER: &str = "guest";

/// A token pair, as tests put it into a client without walking through a login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenPair {
    /// Goes into `Authorization: Bearer`.
    pub access_token: String,
    /// Works once.
    pub refresh_token: String,
    /// Seconds that the access token lives.
    pub expires_in: i64,
    /// Unix seconds.
    pub created_at: i64,
}

/// A simulator that is not started yet.
#[derive(Debug)]
pub struct SimBuilder {
    seed: u64,
    movies: usize,
    shows: usize,
    people: Vec<Person>,
    applications: Vec<Application>,
    config: Config,
    clock: Clock,
    listen: SocketAddr,
    public_url: Option<String>,
    record: Option<PathBuf>,
    unrecorded: bool,
    state: Option<PathBuf>,
}

/// A simulated Trakt.
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// A small world: the demo titles, 100 movies and 20 shows, the users `demo` (VIP) and `guest`, one application, no
    /// enforced rate limits, a free port.
    pub fn builder() -> SimBuilder {
        SimBuilder {
            seed: 7,
            movies: 100,
            shows: 20,
            people: Vec::new(),
            applications: Vec::new(),
            config: Config::default(),
            clock: Clock::real(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            public_url: None,
            record: None,
            unrecorded: false,
            state: None,
        }
    }
}

impl SimBuilder {
    /// Same seed, same catalogue and lives.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Invented movies, beside the demo titles.
    pub fn movies(mut self, movies: usize) -> Self {
        self.movies = movies;
        self
    }

    /// Invented shows, beside the demo titles.
    pub fn shows(mut self, shows: usize) -> Self {
        self.shows = shows;
        self
    }

    /// Adds a person; the default people are there only when nobody is added.
    pub fn person(mut self, person: Person) -> Self {
        self.people.push(person);
        self
    }

    /// Adds an application beside the demo one.
    pub fn application(mut self, application: Application) -> Self {
        self.applications.push(application);
        self
    }

    /// Changes Trakt's numbers: page sizes, limits, token life.
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Refuses calls over the rate limits, and polls that come too soon, with 429.
    pub fn enforce_pace(mut self) -> Self {
        self.config.enforce_pace = true;
        self
    }

    /// Starts the clock at this time; it runs on from there.
    pub fn starting_at(mut self, start: DateTime<Utc>) -> Self {
        self.clock = Clock::starting_at(start);
        self
    }

    /// Stops the clock at this time until it is advanced.
    pub fn frozen_at(mut self, at: DateTime<Utc>) -> Self {
        self.clock = Clock::frozen_at(at);
        self
    }

    /// Listens here instead of on a free port of this machine.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// The address that pages and images are told to have, when it is not the one listened on.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Writes every exchange to this file, one JSON object a line.
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.record = Some(file.into());
        self
    }

    /// Records nothing, whatever the environment says: for clients that break the contract on purpose.
    pub fn unrecorded(mut self) -> Self {
        self.unrecorded = true;
        self
    }

    /// Loads the state from this file when it exists. The file's catalogue and clock win over the builder's.
    pub fn state(mut self, file: impl Into<PathBuf>) -> Self {
        self.state = Some(file.into());
        self
    }

    /// Starts the simulator inside the current tokio runtime.
    ///
    /// # Errors
    /// When the address cannot be listened on, or a file cannot be read or written.
    pub async fn start(self) -> io::Result<SimHandle> {
        let listener = TcpListener::bind(self.listen).await?;
        let address = listener.local_addr()?;
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let recorder =
            if self.unrecorded { Recorder::default() } else { Recorder::open(self.record.as_deref())? };
        let state_file = self.state.clone();
        let shared = Arc::new(Shared::new(self.world(&url)?, recorder));
        let mut handle =
            SimHandle { shared, address, url, state_file, stop: watch::channel(false).0, accepting: None };
        handle.listen_on(listener);
        Ok(handle)
    }

    fn world(self, url: &str) -> io::Result<World> {
        let today: NaiveDate = self.clock.now().date_naive();
        let options = CatalogueOptions { seed: self.seed, movies: self.movies, shows: self.shows, today };
        let mut world = World::new(self.config, self.clock, options, url.trim_end_matches('/'));
        world.access.applications.push(demo_application());
        world.access.applications.extend(self.applications);
        if let Some(file) = self.state.filter(|file| file.exists()) {
            let snapshot: Snapshot = serde_json::from_slice(&std::fs::read(file)?)?;
            world.restore(snapshot);
            return Ok(world);
        }
        let default = [Person::new(DEMO_USER).vip(), Person::new(GUEST_USER)];
        let people = if self.people.is_empty() { default.to_vec() } else { self.people };
        for person in &people {
            world.add_person(person);
        }
        world.add_lists();
        Ok(world)
    }
}

fn demo_application() -> Application {
    Application {
        client_id: DEMO_CLIENT_ID.into(),
        client_secret: DEMO_CLIENT_SECRET.into(),
        name: "Demo application".into(),
        redirect_uris: vec!["http://localhost/callback".into()],
        status: ApplicationStatus::Allowed,
    }
}

/// A running simulator. It stops when the handle is dropped.
pub struct SimHandle {
    shared: Arc<Shared>,
    address: SocketAddr,
    url: String,
    state_file: Option<PathBuf>,
    stop: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
}

/// An answer to something done as another device.
#[derive(Debug, Clone, PartialEq)]
pub struct Acted {
    /// The HTTP status.
    pub status: u16,
    /// The JSON body; `Null` when there is none.
    pub body: Value,
}

impl SimHandle {
    /// `http://127.0.0.1:PORT`: API, OAuth, pages and control door.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The titles.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.shared.world().catalogue.clone()
    }

    /// The simulator's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.world().now()
    }

    /// Moves the simulator's time.
    pub fn advance(&self, by: Duration) {
        self.shared.world().clock.advance(by);
    }

    /// Stops the clock, now or at a given time.
    pub fn freeze(&self, at: Option<DateTime<Utc>>) {
        self.shared.world().clock.freeze(at);
    }

    /// Lets a stopped clock run on.
    pub fn run(&self) {
        self.shared.world().clock.run();
    }

    /// Arms a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.world().faults.add(fault);
    }

    /// Disarms all faults.
    pub fn clear_faults(&self) {
        self.shared.world().faults.clear();
    }

    /// The API requests received so far, the oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.log().list()
    }

    /// Forgets the requests received so far.
    pub fn clear_requests(&self) {
        self.shared.log().clear();
    }

    /// Changes Trakt's numbers while it runs.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        change(&mut self.shared.world().config);
    }

    /// Adds a person, with the life that goes with the seed.
    pub fn add_person(&self, person: &Person) {
        self.shared.world().add_person(person);
    }

    /// A fresh token pair for a person and the demo application, without a login.
    pub fn issue_token(&self, username: &str) -> TokenPair {
        let token = self.shared.world().issue_token(username, DEMO_CLIENT_ID);
        TokenPair {
            expires_in: (token.expires_at - token.created_at).num_seconds(),
            created_at: token.created_at.timestamp(),
            access_token: token.access,
            refresh_token: token.refresh,
        }
    }

    /// Ends all connections of a person.
    pub fn revoke_tokens(&self, username: &str) {
        control::revoke_tokens(&mut self.shared.world(), username);
    }

    /// The codes that wait on `/activate`, the newest last.
    pub fn waiting_codes(&self) -> Vec<String> {
        control::waiting_codes(&self.shared.world())
    }

    /// Approves a code as a person would on `/activate`. False when it does not wait.
    pub fn approve(&self, user_code: &str, username: &str) -> bool {
        let decision = Decision::Approved { username: username.to_owned() };
        control::decide_device(&mut self.shared.world(), user_code, decision)
    }

    /// Denies a code. False when it does not wait.
    pub fn deny(&self, user_code: &str) -> bool {
        control::decide_device(&mut self.shared.world(), user_code, Decision::Denied)
    }

    /// Calls the API as another device of this person: no token, no limits, no faults, no record.
    pub fn act(&self, username: &str, method: &str, uri: &str, body: Option<&Value>) -> Acted {
        let reply = control::act(&mut self.shared.world(), username, method, uri, body);
        Acted { status: reply.status, body: serde_json::from_slice(&reply.body).unwrap_or(Value::Null) }
    }

    /// Opens, locks or deactivates an account.
    pub fn set_account_status(&self, username: &str, status: AccountStatus) {
        if let Some(user) = self.shared.world().user_mut(username) {
            user.status = status;
        }
    }

    /// Makes somebody a paying member, or no longer.
    pub fn set_vip(&self, username: &str, vip: bool) {
        if let Some(user) = self.shared.world().user_mut(username) {
            user.vip = vip;
        }
    }

    /// Allows or disallows an application.
    pub fn set_application_status(&self, client_id: &str, status: ApplicationStatus) {
        let mut world = self.shared.world();
        let applications = &mut world.access.applications;
        if let Some(application) =
            applications.iter_mut().find(|application| application.client_id == client_id)
        {
            application.status = status;
        }
    }

    /// Answers null for these ids (`imdb`, `tmdb`, `tvdb`) until told otherwise.
    pub fn hide_ids(&self, kinds: &[&str]) {
        self.shared.world().hidden_ids = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    }

    /// The whole state.
    pub fn dump(&self) -> Value {
        serde_json::to_value(self.shared.world().snapshot()).unwrap_or(Value::Null)
    }

    /// Replaces the whole state.
    ///
    /// # Errors
    /// When the value is not a dumped state.
    pub fn load(&self, state: Value) -> Result<(), serde_json::Error> {
        let snapshot: Snapshot = serde_json::from_value(state)?;
        self.shared.world().restore(snapshot);
        Ok(())
    }

    /// Writes the state to the file that the simulator was started with, if any.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let Some(file) = &self.state_file else { return Ok(()) };
        let state = serde_json::to_vec(&self.shared.world().snapshot())?;
        let beside = file.with_extension("part");
        std::fs::write(&beside, state)?;
        std::fs::rename(beside, file)
    }

    /// Closes the port and all connections: new ones are refused, as when Trakt cannot be reached.
    pub async fn close_port(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            self.stop.send_replace(true);
            // The task ends by itself; a panic in it would have nothing more to say.
            let _ = accepting.await;
        }
    }

    /// Opens the port again.
    ///
    /// # Errors
    /// When somebody else took the port meanwhile.
    pub async fn open_port(&mut self) -> io::Result<()> {
        if self.accepting.is_none() {
            let listener = bind(self.address).await?;
            self.listen_on(listener);
        }
        Ok(())
    }

    /// Stops the simulator and frees its port.
    pub async fn shutdown(mut self) {
        self.close_port().await;
    }

    fn listen_on(&mut self, listener: TcpListener) {
        self.stop = watch::channel(false).0;
        self.accepting = Some(tokio::spawn(accept(listener, self.shared.clone(), self.stop.subscribe())));
    }
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

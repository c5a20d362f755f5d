//! Starting a simulator.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use tokio::net::TcpListener;

use crate::catalogue::CatalogueOptions;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo::{DEMO_USER, GUEST_USER, demo_application};
use crate::handle::SimHandle;
use crate::record::Recorder;
use crate::seed::Person;
use crate::server::Shared;
use crate::state::{Application, Snapshot, Store};

/// A simulator that has not been started yet.
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
    auth_listen: Option<SocketAddr>,
    public_url: Option<String>,
    record: Option<PathBuf>,
    unrecorded: bool,
    state: Option<PathBuf>,
}

/// A simulated Trakt.
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// Returns a builder with small defaults: the demo titles, 100 movies and 20 shows, the users `demo` (VIP) and
    /// `guest`, one application, no enforced rate limits, and a free port.
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
            auth_listen: None,
            public_url: None,
            record: None,
            unrecorded: false,
            state: None,
        }
    }
}

impl SimBuilder {
    /// Sets the seed: the same seed gives the same catalogue and histories.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the number of invented movies, in addition to the demo titles.
    pub fn movies(mut self, movies: usize) -> Self {
        self.movies = movies;
        self
    }

    /// Sets the number of invented shows, in addition to the demo titles.
    pub fn shows(mut self, shows: usize) -> Self {
        self.shows = shows;
        self
    }

    /// Adds a user. The default users only exist if none are added.
    pub fn person(mut self, person: Person) -> Self {
        self.people.push(person);
        self
    }

    /// Adds an application in addition to the demo application.
    pub fn application(mut self, application: Application) -> Self {
        self.applications.push(application);
        self
    }

    /// Changes Trakt's page sizes, limits and token lifetimes.
    pub fn configure(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    /// Rejects calls over the rate limits, and polls that come too soon, with 429.
    pub fn enforce_pace(mut self) -> Self {
        self.config.enforce_pace = true;
        self
    }

    /// Starts the clock at this time; it continues from there.
    pub fn starting_at(mut self, start: DateTime<Utc>) -> Self {
        self.clock = Clock::starting_at(start);
        self
    }

    /// Stops the clock at this time until it is advanced.
    pub fn frozen_at(mut self, at: DateTime<Utc>) -> Self {
        self.clock = Clock::frozen_at(at);
        self
    }

    /// Listens here instead of on a free local port.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Gives `auth.trakt.tv` its own local port, so that calls to the wrong host are noticed.
    pub fn separate_hosts(self) -> Self {
        self.auth_listen(SocketAddr::from(([127, 0, 0, 1], 0)))
    }

    /// Gives `auth.trakt.tv` this address.
    pub fn auth_listen(mut self, address: SocketAddr) -> Self {
        self.auth_listen = Some(address);
        self
    }

    /// Sets the address used in links and images, if it differs from the listening address.
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.public_url = Some(url.into());
        self
    }

    /// Records every exchange in this file, one JSON object per line.
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.record = Some(file.into());
        self
    }

    /// Records nothing, whatever the environment says, for clients that deliberately violate the contract.
    pub fn unrecorded(mut self) -> Self {
        self.unrecorded = true;
        self
    }

    /// Loads the state from this file if it exists. The file's catalogue and clock override the builder's.
    pub fn state(mut self, file: impl Into<PathBuf>) -> Self {
        self.state = Some(file.into());
        self
    }

    /// Starts the simulator inside the current tokio runtime.
    ///
    /// # Errors
    /// If it cannot listen on the address, or a file cannot be read or written.
    pub async fn start(self) -> io::Result<SimHandle> {
        let listener = TcpListener::bind(self.listen).await?;
        let address = listener.local_addr()?;
        let url = self.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
        let recorder =
            if self.unrecorded { Recorder::default() } else { Recorder::open(self.record.as_deref())? };
        let state_file = self.state.clone();
        let auth = match self.auth_listen {
            Some(address) => Some(TcpListener::bind(address).await?),
            None => None,
        };
        let auth_url = match &auth {
            Some(auth) => format!("http://{}", auth.local_addr()?),
            None => url.clone(),
        };
        let mut store = self.store(&url)?;
        store.auth_url = auth_url.trim_end_matches('/').into();
        let shared = Arc::new(Shared::new(store, recorder));
        SimHandle::new(shared, (listener, url), auth.map(|listener| (listener, auth_url)), state_file)
    }

    fn store(self, url: &str) -> io::Result<Store> {
        let today: NaiveDate = self.clock.now().date_naive();
        let options = CatalogueOptions { seed: self.seed, movies: self.movies, shows: self.shows, today };
        let mut store = Store::new(self.config, self.clock, options, url.trim_end_matches('/'));
        store.access.applications.push(demo_application());
        store.access.applications.extend(self.applications);
        if let Some(file) = self.state.filter(|file| file.exists()) {
            store.restore(read_state(&file)?);
            return Ok(store);
        }
        let default = [Person::new(DEMO_USER).vip(), Person::new(GUEST_USER)];
        let people = if self.people.is_empty() { default.to_vec() } else { self.people };
        for person in &people {
            store.add_person(person);
        }
        store.add_lists();
        Ok(store)
    }
}

fn read_state(file: &Path) -> io::Result<Snapshot> {
    let failure = |error: &dyn std::fmt::Display| {
        io::Error::other(format!("{} holds no state: {error}", file.display()))
    };
    let bytes = std::fs::read(file).map_err(|error| failure(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| failure(&error))
}

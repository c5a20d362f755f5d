//! Starting a simulator.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::handle::SimHandle;
use crate::record::Recorder;
use crate::seed::Library;
use crate::server::Shared;
use crate::state::{Agent, Kind, Store};

/// The entrance to the library: [`Sim::builder`].
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// Sets up a simulator.
    pub fn builder() -> SimBuilder {
        SimBuilder {
            seed: 7,
            name: "Simulated Plex".to_owned(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            libraries: Vec::new(),
            record: None,
            adds_by_key: false,
        }
    }
}

/// Sets up a simulator. Without a library it gets `Movies` (100 titles) and `TV Shows` (20), both of Plex's own agent.
#[derive(Debug, Clone)]
pub struct SimBuilder {
    seed: u64,
    name: String,
    listen: SocketAddr,
    libraries: Vec<Library>,
    record: Option<PathBuf>,
    adds_by_key: bool,
}

impl SimBuilder {
    /// Seed: the same seed gives the same titles.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The server's name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Where to listen; a free port of this machine by default.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Adds a library of invented titles. Number `n` (from 1) has the ids tmdb 100000 + n, tvdb 200000 + n and
    /// imdb tt(3000000 + n), as far as its agent tells them. A show has two seasons of three episodes.
    pub fn library(mut self, title: impl Into<String>, kind: Kind, agent: Agent, titles: usize) -> Self {
        self.libraries.push(Library { title: title.into(), kind, agent, titles });
        self
    }

    /// Writes every exchange to this file, one JSON object a line, without tokens.
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.record = Some(file.into());
        self
    }

    /// New members of a collection are ordered by their rating key, not by their place in the request: Plex does not
    /// promise either.
    pub fn adds_by_key(mut self) -> Self {
        self.adds_by_key = true;
        self
    }

    /// Starts the simulator inside the current tokio runtime.
    ///
    /// # Errors
    /// When the address cannot be listened on, or the record cannot be written.
    pub async fn start(mut self) -> io::Result<SimHandle> {
        if self.libraries.is_empty() {
            self = self.library("Movies", Kind::Movie, Agent::Plex, 100);
            self = self.library("TV Shows", Kind::Show, Agent::Plex, 20);
        }
        let listener = TcpListener::bind(self.listen).await?;
        let recorder = Recorder::open(self.record.as_deref())?;
        let mut store = Store::new(self.name, self.seed);
        store.adds_by_key = self.adds_by_key;
        for library in &self.libraries {
            store.add_library(library);
        }
        SimHandle::new(Arc::new(Shared::new(store, recorder)), listener)
    }
}

//! Configures and starts a simulator.

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

/// The entry point of this crate: [`Sim::builder`].
#[derive(Debug)]
pub struct Sim;

impl Sim {
    /// Configures a simulator.
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

/// Configures a simulator. Without any library, it gets `Movies` (100 titles) and `TV Shows` (20), both with Plex's
/// own agent.
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
    /// The seed. The same seed generates the same titles.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The server's name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The address to listen on; by default, a free port on localhost.
    pub fn listen(mut self, address: SocketAddr) -> Self {
        self.listen = address;
        self
    }

    /// Adds a library of generated titles. Title number `n` (from 1) has the TMDb id 100000 + n, the TheTVDB id
    /// 200000 + n and the IMDb id tt(3000000 + n), if its agent assigns such ids. A show has two seasons of three
    /// episodes.
    pub fn library(mut self, title: impl Into<String>, kind: Kind, agent: Agent, titles: usize) -> Self {
        self.libraries.push(Library { title: title.into(), kind, agent, titles });
        self
    }

    /// Records every request with its outcome in this file, one JSON object per line, without tokens.
    pub fn record(mut self, file: impl Into<PathBuf>) -> Self {
        self.record = Some(file.into());
        self
    }

    /// Orders new members of a collection by their rating keys instead of their order in the request. Plex guarantees
    /// neither order.
    pub fn adds_by_key(mut self) -> Self {
        self.adds_by_key = true;
        self
    }

    /// Starts the simulator in the current tokio runtime.
    ///
    /// # Errors
    /// If it cannot listen on the address, or cannot open the record.
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

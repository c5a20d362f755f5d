//! The handle that controls a running simulator: this module has its port, clock, faults and titles, `people` its users
//! and applications.

mod people;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::control;
use crate::faults::Fault;
use crate::message::Host;
use crate::requests::Received;
use crate::server::{Shared, accept, bind};
use crate::state::Snapshot;
pub use people::{Acted, TokenPair};

/// A running simulator. It stops when the handle is dropped.
pub struct SimHandle {
    shared: Arc<Shared>,
    address: SocketAddr,
    url: String,
    /// The port of `auth.trakt.tv`, if it has one.
    auth: Option<(SocketAddr, String)>,
    state_file: Option<PathBuf>,
    stop: watch::Sender<bool>,
    accepting: Vec<JoinHandle<()>>,
}

impl SimHandle {
    pub(crate) fn new(
        shared: Arc<Shared>,
        (listener, url): (TcpListener, String),
        auth: Option<(TcpListener, String)>,
        state_file: Option<PathBuf>,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (auth_listener, auth) = match auth {
            Some((listener, url)) => {
                let address = listener.local_addr()?;
                (Some(listener), Some((address, url)))
            }
            None => (None, None),
        };
        let (stop, accepting) = (watch::channel(false).0, Vec::new());
        let mut handle = Self { shared, address, url, auth, state_file, stop, accepting };
        handle.listen_on(listener, auth_listener);
        Ok(handle)
    }

    /// Returns `http://127.0.0.1:PORT`: API, OAuth, pages and the control API.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns where OAuth is served as on `auth.trakt.tv`: the same as [`SimHandle::url`] unless the hosts have
    /// separate ports.
    pub fn auth_url(&self) -> &str {
        self.auth.as_ref().map_or(&self.url, |(_, url)| url)
    }

    /// Returns the address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the catalogue.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.shared.store().catalogue.clone()
    }

    /// Returns the simulator's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.shared.store().now()
    }

    /// Advances the simulator's time.
    pub fn advance(&self, by: Duration) {
        self.shared.store().clock.advance(by);
    }

    /// Makes the clock gain (below zero: lose) this many seconds per hour from now on, also when it is advanced.
    pub fn drift(&self, seconds_per_hour: i64) {
        self.shared.store().clock.set_drift(seconds_per_hour);
    }

    /// Stops the clock, now or at a given time.
    pub fn freeze(&self, at: Option<DateTime<Utc>>) {
        self.shared.store().clock.freeze(at);
    }

    /// Lets a stopped clock run again.
    pub fn run(&self) {
        self.shared.store().clock.run();
    }

    /// Activates a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.store().faults.add(fault);
    }

    /// Deactivates all faults.
    pub fn clear_faults(&self) {
        self.shared.store().faults.clear();
    }

    /// Returns the API requests received so far, oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.log().list()
    }

    /// Clears the requests received so far.
    pub fn clear_requests(&self) {
        self.shared.log().clear();
    }

    /// Changes page sizes, limits and token lifetimes while running.
    pub fn configure(&self, change: impl FnOnce(&mut Config)) {
        change(&mut self.shared.store().config);
    }

    /// Responds with null for these IDs (`imdb`, `tmdb`, `tvdb`) until called again.
    pub fn hide_ids(&self, kinds: &[&str]) {
        self.shared.store().hidden_ids = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    }

    /// Simulates an edit of a movie on Trakt: updates `updated_at` and the updates feed. Returns `false` if unknown.
    pub fn edit_movie(&self, trakt: u64) -> bool {
        control::edit_title(&mut self.shared.store(), "movies", trakt)
    }

    /// Simulates an edit of a show on Trakt, like [`SimHandle::edit_movie`].
    pub fn edit_show(&self, trakt: u64) -> bool {
        control::edit_title(&mut self.shared.store(), "shows", trakt)
    }

    /// Returns the whole state.
    pub fn dump(&self) -> Value {
        let snapshot = self.shared.store().snapshot();
        serde_json::to_value(snapshot).unwrap_or(Value::Null)
    }

    /// Replaces the whole state.
    ///
    /// # Errors
    /// If the value is not a dumped state.
    pub fn load(&self, state: Value) -> Result<(), serde_json::Error> {
        let snapshot: Snapshot = serde_json::from_value(state)?;
        self.shared.store().restore(snapshot);
        Ok(())
    }

    /// Saves the state to the file that the simulator was started with, if any.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let Some(file) = &self.state_file else { return Ok(()) };
        // The store is unlocked again before the snapshot is written.
        let snapshot = self.shared.store().snapshot();
        let state = serde_json::to_vec(&snapshot)?;
        let beside = file.with_extension("part");
        std::fs::write(&beside, state)?;
        std::fs::rename(beside, file)
    }

    /// Closes the ports and all connections: new ones are refused, as if Trakt was unreachable.
    pub async fn close_port(&mut self) {
        self.stop.send_replace(true);
        for accepting in self.accepting.drain(..) {
            // The task ends by itself; a panic in it has already been printed.
            let _ = accepting.await;
        }
    }

    /// Opens the ports again.
    ///
    /// # Errors
    /// If another process has taken a port in the meantime.
    pub async fn open_port(&mut self) -> io::Result<()> {
        if self.accepting.is_empty() {
            let listener = bind(self.address).await?;
            let auth = match &self.auth {
                Some((address, _)) => Some(bind(*address).await?),
                None => None,
            };
            self.listen_on(listener, auth);
        }
        Ok(())
    }

    /// Stops the simulator and frees its ports.
    pub async fn shutdown(mut self) {
        self.close_port().await;
    }

    fn listen_on(&mut self, listener: TcpListener, auth: Option<TcpListener>) {
        self.stop = watch::channel(false).0;
        let api = auth.is_some().then_some(Host::Api);
        let ports = [(Some(listener), api), (auth, Some(Host::Auth))];
        for (listener, host) in ports {
            let Some(listener) = listener else { continue };
            let accepting = accept(listener, self.shared.clone(), host, self.stop.subscribe());
            self.accepting.push(tokio::spawn(accepting));
        }
    }
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

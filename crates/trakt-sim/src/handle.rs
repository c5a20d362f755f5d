//! The handle that controls a running simulator.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::catalogue::Catalogue;
use crate::config::Config;
use crate::control;
use crate::faults::Fault;
use crate::requests::Received;
use crate::seed::Person;
use crate::server::{Shared, accept, bind};
use crate::sim::DEMO_CLIENT_ID;
use crate::state::{AccountStatus, ApplicationStatus, Decision, Snapshot};

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
    pub(crate) fn new(
        shared: Arc<Shared>,
        listener: TcpListener,
        url: String,
        state_file: Option<PathBuf>,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let mut handle =
            Self { shared, address, url, state_file, stop: watch::channel(false).0, accepting: None };
        handle.listen_on(listener);
        Ok(handle)
    }

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

    /// Says that Trakt changed a movie now: its `updated_at` and the updates feed follow. False when it is unknown.
    pub fn edit_movie(&self, trakt: u64) -> bool {
        control::edit_title(&mut self.shared.world(), "movies", trakt)
    }

    /// The same for a show.
    pub fn edit_show(&self, trakt: u64) -> bool {
        control::edit_title(&mut self.shared.world(), "shows", trakt)
    }

    /// The whole state.
    pub fn dump(&self) -> Value {
        let snapshot = self.shared.world().snapshot();
        serde_json::to_value(snapshot).unwrap_or(Value::Null)
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
        // The world is free again before the snapshot is written out.
        let snapshot = self.shared.world().snapshot();
        let state = serde_json::to_vec(&snapshot)?;
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

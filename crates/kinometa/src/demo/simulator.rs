//! The demo's simulated Trakt. Listens on localhost and keeps its state between runs.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use trakt_sim::catalogue::Catalogue;
use trakt_sim::{Sim, SimHandle};
use url::Url;

use super::DemoError;
use super::folder::Folder;

/// Interval at which the simulator's state is saved, so that little is lost when the demo is killed.
const SAVE_EVERY: Duration = Duration::from_secs(5);

const SEED: u64 = 7;
const MOVIES: usize = 2_000;
const SHOWS: usize = 200;

/// A running simulator.
pub(super) struct Simulator {
    handle: Arc<SimHandle>,
    url: Url,
    saving: JoinHandle<()>,
}

impl Simulator {
    /// Starts the simulator on the port of the previous run, the port after the server's, or any free port.
    pub(super) async fn start(folder: &Folder, server_port: u16) -> Result<Self, DemoError> {
        let next_port = server_port.checked_add(1).filter(|_| server_port != 0);
        let wanted = [folder.simulator_port(), next_port].into_iter().flatten();
        let mut handle = None;
        for port in wanted {
            if handle.is_none() {
                handle = builder(folder, port).start().await.ok();
            }
        }
        let handle = match handle {
            Some(handle) => handle,
            None => builder(folder, 0).start().await.map_err(DemoError::Simulator)?,
        };
        folder.remember_port(handle.address().port())?;
        let url = Url::parse(handle.url()).expect("the simulator's address is a URL");
        let handle = Arc::new(handle);
        Ok(Self { saving: tokio::spawn(save_regularly(handle.clone())), handle, url })
    }

    /// Base URL of the simulator's API, sign-in and pages.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Catalogue of the simulator's titles.
    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        self.handle.catalogue()
    }

    /// Saves the state and stops.
    pub(super) fn stop(self) {
        self.saving.abort();
        save(&self.handle);
    }
}

fn builder(folder: &Folder, port: u16) -> trakt_sim::SimBuilder {
    Sim::builder()
        .seed(SEED)
        .movies(MOVIES)
        .shows(SHOWS)
        .listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .state(folder.simulator_state())
}

async fn save_regularly(handle: Arc<SimHandle>) {
    let mut ticks = tokio::time::interval(SAVE_EVERY);
    loop {
        ticks.tick().await;
        let handle = handle.clone();
        // Writing the file must not block the simulator's responses.
        let _ = tokio::task::spawn_blocking(move || save(&handle)).await;
    }
}

fn save(handle: &SimHandle) {
    if let Err(error) = handle.save() {
        tracing::warn!(%error, "cannot save the state of the simulated Trakt");
    }
}

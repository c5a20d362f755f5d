//! The handle that controls a running simulator.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::control;
use crate::faults::Fault;
use crate::requests::{Counts, Received};
use crate::server::{Shared, accept};
use crate::state::{Collection, Hub, Item, Kind, Members, Playlist};

/// A running simulator. It stops when the handle is dropped.
pub struct SimHandle {
    shared: Arc<Shared>,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    accepting: Option<JoinHandle<()>>,
}

impl SimHandle {
    pub(crate) fn new(shared: Arc<Shared>, listener: TcpListener) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let stop = watch::channel(false).0;
        let accepting = Some(tokio::spawn(accept(listener, shared.clone(), stop.subscribe())));
        Ok(Self { shared, address, stop, accepting })
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The server's id.
    pub fn machine(&self) -> String {
        self.shared.store().machine.clone()
    }

    /// Arms a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.store().faults.add(fault);
    }

    /// Disarms all faults.
    pub fn clear_faults(&self) {
        self.shared.store().faults.clear();
    }

    /// Answers 503 to everything, as Plex does while it starts or maintains its database.
    pub fn maintenance(&self, on: bool) {
        self.shared.store().maintenance = on;
    }

    /// The requests received so far, the oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.log().list().to_vec()
    }

    /// How many calls were made since the start, or since they were cleared.
    pub fn counts(&self) -> Counts {
        Counts::of(self.shared.log().list())
    }

    /// Forgets the requests received so far.
    pub fn clear_requests(&self) {
        self.shared.log().clear();
    }

    /// The titles of a library (not its seasons and episodes), by their number: the order in which they were invented.
    pub fn titles(&self, library: &str) -> Vec<Item> {
        let store = self.shared.store();
        let section = store.sections.iter().find(|section| section.title == library);
        let section = section.map(|section| (section.key, section.kind));
        let here = store.items.values().filter(|item| Some((item.section, item.kind)) == section);
        here.filter(|item| item.edition.is_none()).cloned().collect()
    }

    /// Everything of one kind in the whole server.
    pub fn items(&self, kind: Kind) -> Vec<Item> {
        self.shared.store().items.values().filter(|item| item.kind == kind).cloned().collect()
    }

    /// An item.
    pub fn item(&self, key: u64) -> Option<Item> {
        self.shared.store().items.get(&key).cloned()
    }

    /// Adds another edition of a title; gives its key.
    pub fn add_edition(&self, of: u64, edition: &str) -> Option<u64> {
        self.shared.store().add_edition(of, edition)
    }

    /// Takes an item out of its library, as when its file is deleted. Collections lose it too.
    pub fn remove_item(&self, key: u64) {
        let mut store = self.shared.store();
        store.items.remove(&key);
        let collections: Vec<u64> = store.collections.keys().copied().collect();
        for collection in collections {
            let Some(known) = store.collections.get(&collection) else { continue };
            if matches!(&known.members, Members::Listed(members) if members.contains(&key)) {
                store.take_out(collection, &[key]);
            }
        }
    }

    /// Changes an item: its ids, its agent's guid.
    pub fn change_item(&self, key: u64, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.shared.store().items.get_mut(&key) {
            change(item);
        }
    }

    /// Creates a collection as a user would: no labels, no locks.
    pub fn make_collection(&self, library: &str, title: &str, members: &[u64]) -> Option<u64> {
        let mut store = self.shared.store();
        let section = store.sections.iter().find(|section| section.title == library)?;
        let (section, kind) = (section.key, section.kind);
        store.add_to_collection(section, kind, title, members).ok()
    }

    /// The collections of the whole server, the oldest first.
    pub fn collections(&self) -> Vec<Collection> {
        self.shared.store().collections.values().cloned().collect()
    }

    /// A collection by its exact name.
    pub fn collection(&self, title: &str) -> Option<Collection> {
        self.shared.store().collections.values().find(|known| known.title == title).cloned()
    }

    /// The keys of a collection's members as they are shown.
    pub fn members(&self, collection: &str) -> Vec<u64> {
        let store = self.shared.store();
        let known = store.collections.values().find(|known| known.title == collection);
        known.map(|known| store.members(known).iter().map(|item| item.key).collect()).unwrap_or_default()
    }

    /// The rows of a library's Recommended page.
    pub fn hubs(&self, library: &str) -> Vec<Hub> {
        let store = self.shared.store();
        let section = store.sections.iter().find(|section| section.title == library);
        section.map(|section| section.hubs.clone()).unwrap_or_default()
    }

    /// The playlists, the oldest first.
    pub fn playlists(&self) -> Vec<Playlist> {
        self.shared.store().playlists.values().cloned().collect()
    }

    /// Everything but the items, to compare two moments.
    pub fn state(&self) -> serde_json::Value {
        control::state(&self.shared.store())
    }

    /// Stops the simulator and frees its port: connections are refused from now on.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if let Some(accepting) = self.accepting.take() {
            // The task ends by itself; a panic in it would have nothing more to say.
            let _ = accepting.await;
        }
    }
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

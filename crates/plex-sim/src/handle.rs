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

    /// Adds a fault.
    pub fn add_fault(&self, fault: Fault) {
        self.shared.store().faults.add(fault);
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.shared.store().faults.clear();
    }

    /// Switches maintenance mode, in which every response is 503, as while Plex starts or maintains its database.
    pub fn maintenance(&self, on: bool) {
        self.shared.store().maintenance = on;
    }

    /// The requests received so far, oldest first.
    pub fn requests(&self) -> Vec<Received> {
        self.shared.log().list().to_vec()
    }

    /// How many requests were received since the start, or since [`Self::clear_requests`].
    pub fn counts(&self) -> Counts {
        Counts::of(self.shared.log().list())
    }

    /// Clears the list of received requests.
    pub fn clear_requests(&self) {
        self.shared.log().clear();
    }

    /// The movies or shows of a library, ordered by their number. Further editions are omitted.
    pub fn titles(&self, library: &str) -> Vec<Item> {
        let store = self.shared.store();
        let section = store.sections.iter().find(|section| section.title == library);
        let section = section.map(|section| (section.key, section.kind));
        let titles = store.items.values().filter(|item| Some((item.section, item.kind)) == section);
        titles.filter(|item| item.edition.is_none()).cloned().collect()
    }

    /// All items of one kind on the server.
    pub fn items(&self, kind: Kind) -> Vec<Item> {
        self.shared.store().items.values().filter(|item| item.kind == kind).cloned().collect()
    }

    /// The item with this rating key.
    pub fn item(&self, key: u64) -> Option<Item> {
        self.shared.store().items.get(&key).cloned()
    }

    /// Adds another edition of a title, and returns its rating key.
    pub fn add_edition(&self, of: u64, edition: &str) -> Option<u64> {
        self.shared.store().add_edition(of, edition)
    }

    /// Removes an item from its library and from collections, as if its file were deleted.
    pub fn remove_item(&self, key: u64) {
        let mut store = self.shared.store();
        store.items.remove(&key);
        let collections: Vec<u64> = store.collections.keys().copied().collect();
        for collection in collections {
            let Some(known) = store.collections.get(&collection) else { continue };
            if matches!(&known.members, Members::Listed(members) if members.contains(&key)) {
                store.remove_members(collection, &[key]);
            }
        }
    }

    /// Changes an item, such as its ids.
    pub fn change_item(&self, key: u64, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.shared.store().items.get_mut(&key) {
            change(item);
        }
    }

    /// Creates a collection without labels and locks, as a user would, and returns its rating key.
    pub fn create_collection(&self, library: &str, title: &str, members: &[u64]) -> Option<u64> {
        let mut store = self.shared.store();
        let section = store.sections.iter().find(|section| section.title == library)?;
        let (section, kind) = (section.key, section.kind);
        store.add_to_collection(section, kind, title, members).ok()
    }

    /// All collections of the server, oldest first.
    pub fn collections(&self) -> Vec<Collection> {
        self.shared.store().collections.values().cloned().collect()
    }

    /// A collection by its exact name.
    pub fn collection(&self, title: &str) -> Option<Collection> {
        self.shared.store().collections.values().find(|known| known.title == title).cloned()
    }

    /// The rating keys of the members of a collection, in display order.
    pub fn members(&self, collection: &str) -> Vec<u64> {
        let store = self.shared.store();
        let known = store.collections.values().find(|known| known.title == collection);
        known.map(|known| store.members(known).iter().map(|item| item.key).collect()).unwrap_or_default()
    }

    /// The hubs of a library's Recommended page, in order.
    pub fn hubs(&self, library: &str) -> Vec<Hub> {
        let store = self.shared.store();
        let section = store.sections.iter().find(|section| section.title == library);
        section.map(|section| section.hubs.clone()).unwrap_or_default()
    }

    /// All playlists, oldest first.
    pub fn playlists(&self) -> Vec<Playlist> {
        self.shared.store().playlists.values().cloned().collect()
    }

    /// The whole state except the items, for comparing states.
    pub fn state(&self) -> serde_json::Value {
        control::state(&self.shared.store())
    }

    /// Stops the simulator and frees its port. Connections are then refused.
    pub async fn shutdown(mut self) {
        self.stop.send_replace(true);
        if let Some(accepting) = self.accepting.take() {
            // The task ends by itself. A panic in it does not matter any more.
            let _ = accepting.await;
        }
    }
}

impl Drop for SimHandle {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

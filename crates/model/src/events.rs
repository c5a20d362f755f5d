//! Events for all connected clients. Events about a single user are in `sync`.

use tokio::sync::broadcast;

use crate::scan::ScanStatus;

/// How many events are kept for a slow subscriber before it misses some.
const BACKLOG: usize = 256;

/// A change that open pages may have to show.
#[derive(Debug, Clone)]
pub enum Event {
    /// A scan made progress or ended.
    Scan(ScanStatus),
    /// Titles, files or matches changed.
    LibraryChanged {
        /// Increases with every change.
        revision: u64,
        /// Whether this server made a change; otherwise only other servers on the same database did.
        made_here: bool,
    },
}

/// The channel on which services send [`Event`]s; cheap to clone.
#[derive(Debug, Clone)]
pub struct Events {
    sender: broadcast::Sender<Event>,
}

impl Default for Events {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }
}

impl Events {
    /// Sends an event to all subscribers, if there are any.
    pub fn send(&self, event: Event) {
        let _ = self.sender.send(event);
    }

    /// Subscribes to events sent from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }
}

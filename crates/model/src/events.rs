//! Events from the services to whoever shows them. They concern everybody; what concerns one person comes from `sync`.

use tokio::sync::broadcast;

use crate::scan::ScanStatus;

/// Events that a slow subscriber may fall behind by before it loses some.
const BACKLOG: usize = 256;

/// Something that every open page may have to show.
#[derive(Debug, Clone)]
pub enum Event {
    /// A scan made progress or ended.
    Scan(ScanStatus),
    /// Titles, files or matches changed.
    LibraryChanged {
        /// Grows with every change.
        revision: u64,
    },
}

/// The bus that services send [`Event`]s on; cheap to clone.
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
    /// Tells every subscriber. It is fine when there is none.
    pub fn send(&self, event: Event) {
        let _ = self.sender.send(event);
    }

    /// Receives what is sent from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }
}

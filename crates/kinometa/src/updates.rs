//! Broadcast channel for live updates, addressed to everyone or to one user.

use api_types::events::ServerEvent;
use db::ids::UserId;
use tokio::sync::broadcast;

/// Number of updates buffered for a slow subscriber. One that falls further behind has to reconnect and reload.
const BACKLOG: usize = 256;

/// Recipients of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Every signed-in user.
    Everyone,
    /// One user.
    User(UserId),
}

impl Audience {
    /// Whether the update is meant for this user.
    pub fn includes(self, user_id: UserId) -> bool {
        match self {
            Self::Everyone => true,
            Self::User(id) => id == user_id,
        }
    }
}

/// The server's live updates. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Updates {
    sender: broadcast::Sender<(Audience, ServerEvent)>,
}

impl Default for Updates {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }
}

impl Updates {
    /// Sends an update to all subscribers. Does nothing when there are none.
    pub fn send(&self, audience: Audience, event: ServerEvent) {
        let _ = self.sender.send((audience, event));
    }

    /// Subscribes to updates sent from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<(Audience, ServerEvent)> {
        self.sender.subscribe()
    }
}

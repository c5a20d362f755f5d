//! Live updates on their way to the people they concern.

use api_types::events::ServerEvent;
use db::ids::UserId;
use tokio::sync::broadcast;

/// Updates that a slow listener may fall behind by before it has to load afresh.
const BACKLOG: usize = 256;

/// Whom an update concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody signed in.
    Everyone,
    /// One person.
    User(UserId),
}

impl Audience {
    /// Whether this person is meant.
    pub fn includes(self, user_id: UserId) -> bool {
        match self {
            Self::Everyone => true,
            Self::User(id) => id == user_id,
        }
    }
}

/// The server's live updates; cheap to clone.
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
    /// Tells every listener of the audience. It is fine when there is none.
    pub fn send(&self, audience: Audience, event: ServerEvent) {
        let _ = self.sender.send((audience, event));
    }

    /// Receives what is sent from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<(Audience, ServerEvent)> {
        self.sender.subscribe()
    }
}

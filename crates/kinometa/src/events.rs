//! Live updates on their way from the services to the people they concern.

use db::ids::UserId;
use tokio::sync::broadcast;

use crate::model::event::ServerEvent;

/// Updates that a slow listener may fall behind by before it has to start afresh.
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
pub struct Events {
    sender: broadcast::Sender<(Audience, ServerEvent)>,
}

impl Default for Events {
    fn default() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG) }
    }
}

impl Events {
    /// Tells everybody concerned who is listening. Nobody listening is fine.
    pub fn send(&self, audience: Audience, event: ServerEvent) {
        let _ = self.sender.send((audience, event));
    }

    /// Listens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<(Audience, ServerEvent)> {
        self.sender.subscribe()
    }
}

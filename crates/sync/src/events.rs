//! What changed, for whoever shows it live.

use db::ids::{PlayId, UserId};
use tokio::sync::broadcast;

use crate::status::{ConnectState, ScrobbleStatus};

/// Updates that a slow listener may fall behind by.
const BACKLOG: usize = 256;

/// Something that a person may be looking at has changed.
#[derive(Clone, Debug)]
pub enum SyncEvent {
    /// The dot of a player.
    Scrobble {
        /// Whose player.
        user_id: UserId,
        /// The playback session.
        session_id: String,
        /// What the dot shows now.
        status: ScrobbleStatus,
    },
    /// The state of a person's Trakt connection; ask [`Engine::account_status`](crate::Engine::account_status).
    Account {
        /// Whose.
        user_id: UserId,
    },
    /// The connecting of an account.
    Connect {
        /// Whose.
        user_id: UserId,
        /// How far it is.
        state: ConnectState,
    },
    /// Plays were added, changed or removed.
    Plays {
        /// Whose.
        user_id: UserId,
        /// Which; never empty.
        play_ids: Vec<PlayId>,
    },
    /// The queue changed.
    Queue {
        /// Whose.
        user_id: UserId,
    },
}

#[derive(Clone, Debug)]
pub(crate) struct Events(broadcast::Sender<SyncEvent>);

impl Events {
    pub(crate) fn new() -> Self {
        Self(broadcast::Sender::new(BACKLOG))
    }

    /// Nobody listening is fine.
    pub(crate) fn send(&self, event: SyncEvent) {
        let _ = self.0.send(event);
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<SyncEvent> {
        self.0.subscribe()
    }
}

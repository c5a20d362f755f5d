//! Change events for live display.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use db::ids::{PlayId, TitleId, UserId};
use tokio::sync::broadcast;

use crate::status::{ConnectState, ScrobbleStatus};

/// The number of updates that a slow listener may lag behind.
const BACKLOG: usize = 256;

/// A change that a user may be looking at.
#[derive(Clone, Debug)]
pub enum SyncEvent {
    /// The dot of a player.
    Scrobble {
        /// The user of the player.
        user_id: UserId,
        /// The playback session.
        session_id: String,
        /// What the dot shows now.
        status: ScrobbleStatus,
    },
    /// The state of a user's Trakt connection; see [`Engine::account_status`](crate::Engine::account_status).
    Account {
        /// The user.
        user_id: UserId,
    },
    /// The connecting of an account.
    Connect {
        /// The user.
        user_id: UserId,
        /// Its state.
        state: ConnectState,
    },
    /// Plays were added, changed or removed.
    Plays {
        /// The user.
        user_id: UserId,
        /// Which; empty if all that is known is that some may have been removed.
        play_ids: Vec<PlayId>,
    },
    /// Plays were imported from Trakt, or removed there: any number of plays.
    Pulled {
        /// The user.
        user_id: UserId,
        /// Whether there are titles that were not known before.
        new_titles: bool,
    },
    /// A user rated titles, or changed their watchlist or dropped shows.
    Preferences {
        /// The user.
        user_id: UserId,
        /// Of which titles.
        title_ids: Vec<TitleId>,
    },
    /// A user's lists, or their contents.
    Lists {
        /// The user.
        user_id: UserId,
        /// Whether there are titles that were not known before.
        new_titles: bool,
    },
    /// The queue changed.
    Queue {
        /// The user.
        user_id: UserId,
    },
}

impl SyncEvent {
    /// The affected user.
    fn user_id(&self) -> UserId {
        match self {
            Self::Scrobble { user_id, .. }
            | Self::Account { user_id }
            | Self::Connect { user_id, .. }
            | Self::Plays { user_id, .. }
            | Self::Pulled { user_id, .. }
            | Self::Preferences { user_id, .. }
            | Self::Lists { user_id, .. }
            | Self::Queue { user_id } => *user_id,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Events {
    sender: broadcast::Sender<SyncEvent>,
    /// Users with changes here that other nodes have not been notified of yet.
    changed: Arc<Mutex<BTreeSet<UserId>>>,
}

impl Events {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), changed: Arc::default() }
    }

    /// Announces a change that was made here.
    pub(crate) fn send(&self, event: SyncEvent) {
        self.changed(event.user_id());
        self.relay(event);
    }

    /// Announces a change made by another node. It is fine if there are no listeners.
    pub(crate) fn relay(&self, event: SyncEvent) {
        let _ = self.sender.send(event);
    }

    /// Records a change for a user that is not announced here.
    pub(crate) fn changed(&self, user_id: UserId) {
        self.lock().insert(user_id);
    }

    /// Users with changes here since the last call.
    pub(crate) fn take_changed(&self) -> Vec<UserId> {
        std::mem::take(&mut *self.lock()).into_iter().collect()
    }

    /// Notifying the others failed: try again later.
    pub(crate) fn put_back(&self, changed: Vec<UserId>) {
        self.lock().extend(changed);
    }

    pub(crate) fn subscribe(&self) -> broadcast::Receiver<SyncEvent> {
        self.sender.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeSet<UserId>> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! What changed, for whoever shows it live.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use db::ids::{PlayId, TitleId, UserId};
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
        /// Which; empty when all that is known is that some may be gone.
        play_ids: Vec<PlayId>,
    },
    /// What was watched elsewhere has come from Trakt, or was removed there: any number of plays.
    Pulled {
        /// Whose.
        user_id: UserId,
        /// Whether there are titles that were not known before.
        new_titles: bool,
    },
    /// A person rated titles, or changed their watchlist or dropped shows.
    Preferences {
        /// Whose.
        user_id: UserId,
        /// Of which titles.
        title_ids: Vec<TitleId>,
    },
    /// The lists of a person, or what is on them.
    Lists {
        /// Whose.
        user_id: UserId,
        /// Whether there are titles that were not known before.
        new_titles: bool,
    },
    /// The queue changed.
    Queue {
        /// Whose.
        user_id: UserId,
    },
}

impl SyncEvent {
    /// For whom something changed.
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
    /// For whom something changed here that other nodes have yet to be told.
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

    /// Announces a change that another node made. Nobody listening is fine.
    pub(crate) fn relay(&self, event: SyncEvent) {
        let _ = self.sender.send(event);
    }

    /// Something changed for a person that nobody here is told.
    pub(crate) fn changed(&self, user_id: UserId) {
        self.lock().insert(user_id);
    }

    /// For whom something changed here since this was last asked.
    pub(crate) fn take_changed(&self) -> Vec<UserId> {
        std::mem::take(&mut *self.lock()).into_iter().collect()
    }

    /// Telling the others failed: they are told later.
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

//! Connection attempts and their state.

use db::ids::UserId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio_util::sync::CancellationToken;

use crate::status::ConnectState;

/// All connection attempts.
#[derive(Clone, Default)]
pub(crate) struct Connects(Arc<Mutex<HashMap<UserId, Attempt>>>);

struct Attempt {
    state: ConnectState,
    cancel: CancellationToken,
    /// Whether another node polls for it.
    elsewhere: bool,
}

impl Connects {
    pub(super) fn state(&self, user_id: UserId) -> ConnectState {
        self.lock().get(&user_id).map_or(ConnectState::Idle, |attempt| attempt.state.clone())
    }

    /// Begins an attempt. An older one is cancelled.
    pub(super) fn begin(&self, user_id: UserId, state: ConnectState) -> CancellationToken {
        let cancel = CancellationToken::new();
        let attempt = Attempt { state, cancel: cancel.clone(), elsewhere: false };
        if let Some(older) = self.lock().insert(user_id, attempt) {
            older.cancel.cancel();
        }
        cancel
    }

    /// Sets the state of the attempt, unless it was cancelled or replaced; returns whether it was set.
    pub(super) fn moved(&self, user_id: UserId, cancel: &CancellationToken, state: ConnectState) -> bool {
        let mut attempts = self.lock();
        match attempts.get_mut(&user_id) {
            Some(attempt) if !cancel.is_cancelled() => {
                attempt.state = state;
                true
            }
            _ => false,
        }
    }

    /// The state of an attempt that this node polls for or has cancelled.
    pub(crate) fn own_state(&self, user_id: UserId) -> Option<ConnectState> {
        let attempts = self.lock();
        attempts.get(&user_id).filter(|attempt| !attempt.elsewhere).map(|attempt| attempt.state.clone())
    }

    /// Adopts the state of an attempt that another node polls for or has cancelled; returns whether the state
    /// changed. If this node polls for one, it stops.
    pub(crate) fn set_by_peer(&self, user_id: UserId, state: ConnectState) -> bool {
        let mut attempts = self.lock();
        let older = attempts.get(&user_id);
        if older.map_or(ConnectState::Idle, |attempt| attempt.state.clone()) == state {
            return false;
        }
        let attempt = Attempt { state, cancel: CancellationToken::new(), elsewhere: true };
        if let Some(older) = attempts.insert(user_id, attempt) {
            older.cancel.cancel();
        }
        true
    }

    /// Cancels a pending attempt; whether there was one.
    pub(crate) fn cancel(&self, user_id: UserId) -> bool {
        match self.lock().get_mut(&user_id) {
            Some(attempt) if matches!(attempt.state, ConnectState::Pending(_)) => {
                attempt.cancel.cancel();
                attempt.state = ConnectState::Cancelled;
                attempt.elsewhere = false;
                true
            }
            _ => false,
        }
    }

    /// The application changed: codes of the old one are useless.
    pub(crate) fn cancel_all(&self) {
        for attempt in self.lock().values_mut() {
            attempt.cancel.cancel();
            if matches!(attempt.state, ConnectState::Pending(_)) {
                attempt.state = ConnectState::Cancelled;
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, Attempt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

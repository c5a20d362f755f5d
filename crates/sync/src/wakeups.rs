//! Wakes the loops of the accounts.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use db::{ids::UserId, outbox::Lane};
use tokio::sync::Notify;

/// Notifiers for the loops of each account, and one for the round that starts the loops.
#[derive(Clone, Default)]
pub(crate) struct Wakeups {
    loops: Arc<Mutex<HashMap<UserId, Arc<AccountWakeups>>>>,
    round: Arc<Notify>,
}

/// The notifiers of one account's loops.
#[derive(Debug, Default)]
pub(crate) struct AccountWakeups {
    live: Notify,
    bulk: Notify,
}

impl AccountWakeups {
    pub(crate) fn of(&self, lane: Lane) -> &Notify {
        match lane {
            Lane::Live => &self.live,
            Lane::Bulk => &self.bulk,
        }
    }

    fn wake(&self) {
        self.live.notify_one();
        self.bulk.notify_one();
    }
}

impl Wakeups {
    /// Wakes one account's loops; the round starts them if there are none.
    pub(crate) fn wake(&self, user_id: UserId) {
        match self.lock().get(&user_id) {
            Some(account) => account.wake(),
            None => self.round.notify_one(),
        }
    }

    pub(crate) fn wake_all(&self) {
        self.lock().values().for_each(|account| account.wake());
        self.round.notify_one();
    }

    /// Waits until the round is woken.
    pub(crate) async fn round(&self) {
        self.round.notified().await;
    }

    /// The notifiers for the loops of an account; `None` if the account already has loops.
    pub(crate) fn add(&self, user_id: UserId) -> Option<Arc<AccountWakeups>> {
        let mut loops = self.lock();
        if loops.contains_key(&user_id) {
            return None;
        }
        let account = Arc::<AccountWakeups>::default();
        loops.insert(user_id, Arc::clone(&account));
        Some(account)
    }

    /// Removes an account whose loops have ended. The round starts new ones if it was reconnected in the
    /// meantime.
    pub(crate) fn remove(&self, user_id: UserId) {
        self.lock().remove(&user_id);
        self.round.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, Arc<AccountWakeups>>> {
        self.loops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

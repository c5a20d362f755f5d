//! Wakes the loops of the accounts.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use db::ids::UserId;
use tokio::sync::Notify;

/// One notifier for each account's loop, and one for the round that starts the loops.
#[derive(Clone, Default)]
pub(crate) struct Wakeups {
    loops: Arc<Mutex<HashMap<UserId, Arc<Notify>>>>,
    round: Arc<Notify>,
}

impl Wakeups {
    /// Wakes one account's loop; the round starts one when there is none.
    pub(crate) fn wake(&self, user_id: UserId) {
        match self.lock().get(&user_id) {
            Some(notify) => notify.notify_one(),
            None => self.round.notify_one(),
        }
    }

    pub(crate) fn wake_all(&self) {
        self.lock().values().for_each(|notify| notify.notify_one());
        self.round.notify_one();
    }

    /// Waits until the round is woken.
    pub(crate) async fn round(&self) {
        self.round.notified().await;
    }

    /// The notifier of a new loop; None when the account has a loop.
    pub(crate) fn add(&self, user_id: UserId) -> Option<Arc<Notify>> {
        let mut loops = self.lock();
        if loops.contains_key(&user_id) {
            return None;
        }
        let notify = Arc::new(Notify::new());
        loops.insert(user_id, Arc::clone(&notify));
        Some(notify)
    }

    /// The loop has ended.
    pub(crate) fn remove(&self, user_id: UserId) {
        self.lock().remove(&user_id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, Arc<Notify>>> {
        self.loops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! What wakes the loops of the accounts.

use db::ids::UserId;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// A bell for each account's loop, and one for the round that starts the loops.
#[derive(Clone, Default)]
pub(crate) struct Bells {
    bells: Arc<Mutex<HashMap<UserId, Arc<Notify>>>>,
    round: Arc<Notify>,
}

impl Bells {
    /// Rings for one account; the round makes a loop for it when there is none.
    pub(crate) fn wake(&self, user_id: UserId) {
        match self.lock().get(&user_id) {
            Some(bell) => bell.notify_one(),
            None => self.round.notify_one(),
        }
    }

    pub(crate) fn wake_all(&self) {
        self.lock().values().for_each(|bell| bell.notify_one());
        self.round.notify_one();
    }

    /// Waits until the round is rung for.
    pub(crate) async fn round(&self) {
        self.round.notified().await;
    }

    /// The bell of a new loop; None when the account has one.
    pub(crate) fn hang(&self, user_id: UserId) -> Option<Arc<Notify>> {
        let mut bells = self.lock();
        if bells.contains_key(&user_id) {
            return None;
        }
        let bell = Arc::new(Notify::new());
        bells.insert(user_id, Arc::clone(&bell));
        Some(bell)
    }

    /// The loop has ended.
    pub(crate) fn take_down(&self, user_id: UserId) {
        self.lock().remove(&user_id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<UserId, Arc<Notify>>> {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

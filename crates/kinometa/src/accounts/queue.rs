//! A fair queue in front of password hashing.
//!
//! Hashing is expensive by design, so only a few hash operations run at the same time. The attempts of one origin
//! queue among themselves first, so each attempt waits behind at most one attempt of every other origin: a flood
//! from one address does not delay users at other addresses.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Maximum number of concurrent hash operations. Each takes about 20 MiB and a core for tens of milliseconds, and
/// more would slow down playback.
const MAX_CONCURRENT: usize = 2;

/// Maximum number of attempts of one origin in the queue, including the running one.
const MAX_PER_ORIGIN: usize = 16;

/// Maximum number of networks in the queue.
const MAX_NETWORKS: usize = 256;

/// Where an attempt comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Origin {
    /// The network of an unknown browser: see [`network`](crate::net::network).
    Network(String),
    /// A browser that signed in to this account before, by the hash of its device cookie.
    Device(String),
}

/// Too many attempts are already waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

#[derive(Debug)]
struct Lane {
    turn: Arc<Semaphore>,
    waiting: usize,
}

type Lanes = Mutex<HashMap<Origin, Lane>>;

/// A queue with one lane per origin.
#[derive(Debug)]
pub(super) struct FairQueue {
    workers: Arc<Semaphore>,
    lanes: Arc<Lanes>,
}

/// Permission to hash once. Hold it until the hash operation has ended, even if the result is no longer needed.
#[derive(Debug)]
pub(super) struct Turn {
    _worker: OwnedSemaphorePermit,
    _lane: Option<(OwnedSemaphorePermit, Place)>,
}

/// A place in an origin's lane, released when it is dropped.
#[derive(Debug)]
struct Place {
    origin: Origin,
    lanes: Arc<Lanes>,
}

impl Default for FairQueue {
    fn default() -> Self {
        Self { workers: Arc::new(Semaphore::new(MAX_CONCURRENT)), lanes: Arc::default() }
    }
}

impl FairQueue {
    /// Waits for a turn for an attempt from this origin.
    pub(super) async fn turn(&self, origin: Origin) -> Result<Turn, Full> {
        let (place, lane) = self.place(origin)?;
        let lane = acquire(lane).await;
        Ok(Turn { _worker: acquire(Arc::clone(&self.workers)).await, _lane: Some((lane, place)) })
    }

    /// Waits for a turn for work requested by a signed-in user or the command line.
    pub(super) async fn own_turn(&self) -> Turn {
        Turn { _worker: acquire(Arc::clone(&self.workers)).await, _lane: None }
    }

    fn place(&self, origin: Origin) -> Result<(Place, Arc<Semaphore>), Full> {
        let mut lanes = lock(&self.lanes);
        let networks = || lanes.keys().filter(|origin| matches!(origin, Origin::Network(_))).count();
        let is_new = !lanes.contains_key(&origin);
        if is_new && matches!(origin, Origin::Network(_)) && networks() >= MAX_NETWORKS {
            return Err(Full);
        }
        let fresh = || Lane { turn: Arc::new(Semaphore::new(1)), waiting: 0 };
        let lane = lanes.entry(origin.clone()).or_insert_with(fresh);
        if lane.waiting >= MAX_PER_ORIGIN {
            return Err(Full);
        }
        lane.waiting += 1;
        let turn = Arc::clone(&lane.turn);
        drop(lanes);
        Ok((Place { origin, lanes: Arc::clone(&self.lanes) }, turn))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut lanes = lock(&self.lanes);
        if let Some(lane) = lanes.get_mut(&self.origin) {
            lane.waiting -= 1;
            if lane.waiting == 0 {
                lanes.remove(&self.origin);
            }
        }
    }
}

async fn acquire(semaphore: Arc<Semaphore>) -> OwnedSemaphorePermit {
    semaphore.acquire_owned().await.expect("the semaphore is never closed")
}

fn lock(lanes: &Lanes) -> MutexGuard<'_, HashMap<Origin, Lane>> {
    lanes.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;

    fn network(number: usize) -> Origin {
        Origin::Network(format!("10.0.0.{number}"))
    }

    #[tokio::test]
    async fn an_attempt_waits_behind_at_most_one_attempt_of_a_flood_from_elsewhere() {
        let queue = FairQueue::default();
        let running = [queue.turn(network(1)).await.unwrap(), queue.turn(network(2)).await.unwrap()];
        let mut flood: Vec<_> = (0..10).map(|_| Box::pin(queue.turn(network(1)))).collect();
        for attempt in &mut flood {
            assert!(attempt.now_or_never().is_none());
        }
        let mut owner = Box::pin(queue.turn(network(3)));
        assert!((&mut owner).now_or_never().is_none());
        let [first, second] = running;
        drop(second);
        let owner =
            owner.now_or_never().expect("the flood's next attempt still waits for the flood's first one");
        drop((first, owner));
    }

    #[tokio::test]
    async fn the_number_of_waiting_attempts_per_origin_is_limited() {
        let queue = FairQueue::default();
        let first = queue.turn(network(1)).await.unwrap();
        let mut waiting: Vec<_> = (1..MAX_PER_ORIGIN).map(|_| Box::pin(queue.turn(network(1)))).collect();
        for attempt in &mut waiting {
            assert!(attempt.now_or_never().is_none());
        }
        assert_eq!(queue.turn(network(1)).now_or_never().unwrap().unwrap_err(), Full);
        drop((first, waiting));
        assert!(lock(&queue.lanes).is_empty(), "lanes of dropped attempts are removed");
        queue.turn(network(1)).await.unwrap();
    }

    #[tokio::test]
    async fn known_devices_can_queue_when_too_many_networks_wait() {
        let queue = FairQueue::default();
        let running = [queue.turn(network(0)).await.unwrap(), queue.turn(network(1)).await.unwrap()];
        let mut waiting: Vec<_> = (2..MAX_NETWORKS).map(|n| Box::pin(queue.turn(network(n)))).collect();
        for attempt in &mut waiting {
            assert!(attempt.now_or_never().is_none());
        }
        assert_eq!(queue.turn(network(MAX_NETWORKS)).now_or_never().unwrap().unwrap_err(), Full);
        assert!(queue.turn(Origin::Device("d".into())).now_or_never().is_none(), "it queues");
        drop(running);
    }
}

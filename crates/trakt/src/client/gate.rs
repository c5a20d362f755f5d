//! Waiting for one's turn: the limiter with a clock and a bell.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::error::{Error, Result};
use crate::limits::{Budget, Lane, Limiter, Pause, PauseReason, Priority, RateHeader, Ticket, Turn};
use clock::{Clock, until};

pub(super) struct Gate {
    limiter: Mutex<Limiter>,
    /// Rings when a line moves or a budget changes.
    moved: Notify,
    clock: Arc<dyn Clock>,
    max_wait: Duration,
}

impl Gate {
    pub(super) fn new(limiter: Limiter, clock: Arc<dyn Clock>, max_wait: Duration) -> Self {
        Self { limiter: Mutex::new(limiter), moved: Notify::new(), clock, max_wait }
    }

    /// Waits until a call may be sent. It fails instead of waiting for a pause longer than `max_wait`; bulk work
    /// waits for a rate limit however long, but nobody waits for the edge.
    pub(super) async fn enter(&self, lane: Lane, priority: Priority) -> Result<()> {
        let ticket = self.lock().enqueue(lane, priority);
        let place = Place { gate: self, lane, ticket };
        loop {
            // Listening starts before asking, so that no move in between is missed.
            let moved = self.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            let now = self.clock.now();
            let turn = self.lock().turn(lane, place.ticket, now);
            let wake_at = match turn {
                Turn::Go => return Ok(()),
                Turn::Behind => {
                    if let Some(error) = self.too_long(lane, priority, now) {
                        return Err(error);
                    }
                    moved.await;
                    continue;
                }
                Turn::At(moment) => moment,
                Turn::Paused(pause) => {
                    if let Some(error) = self.refuse(pause, priority, now) {
                        return Err(error);
                    }
                    pause.until
                }
            };
            tokio::select! {
                () = self.clock.sleep(until(now, wake_at)) => {}
                () = moved => {}
            }
        }
    }

    /// Learns from the rate header of an answer.
    pub(super) fn observe(&self, lane: Lane, header: &RateHeader) {
        self.lock().observe(lane, header, self.clock.now());
        self.moved.notify_waiters();
    }

    /// Pauses what `error` says must rest: one budget for Trakt's limit, both for the edge, which does not care whose
    /// call it is.
    pub(super) fn pause_for(&self, lane: Lane, error: &Error) {
        let mut limiter = self.lock();
        match error {
            Error::RateLimited { until } => {
                limiter.pause(lane, Pause { until: *until, reason: PauseReason::RateLimit });
            }
            Error::EdgeBlock { until, status } => {
                for lane in [Lane::Read, Lane::Write] {
                    limiter.pause(lane, Pause { until: *until, reason: PauseReason::Edge(*status) });
                }
            }
            _ => return,
        }
        drop(limiter);
        self.moved.notify_waiters();
    }

    /// Whether somebody who would wait `wait` should rather be told.
    pub(super) fn exceeds_patience(&self, wait: Duration) -> bool {
        wait > self.max_wait
    }

    pub(super) fn budget(&self, lane: Lane) -> Budget {
        self.lock().budget(lane).clone()
    }

    fn too_long(&self, lane: Lane, priority: Priority, now: DateTime<Utc>) -> Option<Error> {
        let pause = self.lock().budget(lane).pause_at(now)?;
        self.refuse(pause, priority, now)
    }

    fn refuse(&self, pause: Pause, priority: Priority, now: DateTime<Utc>) -> Option<Error> {
        let long = self.exceeds_patience(until(now, pause.until));
        match pause.reason {
            PauseReason::Edge(status) if long => Some(Error::EdgeBlock { status, until: pause.until }),
            PauseReason::RateLimit if long && priority != Priority::Bulk => {
                Some(Error::RateLimited { until: pause.until })
            }
            _ => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Limiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the line, given up when the call goes or is dropped.
struct Place<'a> {
    gate: &'a Gate,
    lane: Lane,
    ticket: Ticket,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.gate.lock().leave(self.lane, self.ticket);
        self.gate.moved.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt;

    use super::*;
    use crate::limits::Pace;
    use clock::{ManualClock, after};

    fn gate(clock: &ManualClock) -> Gate {
        let pace = Pace::new(1, Duration::from_secs(1));
        Gate::new(Limiter::new(pace, pace), Arc::new(clock.clone()), Duration::from_secs(60))
    }

    fn clock() -> ManualClock {
        ManualClock::new(DateTime::<Utc>::UNIX_EPOCH)
    }

    #[tokio::test]
    async fn a_scrobble_that_comes_last_overtakes_waiting_bulk_work() {
        let clock = clock();
        let gate = Arc::new(gate(&clock));
        gate.enter(Lane::Write, Priority::Normal).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let queue = |priority: Priority| {
            let (gate, order) = (gate.clone(), order.clone());
            tokio::spawn(async move {
                gate.enter(Lane::Write, priority).await.unwrap();
                order.lock().unwrap().push(priority);
            })
        };
        let tasks = [queue(Priority::Bulk), queue(Priority::Bulk)];
        clock.wait_for_sleepers(1).await;
        let urgent = queue(Priority::Urgent);
        while clock.slept().len() < 2 {
            tokio::task::yield_now().await;
        }
        for gone in 1..=3 {
            clock.advance(Duration::from_secs(2));
            while order.lock().unwrap().len() < gone {
                tokio::task::yield_now().await;
            }
        }
        urgent.await.unwrap();
        for task in tasks {
            task.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [Priority::Urgent, Priority::Bulk, Priority::Bulk]);
    }

    #[tokio::test]
    async fn a_long_pause_is_told_to_people_and_waited_out_by_bulk_work() {
        let clock = clock();
        let gate = gate(&clock);
        let until = after(clock.now(), Duration::from_secs(300));
        gate.pause_for(Lane::Read, &Error::RateLimited { until });
        let asked = gate.enter(Lane::Read, Priority::Normal).await;
        assert!(matches!(asked, Err(Error::RateLimited { until: told }) if told == until));
        assert!(gate.enter(Lane::Read, Priority::Bulk).now_or_never().is_none(), "bulk work waits");
        assert!(gate.enter(Lane::Write, Priority::Normal).await.is_ok(), "writes have their own budget");
    }

    #[tokio::test]
    async fn the_edge_stops_reads_and_writes_of_every_priority() {
        let clock = clock();
        let gate = gate(&clock);
        let until = after(clock.now(), Duration::from_secs(300));
        gate.pause_for(Lane::Read, &Error::EdgeBlock { status: 403, until });
        for (lane, priority) in [(Lane::Read, Priority::Bulk), (Lane::Write, Priority::Urgent)] {
            let result = gate.enter(lane, priority).await;
            assert!(matches!(result, Err(Error::EdgeBlock { status: 403, .. })));
        }
    }
}

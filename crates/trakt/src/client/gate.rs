//! Waiting for a turn: the limiter with a clock and a notification.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::Notify;

use crate::error::{Error, Result};
use crate::limits::{Budget, Lane, Limiter, Pause, PauseReason, Priority, RateHeader, Ticket, Turn};
use clock::{Clock, until};

pub(super) struct Gate {
    limiter: Mutex<Limiter>,
    /// Notified when the queue moves or a budget changes.
    moved: Notify,
    clock: Arc<dyn Clock>,
    max_wait: Duration,
    max_urgent_wait: Duration,
    max_budget_wait: Duration,
}

impl Gate {
    pub(super) fn new(
        limiter: Limiter,
        clock: Arc<dyn Clock>,
        max_wait: Duration,
        max_urgent_wait: Duration,
    ) -> Self {
        let max_budget_wait = Duration::MAX;
        let limiter = Mutex::new(limiter);
        Self { limiter, moved: Notify::new(), clock, max_wait, max_urgent_wait, max_budget_wait }
    }

    /// Limits how long calls of normal priority wait for an exhausted budget.
    pub(super) fn with_budget_wait(self, max_budget_wait: Duration) -> Self {
        Self { max_budget_wait, ..self }
    }

    /// Waits until a call may be sent, and returns how long that took. `waited` is how long the call has waited before.
    ///
    /// Fails instead of waiting for a pause that exceeds the call's maximum wait; bulk work waits for a rate limit of
    /// any length, but nothing waits for the edge. An urgent call also fails instead of waiting too long in the queue,
    /// and a call of normal priority instead of waiting too long for an exhausted budget.
    ///
    /// The clock may be set back while a call waits: waits are measured as durations, none of them longer than what the
    /// call was waiting for.
    pub(super) async fn enter(
        &self,
        lane: Lane,
        priority: Priority,
        mut waited: Duration,
    ) -> Result<Duration> {
        let ticket = self.lock().enqueue(lane, priority);
        let place = QueuePosition { gate: self, lane, ticket };
        loop {
            // Listening starts before asking, so that no move in between is missed.
            let moved = self.moved.notified();
            tokio::pin!(moved);
            moved.as_mut().enable();
            let now = self.clock.now();
            let turn = self.lock().turn(lane, place.ticket, now);
            let wake_at = match turn {
                Turn::Go => return Ok(waited),
                Turn::Behind => {
                    if let Some(error) = self.too_long(&place, priority, waited, now) {
                        return Err(error);
                    }
                    moved.await;
                    waited += until(now, self.clock.now()).min(self.lock().budget(lane).pace().per);
                    continue;
                }
                Turn::At(moment) => {
                    if self.is_spent_for_too_long(priority, moment, waited, now) {
                        return Err(Error::RateLimited { until: moment });
                    }
                    moment
                }
                Turn::Paused(pause) => {
                    if let Some(error) = self.refuse(pause, priority, waited, now) {
                        return Err(error);
                    }
                    pause.until
                }
            };
            let wait = until(now, wake_at);
            tokio::select! {
                () = self.clock.sleep(wait) => waited += wait,
                () = moved => waited += until(now, self.clock.now()).min(wait),
            }
        }
    }

    /// Updates from the rate header of a response.
    pub(super) fn observe(&self, lane: Lane, header: &RateHeader) {
        self.lock().observe(lane, header, self.clock.now());
        self.moved.notify_waiters();
    }

    /// Pauses what `error` requires: one budget for Trakt's limit, both for the edge, which blocks the address and not
    /// the call.
    pub(super) fn pause_for(&self, lane: Lane, error: &Error) {
        let now = self.clock.now();
        let mut limiter = self.lock();
        match error {
            Error::RateLimited { until } => {
                limiter.pause(lane, Pause { until: *until, reason: PauseReason::RateLimit }, now);
            }
            Error::EdgeBlock { until, status } => {
                for lane in [Lane::Read, Lane::Write] {
                    limiter.pause(lane, Pause { until: *until, reason: PauseReason::Edge(*status) }, now);
                }
            }
            _ => return,
        }
        drop(limiter);
        self.moved.notify_waiters();
    }

    /// Ends all pauses.
    pub(super) fn end_pauses(&self) {
        self.lock().end_pauses();
        self.moved.notify_waiters();
    }

    /// The maximum total wait of a call of `priority` before it fails with the reason.
    pub(super) fn patience(&self, priority: Priority) -> Duration {
        match priority {
            Priority::Urgent => self.max_urgent_wait.min(self.max_wait),
            Priority::Normal | Priority::Bulk => self.max_wait,
        }
    }

    pub(super) fn budget(&self, lane: Lane) -> Budget {
        self.lock().budget(lane).clone()
    }

    /// Whether a call that waits behind others should fail instead.
    fn too_long(
        &self,
        place: &QueuePosition<'_>,
        priority: Priority,
        waited: Duration,
        now: DateTime<Utc>,
    ) -> Option<Error> {
        let limiter = self.lock();
        let pause = limiter.budget(place.lane).pause_at(now);
        let expected = || limiter.expected(place.lane, place.ticket, now);
        let expected = (priority == Priority::Urgent).then(expected);
        drop(limiter);
        if let Some(error) = pause.and_then(|pause| self.refuse(pause, priority, waited, now)) {
            return Some(error);
        }
        expected.filter(|until| self.too_late(*until, waited, now)).map(|until| Error::RateLimited { until })
    }

    fn is_spent_for_too_long(
        &self,
        priority: Priority,
        moment: DateTime<Utc>,
        waited: Duration,
        now: DateTime<Utc>,
    ) -> bool {
        match priority {
            Priority::Urgent => self.too_late(moment, waited, now),
            Priority::Normal => until(now, moment) > self.max_budget_wait,
            Priority::Bulk => false,
        }
    }

    fn too_late(&self, moment: DateTime<Utc>, waited: Duration, now: DateTime<Utc>) -> bool {
        waited + until(now, moment) > self.patience(Priority::Urgent)
    }

    fn refuse(
        &self,
        pause: Pause,
        priority: Priority,
        waited: Duration,
        now: DateTime<Utc>,
    ) -> Option<Error> {
        let waited = if priority == Priority::Urgent { waited } else { Duration::ZERO };
        let long = waited + until(now, pause.until) > self.patience(priority);
        match pause.reason {
            PauseReason::Edge(status) if long => Some(Error::EdgeBlock { status, until: pause.until }),
            PauseReason::RateLimit if long && priority != Priority::Bulk => {
                Some(Error::RateLimited { until: pause.until })
            }
            PauseReason::Edge(_) | PauseReason::RateLimit => None,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Limiter> {
        self.limiter.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in the queue, released when the call is sent or dropped.
struct QueuePosition<'a> {
    gate: &'a Gate,
    lane: Lane,
    ticket: Ticket,
}

impl Drop for QueuePosition<'_> {
    fn drop(&mut self) {
        self.gate.lock().leave(self.lane, self.ticket);
        self.gate.moved.notify_waiters();
    }
}

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;

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
    /// Notified when the queue or a budget changes.
    changed: Notify,
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
        Self { limiter, changed: Notify::new(), clock, max_wait, max_urgent_wait, max_budget_wait }
    }

    /// Limits how long calls of normal priority wait for an exhausted budget.
    pub(super) fn with_budget_wait(self, max_budget_wait: Duration) -> Self {
        Self { max_budget_wait, ..self }
    }

    /// Waits until a call may be sent, and returns how long that took. `waited` is how long the call has waited before.
    ///
    /// Fails instead of waiting for a pause that exceeds the call's maximum wait; a bulk call waits for a rate limit of
    /// any length, but not for a long edge block. An urgent call also fails instead of waiting too long in the queue, and
    /// a call of normal priority instead of waiting too long for an exhausted budget.
    ///
    /// The clock may be set back while a call waits. Waits are therefore counted as durations, and each counts at most as
    /// long as the call intended to wait.
    pub(super) async fn enter(
        &self,
        lane: Lane,
        priority: Priority,
        mut waited: Duration,
    ) -> Result<Duration> {
        let ticket = self.lock().enqueue(lane, priority);
        let position = QueuePosition { gate: self, lane, ticket };
        loop {
            // Start listening before asking the limiter, so that no change in between is missed.
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let now = self.clock.now();
            let turn = self.lock().turn(lane, position.ticket, now);
            let wake_at = match turn {
                Turn::Go => return Ok(waited),
                Turn::Behind => {
                    if let Some(error) = self.queue_wait_error(&position, priority, waited, now) {
                        return Err(error);
                    }
                    changed.await;
                    waited += until(now, self.clock.now()).min(self.lock().budget(lane).pace().per);
                    continue;
                }
                Turn::At(moment) => {
                    if self.budget_wait_is_too_long(priority, moment, waited, now) {
                        return Err(Error::RateLimited { until: moment });
                    }
                    moment
                }
                Turn::Paused(pause) => {
                    if let Some(error) = self.pause_error(pause, priority, waited, now) {
                        return Err(error);
                    }
                    pause.until
                }
            };
            let wait = until(now, wake_at);
            tokio::select! {
                () = self.clock.sleep(wait) => waited += wait,
                () = changed => waited += until(now, self.clock.now()).min(wait),
            }
        }
    }

    /// Updates from the rate header of a response.
    pub(super) fn observe(&self, lane: Lane, header: &RateHeader) {
        self.lock().observe(lane, header, self.clock.now());
        self.changed.notify_waiters();
    }

    /// Pauses the budgets that `error` affects: one for Trakt's rate limit, both for the edge, which blocks the address
    /// and not the call.
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
        self.changed.notify_waiters();
    }

    /// Ends all pauses.
    pub(super) fn end_pauses(&self) {
        self.lock().end_pauses();
        self.changed.notify_waiters();
    }

    /// The maximum total wait of a call of `priority` before it fails with the reason.
    pub(super) fn max_total_wait(&self, priority: Priority) -> Duration {
        match priority {
            Priority::Urgent => self.max_urgent_wait.min(self.max_wait),
            Priority::Normal | Priority::Bulk => self.max_wait,
        }
    }

    pub(super) fn budget(&self, lane: Lane) -> Budget {
        self.lock().budget(lane).clone()
    }

    /// Why a call should fail instead of waiting behind others, if it should.
    fn queue_wait_error(
        &self,
        position: &QueuePosition<'_>,
        priority: Priority,
        waited: Duration,
        now: DateTime<Utc>,
    ) -> Option<Error> {
        let limiter = self.lock();
        let pause = limiter.budget(position.lane).pause_at(now);
        let expected = || limiter.expected(position.lane, position.ticket, now);
        let expected = (priority == Priority::Urgent).then(expected);
        drop(limiter);
        if let Some(error) = pause.and_then(|pause| self.pause_error(pause, priority, waited, now)) {
            return Some(error);
        }
        expected
            .filter(|until| self.exceeds_urgent_wait(*until, waited, now))
            .map(|until| Error::RateLimited { until })
    }

    /// Whether a call should fail instead of waiting until `moment` for an exhausted budget.
    fn budget_wait_is_too_long(
        &self,
        priority: Priority,
        moment: DateTime<Utc>,
        waited: Duration,
        now: DateTime<Utc>,
    ) -> bool {
        match priority {
            Priority::Urgent => self.exceeds_urgent_wait(moment, waited, now),
            Priority::Normal => until(now, moment) > self.max_budget_wait,
            Priority::Bulk => false,
        }
    }

    fn exceeds_urgent_wait(&self, moment: DateTime<Utc>, waited: Duration, now: DateTime<Utc>) -> bool {
        waited + until(now, moment) > self.max_total_wait(Priority::Urgent)
    }

    /// Why a call should fail instead of waiting for `pause`, if it should.
    fn pause_error(
        &self,
        pause: Pause,
        priority: Priority,
        waited: Duration,
        now: DateTime<Utc>,
    ) -> Option<Error> {
        let waited = if priority == Priority::Urgent { waited } else { Duration::ZERO };
        let long = waited + until(now, pause.until) > self.max_total_wait(priority);
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
        self.gate.changed.notify_waiters();
    }
}

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;

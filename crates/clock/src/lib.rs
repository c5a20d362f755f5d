//! Time as a dependency, so that tests can control it.
//!
//! Code never asks the operating system for the time; it uses the [`Clock`] that is passed to it. Programs use a
//! [`SystemClock`], tests a [`ManualClock`] that they advance.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::sync::watch;

/// The source of the time, and a way to wait.
pub trait Clock: Send + Sync + 'static {
    /// Returns the current time.
    fn now(&self) -> DateTime<Utc>;

    /// Returns the time since some fixed moment in the past. Unlike [`Clock::now`], it never goes back when the
    /// clock is set, so it is used to measure waits. The default implementation is for clocks that are never set
    /// back.
    fn elapsed(&self) -> Duration {
        until(DateTime::<Utc>::UNIX_EPOCH, self.now())
    }

    /// Returns a future that is ready once `duration` has passed, even if [`Clock::now`] is changed meanwhile.
    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()>;
}

/// The end of a wait. Setting the clock back or forward does not change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline(Duration);

impl Deadline {
    /// Creates a deadline `wait` from now.
    pub fn after(clock: &(impl Clock + ?Sized), wait: Duration) -> Self {
        Self(clock.elapsed().saturating_add(wait))
    }

    /// Returns the remaining time; zero if the deadline has passed.
    pub fn left(&self, clock: &(impl Clock + ?Sized)) -> Duration {
        self.0.saturating_sub(clock.elapsed())
    }
}

/// Returns `now + duration`, or the latest possible date if that is out of range.
pub fn after(now: DateTime<Utc>, duration: Duration) -> DateTime<Utc> {
    chrono::Duration::from_std(duration)
        .ok()
        .and_then(|span| now.checked_add_signed(span))
        .unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Returns the time from `now` until `moment`; zero if `moment` has passed.
pub fn until(now: DateTime<Utc>, moment: DateTime<Utc>) -> Duration {
    (moment - now).to_std().unwrap_or(Duration::ZERO)
}

/// The computer's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the only place that reads the wall clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    fn elapsed(&self) -> Duration {
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        tokio::time::sleep(duration).boxed()
    }
}

/// A clock whose time changes only when a test changes it. Clones share the same time.
///
/// ```
/// use clock::{Clock, ManualClock};
/// use std::time::Duration;
///
/// let clock = ManualClock::new("2026-10-01T20:00:00Z".parse().unwrap());
/// clock.advance(Duration::from_secs(60));
/// assert_eq!(clock.now().to_rfc3339(), "2026-10-01T20:01:00+00:00");
/// ```
#[derive(Debug, Clone)]
pub struct ManualClock {
    time: Arc<watch::Sender<Reading>>,
    sleepers: Arc<watch::Sender<usize>>,
    slept: Arc<Mutex<Vec<Duration>>>,
    auto_advance: bool,
}

/// The times shown by a [`ManualClock`].
#[derive(Debug, Clone, Copy)]
struct Reading {
    now: DateTime<Utc>,
    elapsed: Duration,
}

impl ManualClock {
    /// Creates a clock that shows `start`.
    pub fn new(start: DateTime<Utc>) -> Self {
        Self {
            time: Arc::new(watch::Sender::new(Reading { now: start, elapsed: Duration::ZERO })),
            sleepers: Arc::new(watch::Sender::new(0)),
            slept: Arc::new(Mutex::new(Vec::new())),
            auto_advance: false,
        }
    }

    /// Makes every sleep advance the clock by its length and return immediately: waiting takes no time, and the test
    /// can check [`ManualClock::slept`] afterwards.
    pub fn auto_advance(mut self) -> Self {
        self.auto_advance = true;
        self
    }

    /// Advances the clock and wakes all sleepers whose wait has ended.
    pub fn advance(&self, duration: Duration) {
        self.time.send_modify(|time| {
            time.now = after(time.now, duration);
            time.elapsed = time.elapsed.saturating_add(duration);
        });
    }

    /// Sets the clock to `moment`. If that is in the future, the time until then passes; if it is in the past, the
    /// clock is set back and no time passes.
    pub fn set(&self, moment: DateTime<Utc>) {
        self.time.send_modify(|time| {
            time.elapsed = time.elapsed.saturating_add(until(time.now, moment));
            time.now = moment;
        });
    }

    /// Returns all requested sleeps so far, in order.
    pub fn slept(&self) -> Vec<Duration> {
        self.log().clone()
    }

    /// Waits until at least `count` tasks are sleeping on this clock, so that a test does not have to guess when to
    /// advance it.
    pub async fn wait_for_sleepers(&self, count: usize) {
        let mut sleepers = self.sleepers.subscribe();
        // The sender is owned by `self`, so waiting cannot fail.
        let _ = sleepers.wait_for(|asleep| *asleep >= count).await;
    }

    fn log(&self) -> MutexGuard<'_, Vec<Duration>> {
        self.slept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        self.time.borrow().now
    }

    fn elapsed(&self) -> Duration {
        self.time.borrow().elapsed
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        self.log().push(duration);
        if self.auto_advance {
            self.advance(duration);
            return futures::future::ready(()).boxed();
        }
        let wake_at = Deadline::after(self, duration);
        let mut time = self.time.subscribe();
        let asleep = Asleep::new(self.sleepers.clone());
        async move {
            // An error means that all clones of the clock were dropped. Nothing can wake this sleeper, so it sleeps
            // forever.
            if time.wait_for(|time| time.elapsed >= wake_at.0).await.is_err() {
                std::future::pending::<()>().await;
            }
            drop(asleep);
        }
        .boxed()
    }
}

/// Counts as one sleeper while it exists.
struct Asleep(Arc<watch::Sender<usize>>);

impl Asleep {
    fn new(count: Arc<watch::Sender<usize>>) -> Self {
        count.send_modify(|asleep| *asleep += 1);
        Self(count)
    }
}

impl Drop for Asleep {
    fn drop(&mut self) {
        self.0.send_modify(|asleep| *asleep -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> ManualClock {
        ManualClock::new(DateTime::<Utc>::UNIX_EPOCH)
    }

    #[tokio::test]
    async fn a_sleeper_wakes_when_its_duration_has_passed_and_not_before() {
        let clock = clock();
        let task = tokio::spawn(clock.sleep(Duration::from_secs(10)));
        clock.wait_for_sleepers(1).await;

        clock.advance(Duration::from_secs(9));
        tokio::task::yield_now().await;
        assert!(!task.is_finished());

        clock.advance(Duration::from_secs(1));
        task.await.unwrap();
    }

    #[tokio::test]
    async fn a_clock_with_auto_advance_never_waits() {
        let clock = clock().auto_advance();
        clock.sleep(Duration::from_secs(3600)).await;
        assert_eq!(clock.now().timestamp(), 3600);
        assert_eq!(clock.slept().len(), 1);
    }

    #[tokio::test]
    async fn setting_the_clock_back_does_not_extend_a_wait() {
        let clock = clock();
        clock.advance(Duration::from_secs(7200));
        let deadline = Deadline::after(&clock, Duration::from_secs(10));
        let task = tokio::spawn(clock.sleep(Duration::from_secs(10)));
        clock.wait_for_sleepers(1).await;
        clock.set(DateTime::<Utc>::UNIX_EPOCH + chrono::TimeDelta::hours(1));
        assert_eq!(deadline.left(&clock), Duration::from_secs(10));
        clock.advance(Duration::from_secs(10));
        task.await.unwrap();
        assert_eq!(deadline.left(&clock), Duration::ZERO);
    }

    #[test]
    fn adding_a_huge_duration_gives_the_latest_possible_date() {
        assert_eq!(after(DateTime::<Utc>::UNIX_EPOCH, Duration::MAX), DateTime::<Utc>::MAX_UTC);
    }
}

//! The simulator's own clock: real time by default, but it can be frozen, moved or made to drift.

use std::time::SystemTime;

use chrono::{DateTime, Duration, TimeZone, Timelike, Utc};

/// The simulator's time. Everything that depends on time (tokens, limits, resume points, what is being watched) uses
/// this clock, so that a test can skip six months in one call.
#[derive(Debug, Clone)]
pub struct Clock {
    /// The machine's time at which this clock showed `shown`; `None` while it is frozen.
    started: Option<DateTime<Utc>>,
    shown: DateTime<Utc>,
    /// Seconds gained per hour.
    drift: i64,
}

impl Clock {
    /// Creates a clock that follows the machine's.
    pub(crate) fn real() -> Self {
        Self::starting_at(machine_time())
    }

    /// Creates a clock that starts at `start` and continues at the machine's pace.
    pub(crate) fn starting_at(start: DateTime<Utc>) -> Self {
        Self { started: Some(machine_time()), shown: start, drift: 0 }
    }

    /// Creates a clock that is frozen at `at` until it is advanced.
    pub(crate) fn frozen_at(at: DateTime<Utc>) -> Self {
        Self { started: None, shown: at, drift: 0 }
    }

    /// Returns the current time in whole seconds, which is Trakt's precision.
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.precise();
        now.with_nanosecond(0).unwrap_or(now)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        self.shown += self.drifted(by);
    }

    pub(crate) fn freeze(&mut self, at: Option<DateTime<Utc>>) {
        self.shown = at.unwrap_or_else(|| self.precise());
        self.started = None;
    }

    pub(crate) fn run(&mut self) {
        self.shown = self.precise();
        self.started = Some(machine_time());
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.started.is_none()
    }

    /// Makes the clock gain (or lose) this many seconds per hour from now on, also when it is advanced.
    pub(crate) fn set_drift(&mut self, seconds_per_hour: i64) {
        let frozen = self.is_frozen();
        self.run();
        if frozen {
            self.started = None;
        }
        self.drift = seconds_per_hour;
    }

    pub(crate) fn drift(&self) -> i64 {
        self.drift
    }

    fn precise(&self) -> DateTime<Utc> {
        match self.started {
            Some(started) => self.shown + self.drifted(machine_time() - started),
            None => self.shown,
        }
    }

    fn drifted(&self, elapsed: Duration) -> Duration {
        elapsed + Duration::milliseconds(elapsed.num_milliseconds() * self.drift / 3600)
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the simulator reads the machine's clock")]
fn machine_time() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// Formats a time as Trakt does: ISO 8601, UTC, whole seconds, `.000Z`.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// Formats a time for the `Date` header.
pub(crate) fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Truncates a time to the minute, as Trakt does (trakt-api discussion 694).
pub(crate) fn to_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = at.timestamp();
    Utc.timestamp_opt(seconds - seconds.rem_euclid(60), 0).single().unwrap_or(at)
}

/// Parses a time or a date in Trakt's parameters and bodies.
pub(crate) fn parse_time(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.with_timezone(&Utc));
    }
    for pattern in ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%MZ"] {
        if let Ok(at) = chrono::NaiveDateTime::parse_from_str(text, pattern) {
            return Some(at.and_utc());
        }
    }
    let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_time(chrono::NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_advanced() {
        let start = parse_time("2026-11-21T03:44:55Z").expect("a valid time");
        let mut clock = Clock::frozen_at(start);
        assert_eq!(clock.now(), start);
        clock.advance(Duration::days(180));
        assert_eq!(clock.now(), start + Duration::days(180));
    }

    #[test]
    fn a_drifting_clock_gains_time_in_small_steps_too() {
        let start = parse_time("2026-11-21T03:44:55Z").expect("a valid time");
        let mut clock = Clock::frozen_at(start);
        clock.set_drift(60);
        for _ in 0..120 {
            clock.advance(Duration::seconds(30));
        }
        assert_eq!(clock.now(), start + Duration::seconds(3660));
    }

    #[test]
    fn times_are_whole_seconds() {
        let at = parse_time("2026-11-21T03:44:55.900Z").expect("a valid time");
        assert_eq!(stamp(Clock::frozen_at(at).now()), "2026-11-21T03:44:55.000Z");
        assert_eq!(stamp(at), "2026-11-21T03:44:55.000Z");
        assert_eq!(http_date(at), "Sat, 21 Nov 2026 03:44:55 GMT");
    }

    #[test]
    fn to_minute_truncates_instead_of_rounding() {
        let at = parse_time("2026-11-21T03:44:55.900Z").expect("a valid time");
        assert_eq!(stamp(to_minute(at)), "2026-11-21T03:44:00.000Z");
    }
}

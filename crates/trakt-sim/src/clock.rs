//! The simulator's own clock: real time by default, and free to be frozen or moved.

use std::time::SystemTime;

use chrono::{DateTime, Duration, SecondsFormat, TimeZone, Timelike, Utc};

/// The time that a simulator lives in. Everything that depends on time (tokens, limits, resume points, watching now)
/// asks this clock, so that a test can let six months pass in one call.
#[derive(Debug, Clone)]
pub struct Clock {
    offset: Duration,
    frozen: Option<DateTime<Utc>>,
}

impl Clock {
    /// A clock that follows the machine's.
    pub(crate) fn real() -> Self {
        Self { offset: Duration::zero(), frozen: None }
    }

    /// A clock that starts at `start` and runs on from there at the machine's pace.
    pub(crate) fn starting_at(start: DateTime<Utc>) -> Self {
        Self { offset: start - machine_time(), frozen: None }
    }

    /// A clock that stands still at `at` until it is advanced.
    pub(crate) fn frozen_at(at: DateTime<Utc>) -> Self {
        Self { offset: Duration::zero(), frozen: Some(at) }
    }

    /// Now, to the millisecond as Trakt writes it.
    pub fn now(&self) -> DateTime<Utc> {
        let now = self.frozen.unwrap_or_else(|| machine_time() + self.offset);
        let millis = now.nanosecond() / 1_000_000 * 1_000_000;
        now.with_nanosecond(millis).unwrap_or(now)
    }

    pub(crate) fn advance(&mut self, by: Duration) {
        match &mut self.frozen {
            Some(at) => *at += by,
            None => self.offset += by,
        }
    }

    pub(crate) fn freeze(&mut self, at: Option<DateTime<Utc>>) {
        self.frozen = Some(at.unwrap_or_else(|| self.now()));
    }

    pub(crate) fn run(&mut self) {
        if let Some(at) = self.frozen.take() {
            self.offset = at - machine_time();
        }
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the simulator reads the machine's clock")]
fn machine_time() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// A time as Trakt writes it: ISO 8601, UTC, milliseconds.
pub(crate) fn stamp(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Cuts a time to the minute, as Trakt keeps it (trakt-api discussion 694).
pub(crate) fn to_minute(at: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = at.timestamp();
    Utc.timestamp_opt(seconds - seconds.rem_euclid(60), 0).single().unwrap_or(at)
}

/// Reads a time or a date as Trakt's parameters and bodies hold it.
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
    fn a_frozen_clock_moves_only_when_it_is_told() {
        let start = parse_time("2026-11-21T03:44:55Z").expect("a valid time");
        let mut clock = Clock::frozen_at(start);
        assert_eq!(clock.now(), start);
        clock.advance(Duration::days(180));
        assert_eq!(clock.now(), start + Duration::days(180));
    }

    #[test]
    fn minutes_are_cut_not_rounded() {
        let at = parse_time("2026-11-21T03:44:55.900Z").expect("a valid time");
        assert_eq!(stamp(to_minute(at)), "2026-11-21T03:44:00.000Z");
    }
}

//! Decides when a changed library is scanned; pure functions.

use chrono::{DateTime, TimeDelta, Utc};

/// A folder is scanned when it has had no changes for this long. A file that is being copied changes all the
/// time.
const QUIET: TimeDelta = TimeDelta::seconds(2);
/// A folder that changes all the time is scanned after this time anyway, because other files may appear
/// during a long copy.
const MAX_WAIT: TimeDelta = TimeDelta::seconds(10);
/// A folder that changes all the time waits at least this many times the duration of the last scan.
const DURATION_FACTOR: i32 = 5;

/// A library with changes that have not been scanned yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    first: DateTime<Utc>,
    last: DateTime<Utc>,
}

impl Waiting {
    /// Starts with a first change.
    pub(super) fn since(now: DateTime<Utc>) -> Self {
        Self { first: now, last: now }
    }

    /// Records another change.
    pub(super) fn record(&mut self, now: DateTime<Utc>) {
        self.last = now;
    }

    /// Whether to scan now, given the duration of the last scan.
    pub(super) fn is_due(&self, now: DateTime<Utc>, last_duration: TimeDelta) -> bool {
        now - self.last >= QUIET || now - self.first >= MAX_WAIT.max(last_duration * DURATION_FACTOR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// The second at which a folder that changes every second is scanned.
    fn scanned_when_busy(last_duration: TimeDelta) -> Option<i64> {
        let mut waiting = Waiting::since(at(0));
        (1..1_000).find(|&second| {
            waiting.record(at(second));
            waiting.is_due(at(second), last_duration)
        })
    }

    #[test]
    fn a_folder_is_scanned_when_it_stops_changing() {
        let mut waiting = Waiting::since(at(0));
        waiting.record(at(1));
        assert!(!waiting.is_due(at(2), TimeDelta::zero()), "changed a second ago");
        assert!(waiting.is_due(at(3), TimeDelta::zero()));
    }

    #[test]
    fn a_constantly_changing_folder_is_scanned_at_intervals() {
        assert_eq!(scanned_when_busy(TimeDelta::zero()), Some(10));
        assert_eq!(scanned_when_busy(TimeDelta::seconds(60)), Some(300), "a large library on a slow disk");
    }
}

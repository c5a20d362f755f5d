//! Decides when a changed library is scanned; pure functions.

use chrono::{DateTime, TimeDelta, Utc};

/// A folder is scanned once it has been quiet for this long; a file that is being copied keeps it busy.
const QUIET: TimeDelta = TimeDelta::seconds(2);
/// A folder that is never quiet is scanned after this time anyway, because other files may appear alongside a long
/// copy.
const PATIENCE: TimeDelta = TimeDelta::seconds(10);
/// A scan of a busy folder may take this part of the time at most.
const SHARE: i32 = 5;

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
    pub(super) fn noticed(&mut self, now: DateTime<Utc>) {
        self.last = now;
    }

    /// Whether to scan now, given how long the last scan took.
    pub(super) fn is_due(&self, now: DateTime<Utc>, last_took: TimeDelta) -> bool {
        now - self.last >= QUIET || now - self.first >= PATIENCE.max(last_took * SHARE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    /// The second at which a folder is scanned that is busy until then.
    fn scanned_when_busy(last_took: TimeDelta) -> Option<i64> {
        let mut waiting = Waiting::since(at(0));
        (1..1_000).find(|&second| {
            waiting.noticed(at(second));
            waiting.is_due(at(second), last_took)
        })
    }

    #[test]
    fn a_folder_is_scanned_when_it_is_quiet() {
        let mut waiting = Waiting::since(at(0));
        waiting.noticed(at(1));
        assert!(!waiting.is_due(at(2), TimeDelta::zero()), "changed a second ago");
        assert!(waiting.is_due(at(3), TimeDelta::zero()));
    }

    #[test]
    fn a_folder_that_is_never_quiet_is_scanned_but_not_all_the_time() {
        assert_eq!(scanned_when_busy(TimeDelta::zero()), Some(10));
        assert_eq!(scanned_when_busy(TimeDelta::seconds(60)), Some(300), "a large library on a slow disk");
    }
}

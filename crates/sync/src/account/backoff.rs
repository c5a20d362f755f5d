//! How long to wait after failures: doubling, capped. No jitter, because there is one worker per account.

use chrono::TimeDelta;

const FIRST: TimeDelta = TimeDelta::seconds(5);
const LONGEST: TimeDelta = TimeDelta::minutes(15);
/// Longer than any message waits for its next attempt: Trakt's client caps pauses at one hour.
pub(crate) const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(61);

/// The wait after `failures` failures in a row.
pub(crate) fn after(failures: u32) -> TimeDelta {
    let doublings = failures.saturating_sub(1).min(16);
    (FIRST * (1 << doublings)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (1..=10).map(|failures| after(failures).num_seconds()).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(after(u32::MAX), LONGEST);
    }
}

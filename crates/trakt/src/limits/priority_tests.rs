//! Properties of the queue: scrobbles come first, whatever else is waiting.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

/// Sends everything that waits, as fast as the limiter allows, until `until`.
fn drain(
    limiter: &mut Limiter,
    lane: Lane,
    waiting: &mut Vec<Ticket>,
    mut now: DateTime<Utc>,
    until: DateTime<Utc>,
) {
    while now < until {
        let Some(first) = waiting.first() else { return };
        match limiter.turn(lane, *first, now) {
            Turn::Go => drop(waiting.remove(0)),
            Turn::At(moment) => now = moment,
            other => panic!("{other:?}"),
        }
    }
}

proptest! {
    /// However many other calls are waiting, and for however long: if the budget is large enough for a reserve, the
    /// next scrobble is sent immediately, otherwise after one window.
    #[test]
    fn a_scrobble_never_waits_for_calls_of_lower_priority(
        bulk in 0usize..700,
        normal in 0usize..700,
        after_millis in 0i64..600_000,
        lane in prop_oneof![
            Just((Lane::Read, Pace::new(500, Duration::from_secs(300)), TimeDelta::zero())),
            Just((Lane::Write, Pace::new(1, Duration::from_secs(1)), TimeDelta::milliseconds(1_100))),
        ],
    ) {
        let (lane, pace, longest) = lane;
        let mut limiter = Limiter::new(pace, pace);
        let mut waiting: Vec<Ticket> =
            (0..normal).map(|_| limiter.enqueue(lane, Priority::Normal)).collect();
        waiting.extend((0..bulk).map(|_| limiter.enqueue(lane, Priority::Bulk)));
        let now = start() + TimeDelta::milliseconds(after_millis);
        drain(&mut limiter, lane, &mut waiting, start(), now);

        let scrobble = limiter.enqueue(lane, Priority::Urgent);
        let expected = limiter.expected(lane, scrobble, now);
        prop_assert!(expected <= now + longest, "waits {}", expected - now);
        prop_assert_eq!(limiter.turn(lane, scrobble, expected), Turn::Go);
    }

    #[test]
    fn the_predicted_time_of_an_urgent_call_is_exact(
        ahead in 0usize..30,
        calls in 1u32..10,
        per in 1u64..5_000,
        pause in prop::option::of(0i64..600),
    ) {
        let pace = Pace::new(calls, Duration::from_millis(per));
        let mut limiter = Limiter::new(pace, pace);
        if let Some(seconds) = pause {
            let until = start() + TimeDelta::seconds(seconds);
            limiter.pause(Lane::Write, Pause { until, reason: PauseReason::RateLimit }, start());
        }
        let mut queue: Vec<Ticket> =
            (0..=ahead).map(|_| limiter.enqueue(Lane::Write, Priority::Urgent)).collect();
        let predicted = limiter.expected(Lane::Write, queue[ahead], start());
        let mut now = start();
        while let Some(first) = queue.first() {
            match limiter.turn(Lane::Write, *first, now) {
                Turn::Go => drop(queue.remove(0)),
                Turn::At(moment) | Turn::Paused(Pause { until: moment, .. }) => now = moment,
                Turn::Behind => prop_assert!(false, "the first call in the queue is never behind"),
            }
        }
        prop_assert_eq!(predicted, now);
    }
}

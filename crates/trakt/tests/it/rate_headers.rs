//! How the limiter combines the rate headers of several responses.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use trakt::Priority;
use trakt::limits::{Lane, Limiter, Pace, RateHeader, Turn};

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

/// A limiter that read these headers at `start`: calls left, and the end of the window in milliseconds from `start`.
fn limiter(headers: &[(u32, i64)]) -> Limiter {
    let pace = Pace::new(1_000, Duration::from_secs(300));
    let mut limiter = Limiter::new(pace, pace);
    for (remaining, until) in headers {
        let header = RateHeader {
            name: String::new(),
            period: Duration::from_secs(300),
            limit: 500,
            remaining: *remaining,
            until: Some(start() + TimeDelta::milliseconds(*until)),
        };
        limiter.observe(Lane::Read, &header, start());
    }
    limiter
}

/// How many calls can be sent at `start`, up to ten, and when the next one can follow, in milliseconds from `start`.
fn calls(mut limiter: Limiter) -> (usize, Option<i64>) {
    for sent in 0..10 {
        let ticket = limiter.enqueue(Lane::Read, Priority::Urgent);
        match limiter.turn(Lane::Read, ticket, start()) {
            Turn::Go => {}
            Turn::At(moment) => return (sent, Some((moment - start()).num_milliseconds())),
            other => panic!("{other:?}"),
        }
    }
    (10, None)
}

#[rstest::rstest]
#[case::the_older_response_comes_last(&[(1, 60_000), (5, 60_000)], (1, Some(60_000)))]
#[case::the_newer_response_comes_last(&[(5, 60_000), (1, 60_000)], (1, Some(60_000)))]
#[case::the_same_window_rounded_differently(&[(1, 60_000), (5, 60_999)], (1, Some(60_999)))]
#[case::the_next_window_a_second_later(&[(0, 60_000), (3, 61_000)], (3, Some(61_000)))]
#[case::a_window_that_ends_earlier(&[(0, 60_000), (2, 30_000)], (2, Some(30_000)))]
#[case::nothing_left(&[(0, 60_000)], (0, Some(60_000)))]
#[case::no_window_is_longer_than_its_period(&[(0, 1_000_000)], (0, Some(300_000)))]
#[case::more_than_enough(&[(400, 60_000)], (10, None))]
fn calls_follow_the_headers(#[case] headers: &[(u32, i64)], #[case] expected: (usize, Option<i64>)) {
    assert_eq!(calls(limiter(headers)), expected);
}

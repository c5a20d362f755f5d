//! Properties of the limiter: whatever calls arrive in whatever order, Trakt never receives more than it allows, urgent
//! calls never wait for others, and no call waits forever.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use clock::after;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_760_000_000, 0).unwrap()
}

fn limiter(calls: u32, per_millis: u64) -> Limiter {
    let pace = Pace::new(calls, Duration::from_millis(per_millis));
    Limiter::new(pace, pace)
}

/// Sends `count` calls as fast as the budget allows and returns when each was sent.
fn send_all(budget: &mut Budget, count: usize, gaps: &[u64]) -> Vec<DateTime<Utc>> {
    let mut now = start();
    let mut sent = Vec::new();
    while sent.len() < count {
        now += TimeDelta::milliseconds(gaps.get(sent.len()).copied().unwrap_or(0) as i64);
        match budget.take(now, 0) {
            Ok(()) => sent.push(now),
            Err(free_at) => {
                assert!(free_at > now, "the wait must end in the future, or the caller spins");
                now = free_at;
            }
        }
    }
    sent
}

proptest! {
    #[test]
    fn no_window_contains_more_calls_than_allowed(
        calls in 1u32..20,
        per in 1u64..5_000,
        gaps in prop::collection::vec(0u64..2_000, 0..80),
    ) {
        let pace = Pace::new(calls, Duration::from_millis(per));
        let sent = send_all(&mut Budget::new(pace), 80, &gaps);
        for (index, first) in sent.iter().enumerate() {
            let end = after(*first, pace.per);
            let inside = sent[index..].iter().filter(|moment| **moment < end).count();
            prop_assert!(inside <= calls as usize);
        }
    }

    #[test]
    fn the_remaining_calls_that_trakt_reports_are_never_exceeded(remaining in 0u32..10, seconds in 1i64..300) {
        let mut budget = Budget::new(Pace::new(1_000, Duration::from_secs(1)));
        let until = start() + TimeDelta::seconds(seconds);
        let header = RateHeader {
            name: String::new(),
            period: Duration::from_secs(300),
            limit: 500,
            remaining,
            until: Some(until),
        };
        budget.observe(&header, start());
        let sent = send_all(&mut budget, 30, &[]);
        prop_assert_eq!(sent.iter().filter(|moment| **moment < until).count(), remaining as usize);
    }

    #[test]
    fn calls_are_sent_by_priority_and_then_by_arrival(
        kinds in prop::collection::vec(0u8..3, 1..40),
        per in 1u64..1_000,
    ) {
        let mut limiter = limiter(1, per);
        let mut waiting: Vec<(Priority, Ticket)> = kinds
            .iter()
            .map(|kind| [Priority::Urgent, Priority::Normal, Priority::Bulk][*kind as usize])
            .map(|priority| (priority, limiter.enqueue(Lane::Write, priority)))
            .collect();
        let mut now = start();
        let mut order = Vec::new();
        while !waiting.is_empty() {
            let turns: Vec<Turn> =
                waiting.iter().map(|(_, ticket)| limiter.turn(Lane::Write, *ticket, now)).collect();
            let sends = turns.iter().filter(|turn| **turn == Turn::Go).count();
            prop_assert!(sends <= 1, "one call per window");
            match turns.iter().position(|turn| *turn == Turn::Go) {
                Some(index) => order.push(waiting.remove(index)),
                None => now += TimeDelta::milliseconds(7),
            }
        }
        prop_assert!(order.is_sorted(), "sent by priority, then by arrival");
    }

    #[test]
    fn a_pause_stops_its_lane_until_it_ends(seconds in 1i64..600, calls in 1u32..5) {
        let mut limiter = limiter(calls, 1_000);
        let until = start() + TimeDelta::seconds(seconds);
        limiter.pause(Lane::Read, Pause { until, reason: PauseReason::RateLimit }, start());
        let read = limiter.enqueue(Lane::Read, Priority::Urgent);
        let write = limiter.enqueue(Lane::Write, Priority::Bulk);
        let before = until - TimeDelta::milliseconds(1);
        prop_assert!(matches!(limiter.turn(Lane::Read, read, before), Turn::Paused(_)));
        prop_assert_eq!(limiter.turn(Lane::Write, write, before), Turn::Go, "the budgets are separate");
        prop_assert_eq!(limiter.turn(Lane::Read, read, until), Turn::Go);
    }
}

/// Something that happens to a limiter while calls wait.
#[derive(Debug, Clone)]
enum Event {
    Header { limit: u32, period: u64, remaining: u32, until: Option<i64> },
    Pause { seconds: i64 },
    Later { millis: i64 },
    SetBack { seconds: i64 },
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        (0u32..20, 0u64..400, 0u32..20, prop::option::of(-400i64..4_000))
            .prop_map(|(limit, period, remaining, until)| Event::Header { limit, period, remaining, until }),
        (-10i64..600).prop_map(|seconds| Event::Pause { seconds }),
        (0i64..5_000).prop_map(|millis| Event::Later { millis }),
        (0i64..10_000).prop_map(|seconds| Event::SetBack { seconds }),
    ]
}

fn apply(limiter: &mut Limiter, event: &Event, now: &mut DateTime<Utc>) {
    match event {
        Event::Header { limit, period, remaining, until } => {
            let header = RateHeader {
                name: String::new(),
                period: Duration::from_secs(*period),
                limit: *limit,
                remaining: *remaining,
                until: until.map(|seconds| *now + TimeDelta::seconds(seconds)),
            };
            limiter.observe(Lane::Read, &header, *now);
        }
        Event::Pause { seconds } => {
            let until = *now + TimeDelta::seconds(*seconds);
            limiter.pause(Lane::Read, Pause { until, reason: PauseReason::RateLimit }, *now);
        }
        Event::Later { millis } => *now += TimeDelta::milliseconds(*millis),
        Event::SetBack { seconds } => *now -= TimeDelta::seconds(*seconds),
    }
}

proptest! {
    #[test]
    fn no_call_spins_or_waits_forever_whatever_the_headers_contain(
        events in prop::collection::vec(event(), 0..30),
        calls in 1usize..30,
    ) {
        let mut limiter = limiter(3, 1_000);
        let mut now = start();
        let mut waiting: Vec<Ticket> =
            (0..calls).map(|_| limiter.enqueue(Lane::Read, Priority::Normal)).collect();
        let longest = TimeDelta::seconds(601);
        let mut events = events.iter();
        for _ in 0..(calls + 30) * 3 {
            let Some(first) = waiting.first() else { break };
            match limiter.turn(Lane::Read, *first, now) {
                Turn::Go => {
                    waiting.remove(0);
                    if let Some(event) = events.next() {
                        apply(&mut limiter, event, &mut now);
                    }
                }
                Turn::At(moment) | Turn::Paused(Pause { until: moment, .. }) => {
                    prop_assert!(moment > now, "the wait must end in the future, or the caller spins");
                    prop_assert!(moment <= now + longest, "no wait is longer than its period or pause");
                    now = moment;
                }
                Turn::Behind => prop_assert!(false, "the first call in the queue is never behind"),
            }
        }
        prop_assert!(waiting.is_empty(), "{} calls still wait", waiting.len());
    }
}

proptest! {
    #[test]
    fn setting_the_clock_back_makes_no_wait_longer(
        sent in 1u32..8,
        back in 1i64..100_000,
        pause in prop::option::of(1i64..3_000),
        remaining in prop::option::of(1i64..60),
    ) {
        let mut budget = Budget::new(Pace::new(8, Duration::from_secs(60)));
        for _ in 0..sent {
            budget.take(start(), 0).unwrap();
        }
        if let Some(seconds) = remaining {
            let header = RateHeader {
                name: String::new(),
                period: Duration::from_secs(60),
                limit: 8,
                remaining: 0,
                until: Some(start() + TimeDelta::seconds(seconds)),
            };
            budget.observe(&header, start());
        }
        if let Some(seconds) = pause {
            let until = start() + TimeDelta::seconds(seconds);
            budget.pause(Pause { until, reason: PauseReason::RateLimit }, start());
        }
        let wait = |budget: &Budget, now: DateTime<Utc>| budget.free_after(8, now) - now;
        let earlier = start() - TimeDelta::seconds(back);
        prop_assert_eq!(wait(&budget, earlier), wait(&budget, start()));
    }
}

#[rstest]
#[case::a_year(365 * 86_400)]
#[case::forever(1_000_000_000)]
fn no_pause_is_longer_than_an_hour(#[case] seconds: i64) {
    let mut budget = Budget::new(Pace::new(1, Duration::from_secs(1)));
    let requested = Pause { until: start() + TimeDelta::seconds(seconds), reason: PauseReason::RateLimit };
    budget.pause(requested, start());
    assert_eq!(budget.pause_at(start()).unwrap().until, after(start(), LONGEST_PAUSE));
}

#[test]
fn a_budget_of_zero_calls_allows_one() {
    let mut budget = Budget::new(Pace { calls: 0, per: Duration::from_secs(1) });
    assert_eq!(budget.take(start(), 7), Ok(()));
    assert!(budget.take(start(), 7).is_err());
}

#[test]
fn a_window_that_ended_in_the_past_is_ignored() {
    let mut budget = Budget::new(Pace::new(8, Duration::from_secs(60)));
    let header = RateHeader {
        name: String::new(),
        period: Duration::from_secs(300),
        limit: 500,
        remaining: 0,
        until: Some(start() - TimeDelta::seconds(1)),
    };
    budget.observe(&header, start());
    assert_eq!(budget.take(start(), 0), Ok(()));
}

fn header(remaining: u32, ends_in: i64) -> RateHeader {
    RateHeader {
        name: String::new(),
        period: Duration::from_secs(300),
        limit: 500,
        remaining,
        until: Some(start() + TimeDelta::seconds(ends_in)),
    }
}

#[test]
fn usage_is_what_trakt_reported_plus_the_calls_sent_since() {
    let mut budget = Budget::new(Pace::new(500, Duration::from_secs(300)));
    let unused = Usage { used: 0, limit: 500, resets_at: None };
    assert_eq!(budget.usage(start()), unused);
    budget.take(start(), 0).unwrap();
    let own = budget.usage(start() + TimeDelta::seconds(1));
    assert_eq!((own.used, own.limit), (1, 500), "before the first response");

    // Other clients of the account have sent 35.
    budget.observe(&header(464, 180), start());
    let ends = start() + TimeDelta::seconds(180);
    assert_eq!(budget.usage(start()), Usage { used: 36, limit: 500, resets_at: Some(ends) });
    budget.take(start() + TimeDelta::seconds(2), 0).unwrap();
    assert_eq!(budget.usage(start() + TimeDelta::seconds(2)).used, 37);
    assert_eq!(budget.usage(ends), unused, "a new window");
    budget.take(ends + TimeDelta::seconds(1), 0).unwrap();
    assert!(budget.usage(ends + TimeDelta::seconds(1)).used >= 1);
}

#[test]
fn the_usage_of_an_exhausted_budget_equals_its_limit() {
    let mut budget = Budget::new(Pace::new(500, Duration::from_secs(300)));
    budget.observe(&header(0, 60), start());
    let ends = start() + TimeDelta::seconds(60);
    assert_eq!(budget.usage(start()), Usage { used: 500, limit: 500, resets_at: Some(ends) });
}

#[test]
fn usage_follows_a_clock_that_is_set_back() {
    let mut budget = Budget::new(Pace::new(500, Duration::from_secs(300)));
    budget.observe(&header(463, 180), start());
    let back = start() - TimeDelta::days(1);
    let resets_at = Some(back + TimeDelta::seconds(180));
    assert_eq!(budget.usage(back), Usage { used: 37, limit: 500, resets_at });
}

#[test]
fn a_shorter_pause_never_shortens_a_longer_one() {
    let mut budget = Budget::new(Pace::new(1, Duration::from_secs(1)));
    let long = Pause { until: start() + TimeDelta::seconds(300), reason: PauseReason::Edge(429) };
    budget.pause(long, start());
    budget.pause(Pause { until: start() + TimeDelta::seconds(5), reason: PauseReason::RateLimit }, start());
    assert_eq!(budget.pause_at(start()), Some(long));
}

#[test]
fn a_call_that_leaves_the_queue_does_not_block_it() {
    let mut limiter = limiter(1, 1_000);
    let leaving = limiter.enqueue(Lane::Write, Priority::Urgent);
    let next = limiter.enqueue(Lane::Write, Priority::Bulk);
    assert_eq!(limiter.turn(Lane::Write, next, start()), Turn::Behind);
    limiter.leave(Lane::Write, leaving);
    assert_eq!(limiter.turn(Lane::Write, next, start()), Turn::Go);
}

#[test]
fn the_rate_header_replaces_the_initial_pace() {
    let mut budget = Budget::new(Pace::new(1_000, Duration::from_secs(300)));
    let header =
        RateHeader::parse(r#"{"name":"AUTHED_API_GET_LIMIT","period":300,"limit":500,"remaining":499,"until":"2026-10-01T00:00:00Z"}"#)
            .unwrap();
    budget.observe(&header, start());
    assert_eq!(budget.pace(), Pace::new(500, Duration::from_secs(300)));
}

#[rstest]
#[case::not_json("soon")]
#[case::nothing("")]
#[case::another_shape(r#"{"limit":"many"}"#)]
fn an_invalid_rate_header_is_ignored(#[case] value: &str) {
    assert_eq!(RateHeader::parse(value), None);
}

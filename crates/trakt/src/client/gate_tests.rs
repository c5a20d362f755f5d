use futures::FutureExt;

use super::*;
use crate::limits::Pace;
use clock::{ManualClock, after};

fn gate_with(clock: &ManualClock, pace: Pace) -> Gate {
    let limiter = Limiter::new(pace, pace);
    Gate::new(limiter, Arc::new(clock.clone()), Duration::from_secs(60), Duration::from_secs(30))
}

fn gate(clock: &ManualClock) -> Gate {
    gate_with(clock, Pace::new(1, Duration::from_secs(1)))
}

fn clock() -> ManualClock {
    ManualClock::new(DateTime::<Utc>::UNIX_EPOCH)
}

#[tokio::test]
async fn a_scrobble_that_comes_last_overtakes_waiting_bulk_work() {
    let clock = clock();
    let gate = Arc::new(gate(&clock));
    gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).await.unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let queue = |priority: Priority| {
        let (gate, order) = (gate.clone(), order.clone());
        tokio::spawn(async move {
            gate.enter(Lane::Write, priority, Duration::ZERO).await.unwrap();
            order.lock().unwrap().push(priority);
        })
    };
    let tasks = [queue(Priority::Bulk), queue(Priority::Bulk)];
    clock.wait_for_sleepers(1).await;
    let urgent = queue(Priority::Urgent);
    while clock.slept().len() < 2 {
        tokio::task::yield_now().await;
    }
    for gone in 1..=3 {
        clock.advance(Duration::from_secs(2));
        while order.lock().unwrap().len() < gone {
            tokio::task::yield_now().await;
        }
    }
    urgent.await.unwrap();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [Priority::Urgent, Priority::Bulk, Priority::Bulk]);
}

#[tokio::test]
async fn a_long_pause_is_told_to_people_and_waited_out_by_bulk_work() {
    let clock = clock();
    let gate = gate(&clock);
    let until = after(clock.now(), Duration::from_secs(300));
    gate.pause_for(Lane::Read, &Error::RateLimited { until });
    let asked = gate.enter(Lane::Read, Priority::Normal, Duration::ZERO).await;
    assert!(matches!(asked, Err(Error::RateLimited { until: told }) if told == until));
    assert!(
        gate.enter(Lane::Read, Priority::Bulk, Duration::ZERO).now_or_never().is_none(),
        "bulk work waits"
    );
    assert!(
        gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).await.is_ok(),
        "writes have their own budget"
    );
}

#[tokio::test]
async fn the_edge_stops_reads_and_writes_of_every_priority() {
    let clock = clock();
    let gate = gate(&clock);
    let until = after(clock.now(), Duration::from_secs(300));
    gate.pause_for(Lane::Read, &Error::EdgeBlock { status: 403, until });
    for (lane, priority) in [(Lane::Read, Priority::Bulk), (Lane::Write, Priority::Urgent)] {
        let result = gate.enter(lane, priority, Duration::ZERO).await;
        assert!(matches!(result, Err(Error::EdgeBlock { status: 403, .. })));
    }
}

#[tokio::test]
async fn a_scrobble_that_would_wait_too_long_in_line_fails_with_the_time() {
    let clock = clock();
    let gate = gate_with(&clock, Pace::new(1, Duration::from_secs(40)));
    gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap();
    let late = gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap_err();
    let Error::RateLimited { until } = late else { panic!("{late}") };
    assert_eq!(until, after(clock.now(), Duration::from_millis(40_100)));
    // A person waits longer than a scrobble does.
    assert!(gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).now_or_never().is_none());
}

#[tokio::test]
async fn a_scrobble_behind_too_many_others_fails_at_once() {
    let clock = clock();
    let gate = gate_with(&clock, Pace::new(1, Duration::from_secs(1)));
    gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap();
    let line: Vec<_> = (0..40).map(|_| gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO)).collect();
    let outcomes: Vec<_> = futures::future::join_all(line.into_iter().map(|call| async {
        tokio::select! {
            biased;
            outcome = call => Some(outcome),
            () = tokio::task::yield_now() => None,
        }
    }))
    .await;
    let refused = outcomes.iter().flatten().filter(|outcome| outcome.is_err()).count();
    let waiting = outcomes.iter().filter(|outcome| outcome.is_none()).count();
    assert!((25..=30).contains(&waiting) && refused + waiting == 40, "{refused} refused, {waiting} wait");
}

#[tokio::test]
async fn what_a_scrobble_has_waited_before_counts() {
    let clock = clock().auto_advance();
    let gate = gate_with(&clock, Pace::new(1, Duration::from_secs(20)));
    gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap();
    let waited = gate.enter(Lane::Write, Priority::Urgent, Duration::from_secs(5)).await.unwrap();
    assert_eq!(waited, Duration::from_millis(25_100));
    let result = gate.enter(Lane::Write, Priority::Urgent, waited).await;
    assert!(matches!(result, Err(Error::RateLimited { .. })));
}

/// A server whose clock was an hour ahead and is corrected: calls continue after the second they had to wait.
#[tokio::test]
async fn a_clock_set_back_by_an_hour_stops_nothing() {
    let clock = clock().auto_advance();
    clock.advance(Duration::from_secs(7200));
    let gate = gate(&clock);
    gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).await.unwrap();
    clock.set(clock.now() - chrono::TimeDelta::hours(1));
    gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).await.unwrap();
    assert_eq!(clock.slept().iter().sum::<Duration>(), Duration::from_millis(1_100));

    let until = after(clock.now(), Duration::from_secs(20));
    gate.pause_for(Lane::Write, &Error::RateLimited { until });
    clock.set(clock.now() - chrono::TimeDelta::hours(1));
    gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).await.unwrap();
    assert!(clock.slept().iter().sum::<Duration>() < Duration::from_secs(25));
}

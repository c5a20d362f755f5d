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
async fn a_new_scrobble_overtakes_waiting_bulk_calls() {
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
    for sent in 1..=3 {
        clock.advance(Duration::from_secs(2));
        while order.lock().unwrap().len() < sent {
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
async fn a_long_pause_fails_normal_calls_and_is_waited_out_by_bulk_calls() {
    let clock = clock();
    let gate = gate(&clock);
    let until = after(clock.now(), Duration::from_secs(300));
    gate.pause_for(Lane::Read, &Error::RateLimited { until });
    let result = gate.enter(Lane::Read, Priority::Normal, Duration::ZERO).await;
    assert!(matches!(result, Err(Error::RateLimited { until: reported }) if reported == until));
    assert!(
        gate.enter(Lane::Read, Priority::Bulk, Duration::ZERO).now_or_never().is_none(),
        "bulk calls wait"
    );
    assert!(
        gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).await.is_ok(),
        "writes have their own budget"
    );
}

#[tokio::test]
async fn an_edge_block_stops_reads_and_writes_of_every_priority() {
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
async fn a_short_edge_block_is_waited_out() {
    let clock = clock();
    let gate = gate(&clock);
    let until = after(clock.now(), Duration::from_secs(20));
    gate.pause_for(Lane::Read, &Error::EdgeBlock { status: 429, until });
    let call = gate.enter(Lane::Read, Priority::Normal, Duration::ZERO);
    tokio::pin!(call);
    assert!(call.as_mut().now_or_never().is_none(), "the call waits");
    clock.advance(Duration::from_secs(20));
    assert_eq!(call.await.unwrap(), Duration::from_secs(20));
}

#[tokio::test]
async fn a_scrobble_that_would_wait_too_long_in_the_queue_fails_with_the_time() {
    let clock = clock();
    let gate = gate_with(&clock, Pace::new(1, Duration::from_secs(40)));
    gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap();
    let late = gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap_err();
    let Error::RateLimited { until } = late else { panic!("{late}") };
    assert_eq!(until, after(clock.now(), Duration::from_millis(40_100)));
    // A call of normal priority waits longer than a scrobble.
    assert!(gate.enter(Lane::Write, Priority::Normal, Duration::ZERO).now_or_never().is_none());
}

#[tokio::test]
async fn a_scrobble_behind_too_many_others_fails_immediately() {
    let clock = clock();
    let gate = gate_with(&clock, Pace::new(1, Duration::from_secs(1)));
    gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap();
    let queue: Vec<_> = (0..40).map(|_| gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO)).collect();
    let outcomes: Vec<_> = futures::future::join_all(queue.into_iter().map(|call| async {
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
async fn time_that_a_scrobble_already_waited_counts() {
    let clock = clock().auto_advance();
    let gate = gate_with(&clock, Pace::new(1, Duration::from_secs(20)));
    gate.enter(Lane::Write, Priority::Urgent, Duration::ZERO).await.unwrap();
    let waited = gate.enter(Lane::Write, Priority::Urgent, Duration::from_secs(5)).await.unwrap();
    assert_eq!(waited, Duration::from_millis(25_100));
    let result = gate.enter(Lane::Write, Priority::Urgent, waited).await;
    assert!(matches!(result, Err(Error::RateLimited { .. })));
}

/// The server's clock was an hour ahead and is corrected: calls still wait only for the second of their budget.
#[tokio::test]
async fn setting_the_clock_back_does_not_prolong_waits() {
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

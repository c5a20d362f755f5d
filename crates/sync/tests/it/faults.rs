//! Faults on the way to Trakt: nothing is lost and nothing is sent twice.

use chrono::TimeDelta;
use db::{Millis, outbox};
use rstest::rstest;
use sync::{AccountStatus, DotMessage, DotState, Drained, TemporaryProblem};
use trakt_sim::{Fault, FaultKind};

use crate::fixture::{Fixture, to_the_minute};

#[rstest]
#[case::reset_before(FaultKind::ResetBefore)]
#[case::reset_after(FaultKind::ResetAfter)]
#[case::half_an_answer(FaultKind::Truncate)]
#[case::bad_gateway(FaultKind::Empty { status: 502 })]
#[case::overloaded(FaultKind::Empty { status: 503 })]
#[case::web_page(FaultKind::Html { status: 520 })]
#[case::web_page_as_success(FaultKind::Html { status: 200 })]
#[case::rate_limited(FaultKind::RateLimit { headers: true, retry_after: Some(30) })]
#[case::edge_limit(FaultKind::RateLimit { headers: false, retry_after: Some(40) })]
#[case::edge_block(FaultKind::EdgeForbidden)]
#[case::refused(FaultKind::Refuse)]
#[tokio::test]
async fn a_stop_counts_once_whatever_breaks(
    #[case] kind: FaultKind,
    #[values(1, 2, 4)] times: u32,
    #[values("/scrobble/stop", "*")] path: &str,
) {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain().await;
    player.watch_to(90).stop().await;
    fixture.sim.add_fault(Fault::on(path, kind).times(times));
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.counted), (DotState::Scrobbling, true), "{:?}", dot.message);
    assert_eq!(fixture.status().await, AccountStatus::Connected);
}

#[rstest]
#[case::reset_before(FaultKind::ResetBefore)]
#[case::reset_after(FaultKind::ResetAfter)]
#[case::bad_gateway(FaultKind::Empty { status: 502 })]
#[tokio::test]
async fn a_message_without_a_response_is_looked_up_before_it_is_sent_again(#[case] kind: FaultKind) {
    let fixture = Fixture::connected().await;
    let applied = kind == FaultKind::ResetAfter;
    fixture.watch(90).await;
    fixture.sim.clear_requests();
    fixture.fault_once("/scrobble/stop", kind);
    fixture.drain_all().await;
    let paths: Vec<String> = fixture.sim.requests().into_iter().map(|request| request.path).collect();
    let kinds: Vec<&str> = paths.iter().map(|path| path.split('/').nth(1).unwrap()).collect();
    let expected: &[&str] = if applied { &["scrobble", "sync"] } else { &["scrobble", "sync", "scrobble"] };
    assert_eq!(kinds, expected, "{paths:?}");
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn an_hour_without_trakt_ends_in_one_play_with_its_true_time() {
    let mut fixture = Fixture::connected().await;
    fixture.sim.close_port().await;
    let player = fixture.player().await;
    player.play().await;
    assert!(matches!(fixture.drain().await, Drained::Until(_)));
    assert_eq!(player.dot().await.state, DotState::Queued);
    assert_eq!(fixture.status().await, AccountStatus::Troubled(TemporaryProblem::Unreachable));

    let dot = player.watch_to(95).stop().await;
    let (stopped_at, player) = (fixture.now(), player.id);
    assert_eq!((dot.state, dot.counted), (DotState::Queued, true), "80 % counts while Trakt is unreachable");
    for _ in 0..12 {
        fixture.wait(300);
        fixture.drain().await;
    }
    assert_eq!(fixture.plays().await.len(), 1);

    fixture.sim.open_port().await.unwrap();
    fixture.sim.clear_requests();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(stopped_at));
    assert_eq!(fixture.calls("/scrobble"), 0, "late starts and stops are never sent as such");
    let dot = fixture.engine.dot(fixture.user_id, &player).await.unwrap();
    assert_eq!((dot.state, dot.counted), (DotState::Scrobbling, true));
}

#[tokio::test]
async fn attempts_while_trakt_is_unreachable_are_made_at_doubling_intervals() {
    let mut fixture = Fixture::connected().await;
    fixture.mark(&[&fixture.movie], sync::outbox::payload::When::At(fixture.now())).await;
    fixture.sim.close_port().await;
    let mut waits = Vec::new();
    for _ in 0..10 {
        let before = fixture.now();
        let Drained::Until(moment) = fixture.drain().await else { panic!("something waits") };
        waits.push((moment - before).num_seconds());
        fixture.clock.set(moment);
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
    fixture.sim.open_port().await.unwrap();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_rate_limit_is_waited_out_to_the_second_and_the_dot_is_amber() {
    let fixture = Fixture::connected().await;
    let player = fixture.watch(90).await;
    fixture.fault_once("/scrobble/stop", FaultKind::RateLimit { headers: true, retry_after: Some(45) });
    let now = fixture.now();
    assert_eq!(fixture.drain().await, Drained::Until(now + TimeDelta::seconds(45)));
    let until = now + TimeDelta::seconds(45);
    assert_eq!(fixture.status().await, AccountStatus::Troubled(TemporaryProblem::RateLimited { until }));
    let dot = player.dot().await;
    assert_eq!(dot.state, DotState::Queued);
    let limited = AccountStatus::Troubled(TemporaryProblem::RateLimited { until });
    assert_eq!(dot.message, DotMessage::Account(limited));
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_crash_before_a_row_is_sent_loses_nothing() {
    let mut fixture = Fixture::connected().await;
    fixture.watch(90).await;
    let row = fixture.queue().await.pop().unwrap();
    let tx = fixture.db.begin().await.unwrap();
    outbox::claim(&tx, &[row.id], Millis::from(fixture.now())).await.unwrap();
    tx.commit().await.unwrap();
    fixture.crash().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_crash_before_the_response_arrives_repeats_nothing() {
    let mut fixture = Fixture::connected().await;
    fixture.watch(90).await;
    fixture.sim.clear_requests();
    fixture.fault_once("/scrobble/stop", FaultKind::Latency { milliseconds: 60_000 });
    let (engine, user_id) = (fixture.engine.clone(), fixture.user_id);
    let sending = tokio::spawn(async move { engine.drain(user_id).await });
    while fixture.calls("/scrobble/stop") == 0 {
        tokio::task::yield_now().await;
    }
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    assert_eq!(fixture.on_trakt().len(), 1, "Trakt has the play, but the response was lost");

    fixture.crash().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn another_node_waits_for_the_lease_and_then_takes_over() {
    let fixture = Fixture::connected().await;
    fixture.watch(90).await;
    fixture.fault_once("/scrobble/stop", FaultKind::Empty { status: 502 });
    fixture.drain().await;
    let second = fixture.another_engine().await;
    let before = fixture.sim.requests().len();
    assert!(matches!(second.drain(fixture.user_id).await.unwrap(), Drained::Until(_)));
    assert_eq!(fixture.sim.requests().len(), before, "one node at a time");
    // The first node no longer extends its lease: it has crashed.
    fixture.wait(60);
    assert!(!second.drain(fixture.user_id).await.unwrap().eq(&Drained::Stopped));
    assert!(fixture.sim.requests().len() > before, "the second node takes over within a minute");
    assert_eq!(
        fixture.engine.drain(fixture.user_id).await.unwrap(),
        Drained::Until(fixture.now() + TimeDelta::seconds(10))
    );
    while let Drained::Until(moment) = second.drain(fixture.user_id).await.unwrap() {
        fixture.wait((moment - fixture.now()).num_seconds() + 1);
    }
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn one_bad_row_never_blocks_the_queue() {
    let fixture = Fixture::connected().await;
    fixture.sim.add_fault(Fault::on("/scrobble/start", FaultKind::Empty { status: 500 }));
    let stuck = fixture.player_of(&[&fixture.episodes[0]], false).await;
    stuck.play().await;
    fixture.drain().await;
    fixture.watch(90).await;
    fixture.drain().await;
    assert_eq!(fixture.on_trakt().len(), 1);
}

#[tokio::test]
async fn a_title_unknown_to_trakt_fails_with_a_reason_and_is_sent_once_it_is_matched() {
    let fixture = Fixture::connected().await;
    fixture.db.execute("UPDATE title SET trakt_id = 99999999 WHERE kind = 'movie'").await.unwrap();
    let player = fixture.watch(90).await;
    let stopped_at = fixture.now();
    fixture.drain_all().await;
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.counted), (DotState::Failed, true), "it is in the timeline here anyway");
    assert_eq!(dot.hint, Some(sync::Hint::Match { title_id: fixture.movie.id }));
    let failed = fixture.queue().await.pop().unwrap();
    assert_eq!(failed.error_code.as_deref(), Some("not_found"));

    let right = fixture.movie.trakt_id.unwrap();
    fixture.db.execute(&format!("UPDATE title SET trakt_id = {right} WHERE kind = 'movie'")).await.unwrap();
    fixture.wait(86_400);
    assert!(fixture.engine.retry(fixture.user_id, failed.id).await.unwrap());
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(stopped_at));
}

#[tokio::test]
async fn a_play_of_an_unmatched_file_is_not_queued_until_it_is_matched() {
    let fixture = Fixture::connected().await;
    fixture.db.execute("UPDATE title SET trakt_id = NULL WHERE kind = 'movie'").await.unwrap();
    let before = fixture.sim.requests().len();
    let player = fixture.watch(90).await;
    fixture.drain_all().await;
    assert_eq!(fixture.sim.requests().len(), before);
    assert_eq!(fixture.queue().await, []);
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.counted), (DotState::Off, true));
    assert_eq!(dot.hint, Some(sync::Hint::Match { title_id: fixture.movie.id }));
    let stopped_at = fixture.now();
    fixture.wait(86_400);
    fixture.drain_all().await;
    assert_eq!(fixture.sim.requests().len(), before);

    let right = fixture.movie.trakt_id.unwrap();
    fixture.db.execute(&format!("UPDATE title SET trakt_id = {right} WHERE kind = 'movie'")).await.unwrap();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(stopped_at));
    assert_eq!(fixture.queue().await, []);
}

//! One play is one entry on Trakt: late writes, responses that do not add up, clocks that differ, and many
//! plays at once.

use chrono::TimeDelta;
use db::{
    kinds::{OutboxState, TitleKind},
    rows::Title,
};
use rstest::rstest;
use sync::{AccountStatus, Drained, outbox::payload::When, scrobble::Input};
use trakt_sim::{DEMO_USER, Fault, FaultKind};

use crate::fixture::{Fixture, title, to_the_minute};

fn on_post(kind: FaultKind) -> Fault {
    Fault::on("/sync/history", kind).method("POST").times(1)
}

fn posts(fixture: &Fixture) -> usize {
    let is_add = |path: &str| path == "/sync/history";
    fixture.sim.requests().iter().filter(|call| call.method == "POST" && is_add(&call.path)).count()
}

fn reads(fixture: &Fixture) -> usize {
    fixture.sim.requests().iter().filter(|call| call.method == "GET").count()
}

/// Marks the movie and both episodes at this minute.
async fn mark_three(fixture: &Fixture) {
    let [first, second] = &fixture.episodes;
    fixture.mark(&[first, second, &fixture.movie], When::At(fixture.now())).await;
}

async fn unknown_movie(fixture: &Fixture) -> Title {
    let tx = fixture.db.begin().await.unwrap();
    let unknown = title(TitleKind::Movie, Some(99_999_999));
    let title = db::titles::insert_many(&tx, vec![unknown]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    title
}

#[rstest]
#[case::a_mark(false)]
#[case::a_late_stop(true)]
#[tokio::test]
async fn a_write_that_trakt_applies_after_we_gave_up_is_one_play(
    #[case] late_stop: bool,
    // A write applied after the second check has been sent again by then: one of the two entries is removed.
    #[values(45, 170, 235, 400, 1_500)] seconds: u32,
) {
    let fixture = Fixture::connected().await;
    if late_stop {
        fixture.watch(90).await;
        fixture.wait(300);
    } else {
        fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    }
    fixture.sim.add_fault(on_post(FaultKind::ApplyLate { seconds, hang_milliseconds: 0 }));
    fixture.drain_all().await;
    fixture.wait(3600);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.queue().await, []);
}

#[tokio::test]
async fn a_write_in_doubt_is_checked_twice_after_three_minutes() {
    let fixture = Fixture::connected().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.sim.add_fault(on_post(FaultKind::ResetBefore));
    let sent = fixture.now();
    let mut looks = Vec::new();
    while posts(&fixture) < 2 {
        let (before, at) = (reads(&fixture), (fixture.now() - sent).num_seconds());
        let drained = fixture.drain().await;
        if reads(&fixture) > before {
            looks.push(at);
        }
        if let Drained::Until(moment) = drained {
            fixture.wait((moment - fixture.now()).num_seconds().max(1));
        }
    }
    assert_eq!(looks.len(), 3, "once before sending, and twice while in doubt: {looks:?}");
    assert!(looks[1] >= 180 && looks[2] >= looks[1] + 60, "{looks:?}");
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[rstest]
#[case::nothing_taken(0)]
#[case::one_taken(1)]
#[case::two_taken(2)]
#[tokio::test]
async fn plays_dropped_silently_are_sent_until_they_are_on_trakt(#[case] keep: usize) {
    let fixture = Fixture::connected().await;
    fixture.sim.add_fault(on_post(FaultKind::PartialAdd { keep }));
    mark_three(&fixture).await;
    fixture.drain().await;
    assert_eq!(fixture.on_trakt().len(), keep);
    let waiting = fixture.queue().await;
    assert!(waiting.len() == 3 && waiting.iter().all(|row| row.state == OutboxState::Unknown));
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
    assert_eq!(fixture.queue().await, []);
}

#[tokio::test]
async fn a_play_that_trakt_never_accepts_fails_with_a_reason() {
    let fixture = Fixture::connected().await;
    let kind = FaultKind::PartialAdd { keep: 0 };
    fixture.sim.add_fault(Fault::on("/sync/history", kind).method("POST"));
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain_all().await;
    let row = fixture.queue().await.pop().unwrap();
    assert_eq!((row.state, row.error_code.as_deref()), (OutboxState::Failed, Some("not_taken")));
    fixture.sim.clear_faults();
    assert!(fixture.engine.retry(fixture.user_id, row.id).await.unwrap());
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[rstest]
#[case::named(None)]
#[case::without_ids(Some(FaultKind::NotFoundWithoutIds))]
#[tokio::test]
async fn only_the_unknown_plays_of_a_batch_fail(#[case] kind: Option<FaultKind>) {
    let fixture = Fixture::connected().await;
    let unknown = unknown_movie(&fixture).await;
    fixture.sim.add_fault(Fault::on("/sync/history", FaultKind::Latency { milliseconds: 0 }));
    kind.into_iter().for_each(|kind| fixture.sim.add_fault(Fault::on("/sync/history", kind)));
    let [first, second] = &fixture.episodes;
    let at = When::At(fixture.now());
    fixture.mark(&[first, &unknown, second, &fixture.movie], at).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 3, "{:?}", fixture.on_trakt());
    let failed = fixture.queue().await;
    let failed: Vec<_> = failed.iter().map(|row| (row.title_id, row.error_code.as_deref())).collect();
    assert_eq!(failed, [(Some(unknown.id), Some("not_found"))]);
}

#[tokio::test]
async fn only_the_nonexistent_one_of_episodes_identified_by_numbers_fails() {
    let fixture = Fixture::connected().await;
    fixture.db.execute("UPDATE title SET trakt_id = NULL WHERE kind = 'episode'").await.unwrap();
    let [first, second] = &fixture.episodes;
    fixture
        .db
        .execute(&format!("UPDATE title SET episode_number = 99 WHERE id = {}", second.id))
        .await
        .unwrap();
    fixture.mark(&[first, second], When::At(fixture.now())).await;
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt().len(), 1);
    let failed = fixture.queue().await;
    let failed: Vec<_> = failed.iter().map(|row| (row.title_id, row.error_code.as_deref())).collect();
    assert_eq!(failed, [(Some(second.id), Some("not_found"))]);
}

#[rstest]
#[case::now(true)]
#[case::when_released(false)]
#[tokio::test]
async fn a_thousand_marks_take_ten_requests_and_few_reads(#[case] dated: bool) {
    let fixture = Fixture::connected().await;
    let titles: Vec<&Title> = std::iter::repeat_n(&fixture.episodes[0], 1_000).collect();
    let when = if dated { When::At(fixture.now()) } else { When::Released };
    fixture.mark(&titles, when).await;
    fixture.sim.clear_requests();
    fixture.drain_all().await;
    assert_eq!(fixture.on_trakt_total(), 1_000);
    assert_eq!((posts(&fixture), fixture.queue().await.len()), (10, 0));
    assert!(reads(&fixture) <= 20, "{} reads", reads(&fixture));
}

#[rstest]
#[case::behind(300)]
#[case::ahead(-300)]
#[case::far_behind(4_000)]
#[tokio::test]
async fn a_wrong_clock_causes_no_second_play(
    #[case] trakt_is_ahead: i64,
    #[values(FaultKind::ResetAfter, FaultKind::ResetBefore)] kind: FaultKind,
) {
    let mut fixture = Fixture::connected().await;
    fixture.set_ahead(TimeDelta::seconds(trakt_is_ahead));
    fixture.watch(90).await;
    let stopped_at = fixture.now() + TimeDelta::seconds(trakt_is_ahead);
    fixture.fault_once("/scrobble/stop", kind);
    fixture.drain().await;
    fixture.sim.close_port().await;
    for _ in 0..3 {
        fixture.wait(300);
        fixture.drain().await;
    }
    fixture.sim.open_port().await.unwrap();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    let dated = fixture.on_trakt()[0].watched_at;
    assert!((dated - to_the_minute(stopped_at)).abs() <= TimeDelta::minutes(1), "{dated} for {stopped_at}");
}

#[tokio::test]
async fn a_late_stop_is_dated_by_trakts_clock_and_a_mark_by_the_entered_time() {
    let mut fixture = Fixture::connected().await;
    fixture.set_ahead(TimeDelta::minutes(5));
    fixture.sim.close_port().await;
    fixture.watch(90).await;
    let stopped_at = fixture.now() + TimeDelta::minutes(5);
    let entered = fixture.now() - TimeDelta::days(3);
    fixture.mark(&[&fixture.episodes[0]], When::At(entered)).await;
    fixture.wait(600);
    fixture.sim.open_port().await.unwrap();
    fixture.drain_all().await;
    fixture.assert_in_sync(2).await;
    let mut times: Vec<_> = fixture.on_trakt().iter().map(|play| play.watched_at).collect();
    times.sort();
    assert_eq!(times, [to_the_minute(entered), to_the_minute(stopped_at)]);
}

#[rstest]
#[case::never_tried(None)]
#[case::put_back(Some(FaultKind::Empty { status: 503 }))]
#[case::refused_for_now(Some(FaultKind::RateLimit { headers: true, retry_after: Some(60) }))]
#[case::in_doubt(Some(FaultKind::ResetAfter))]
#[tokio::test]
async fn setting_the_clock_back_delays_nothing(#[case] kind: Option<FaultKind>) {
    let fixture = Fixture::connected().await;
    let tried = kind.is_some();
    kind.into_iter().for_each(|kind| fixture.sim.add_fault(on_post(kind)));
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    if tried {
        fixture.drain().await;
    }
    fixture.set_clock_back(TimeDelta::hours(1));
    let from = fixture.now();
    fixture.drain_until(TimeDelta::minutes(10)).await;
    assert_eq!(fixture.on_trakt().len(), 1);
    assert_eq!(fixture.queue().await, [], "{:?}", fixture.now() - from);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

/// The clock is set back in the middle of a film: the film counts when it ends, without delay, in its true
/// minute.
#[rstest]
#[case::reports_continue(false)]
#[case::reports_stop(true)]
#[tokio::test]
async fn setting_the_clock_back_during_a_film_does_not_delay_its_play(#[case] reports_stop: bool) {
    let fixture = Fixture::connected().await;
    let (player, set_back) = (fixture.player().await, TimeDelta::hours(1));
    player.play().await;
    fixture.drain().await;
    player.watch_to(if reports_stop { 97 } else { 40 }).report(Input::Progress).await;
    fixture.set_clock_back(set_back);
    let mut ended_at = fixture.now();
    if reports_stop {
        for _ in 0..2 {
            fixture.engine.stop_silent_players().await.unwrap();
            fixture.wait(70);
        }
        fixture.engine.stop_silent_players().await.unwrap();
    } else {
        player.watch_to(97).stop().await;
        ended_at = fixture.now();
    }
    fixture.drain().await;
    assert_eq!(fixture.queue().await, []);
    let on_trakt = fixture.on_trakt().remove(0).watched_at;
    let ended_on_trakt = ended_at + set_back;
    let lag = on_trakt - crate::fixture::to_the_minute(ended_on_trakt);
    assert!(lag >= TimeDelta::zero() && lag <= TimeDelta::minutes(3), "{on_trakt} is not {ended_on_trakt}");
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_start_is_sent_immediately_while_marks_wait() {
    let fixture = Fixture::connected().await;
    mark_three(&fixture).await;
    let limit = FaultKind::RateLimit { headers: true, retry_after: Some(240) };
    fixture.sim.add_fault(Fault::on("/sync/history", limit));
    fixture.drain().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain().await;
    assert_eq!(fixture.calls("/scrobble/start"), 1);
    let watching = fixture.sim.act(DEMO_USER, "GET", "/users/me/watching", None);
    assert_eq!(watching.status, 200, "Trakt shows what is being watched");
    player.watch_to(90).report(Input::Stop).await;
    fixture.drain().await;
    assert_eq!(fixture.on_trakt().len(), 1);
}

#[tokio::test]
async fn a_scrobble_is_sent_while_a_batch_is_being_sent() {
    let fixture = Fixture::connected().await;
    mark_three(&fixture).await;
    fixture.sim.add_fault(on_post(FaultKind::Latency { milliseconds: 600_000 }));
    let scrobbled = async {
        let player = fixture.player().await;
        player.play().await;
        let live = fixture.engine.drain_live(fixture.user_id).await.unwrap();
        assert_eq!(live, Drained::Idle);
    };
    let sending = fixture.drain_while("/sync/history", scrobbled).await;
    drop(sending);
    assert_eq!(fixture.calls("/scrobble/start"), 1);
}

#[tokio::test]
async fn retry_and_discard_do_not_block_and_retry_ends_every_pause() {
    let fixture = Fixture::connected().await;
    mark_three(&fixture).await;
    let rows = fixture.queue().await;
    let limit = FaultKind::RateLimit { headers: false, retry_after: Some(3_000) };
    fixture.sim.add_fault(Fault::on("/sync/history", limit).method("GET").times(1));
    let Drained::Until(moment) = fixture.drain().await else { panic!("the edge requested a wait") };
    assert!(moment - fixture.now() >= TimeDelta::minutes(40));
    assert!(fixture.engine.retry(fixture.user_id, rows[0].id).await.unwrap());
    fixture.sim.add_fault(on_post(FaultKind::Latency { milliseconds: 600_000 }));
    let meanwhile = async {
        while posts(&fixture) == 0 {
            tokio::task::yield_now().await;
        }
    };
    let deciding = async {
        mark_three(&fixture).await;
        let waiting = fixture.queue().await;
        assert!(fixture.engine.retry(fixture.user_id, waiting[4].id).await.unwrap());
        assert!(fixture.engine.discard(fixture.user_id, waiting[5].id).await.unwrap());
    };
    let (engine, user_id) = (fixture.engine.clone(), fixture.user_id);
    let sending = tokio::spawn(async move { engine.drain(user_id).await });
    meanwhile.await;
    deciding.await;
    sending.abort();
}

/// The edge limits one message. One "Retry" ends the pause for all messages.
#[tokio::test]
async fn retry_ends_the_pause_for_all_waiting_messages() {
    let fixture = Fixture::connected().await;
    let year = FaultKind::RateLimit { headers: false, retry_after: Some(31_536_000) };
    fixture.sim.add_fault(on_post(year.clone()).times(1));
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.drain().await;
    fixture.mark(&[&fixture.episodes[0]], When::At(fixture.now())).await;
    let [paused, other] = fixture.queue().await.try_into().unwrap();
    assert!(paused.next_attempt_at.0 > fixture.now() + TimeDelta::minutes(30));
    assert!(fixture.engine.retry(fixture.user_id, other.id).await.unwrap());
    fixture.drain_until(TimeDelta::minutes(2)).await;
    assert_eq!(fixture.queue().await, []);
    assert_eq!(fixture.status().await, AccountStatus::Connected);
    fixture.assert_in_sync(2).await;
}

#[rstest]
#[tokio::test]
async fn an_error_page_of_the_edge_fails_no_message(
    #[values(400, 404, 405, 408, 413)] status: u16,
    #[values("/scrobble/stop", "/sync/history")] path: &str,
) {
    let fixture = Fixture::connected().await;
    if path == "/scrobble/stop" {
        fixture.watch(90).await;
    } else {
        fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    }
    fixture.sim.add_fault(Fault::on(path, FaultKind::Html { status }).times(2));
    fixture.drain().await;
    assert!(fixture.queue().await.iter().all(|row| row.state != OutboxState::Failed));
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[rstest]
#[case::refused_for_now("temporarily_unavailable", 503)]
#[case::broken("server_error", 500)]
#[case::says_bad_request("temporarily_unavailable", 400)]
#[tokio::test]
async fn sending_continues_after_an_expired_token_and_an_outage(#[case] error: &str, #[case] status: u16) {
    let mut fixture = Fixture::connected().await;
    mark_three(&fixture).await;
    fixture.wait(8 * 24 * 3600);
    fixture.sim.close_port().await;
    for _ in 0..3 {
        fixture.drain().await;
        fixture.wait(300);
    }
    let waiting = fixture.queue().await;
    assert!(waiting.len() == 3 && waiting.iter().all(|row| row.state == OutboxState::Pending));
    fixture.sim.open_port().await.unwrap();
    let kind = FaultKind::OAuthError { error: error.into(), status };
    fixture.sim.add_fault(Fault::on("/oauth/token", kind).times(2));
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
}

#[tokio::test]
async fn a_match_corrected_while_a_play_is_in_doubt_moves_the_entry_on_trakt() {
    let fixture = Fixture::connected().await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    fixture.sim.add_fault(on_post(FaultKind::ResetAfter));
    fixture.drain().await;
    let right = fixture.sim.catalogue().movies()[1].facts.ids.trakt;
    let sql = format!("UPDATE title SET trakt_id = {right} WHERE id = {}", fixture.movie.id);
    fixture.db.execute(&sql).await.unwrap();
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].trakt_id, right);
}

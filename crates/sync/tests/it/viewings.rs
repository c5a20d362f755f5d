//! One viewing is one play, here and on Trakt, whatever players, tabs and connections do. The rules are in
//! `sync::scrobble::viewing`.

use chrono::TimeDelta;
use db::{ids::TitleId, kinds::OutboxState, plays};
use rstest::rstest;
use sync::{AccountStatus, DotMessage, outbox::payload::When, scrobble::Input};
use trakt_sim::{DEMO_USER, FaultKind};

use crate::fixture::{Fixture, Player, title};

async fn report_progress(player: &Player<'_>, percent: i64) {
    player.watch_to(percent).report(Input::Progress).await;
}

/// Waits until the server stops the player because it does not report.
async fn expire(fixture: &Fixture, seconds: i64) {
    fixture.wait(seconds);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 1);
    fixture.drain_all().await;
}

#[rstest]
#[case::reports_again(true)]
#[case::closed_immediately(false)]
#[tokio::test]
async fn playback_from_the_buffer_counts_while_the_server_is_unreachable(#[case] reports_again: bool) {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    report_progress(&player, 60).await;
    player.jump_to(63);
    expire(&fixture, 108).await;
    if reports_again {
        report_progress(&player, 66).await;
        fixture.drain_all().await;
    }
    player.watch_to(95).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    let plays = fixture.sim.act(DEMO_USER, "GET", "/sync/playback", None);
    assert_eq!(plays.body.as_array().unwrap().len(), 0, "nothing is left to resume");
}

/// The laptop was closed at the end of the film and opened in the morning.
#[rstest]
#[case::true_age(8 * 3600, 0)]
#[case::older_than_the_last_report(20 * 3600, 8 * 3600)]
#[case::from_the_future(-3600, 8 * 3600)]
#[case::absurd(i64::MAX, 8 * 3600)]
#[tokio::test]
async fn a_stop_delivered_late_is_dated_when_it_happened(#[case] age: i64, #[case] after_the_stop: i64) {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    report_progress(&player, 60).await;
    player.watch_to(95);
    let stopped_at = fixture.now();
    fixture.wait(8 * 3600 - 60);
    fixture.engine.stop_silent_players().await.unwrap();
    fixture.wait(60);
    player.report_of(Input::Stop, age).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    let at = stopped_at + TimeDelta::seconds(after_the_stop);
    let plays = fixture.plays().await;
    assert_eq!(plays[0].watched_at.map(|at| at.0), Some(at));
    let apart = (fixture.on_trakt()[0].watched_at - at).abs();
    assert!(apart < TimeDelta::minutes(1), "{apart} apart on Trakt");
}

#[tokio::test]
async fn a_player_that_expired_beyond_the_threshold_and_reports_again_counts_once() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    report_progress(&player, 85).await;
    player.jump_to(88);
    expire(&fixture, 108).await;
    report_progress(&player, 92).await;
    player.watch_to(99).stop().await;
    fixture.wait(7200);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[rstest]
#[case::from_there(85)]
#[case::from_the_start(0)]
#[tokio::test]
async fn a_viewing_paused_and_finished_elsewhere_is_one_play(#[case] from: i64) {
    let fixture = Fixture::connected().await;
    let forgotten = fixture.player().await;
    forgotten.play().await;
    forgotten.watch_to(85).report(Input::Pause).await;
    fixture.drain_all().await;
    let other = fixture.player().await;
    other.jump_to(from).play().await;
    other.watch_to(97).stop().await;
    fixture.drain_all().await;
    expire(&fixture, 4 * 3600).await;
    fixture.assert_in_sync(1).await;
    let dot = forgotten.dot().await;
    assert_eq!((dot.message, dot.counted), (DotMessage::Counted, true));
}

#[tokio::test]
async fn a_viewing_that_reached_the_threshold_before_going_back_counts() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    report_progress(&player, 95).await;
    player.jump_to(60).report(Input::Seek).await;
    fixture.drain_all().await;
    player.stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_viewing_marked_half_way_and_played_on_is_one_play() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    report_progress(&player, 50).await;
    fixture.mark(&[&fixture.movie], When::At(fixture.now())).await;
    player.watch_to(95).stop().await;
    fixture.drain_all().await;
    fixture.wait(7200);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_rewatch_on_the_same_day_in_two_sittings_is_a_second_play() {
    let fixture = Fixture::connected().await;
    fixture.watch(95).await;
    fixture.drain_all().await;
    fixture.wait(7200);
    let first = fixture.player().await;
    first.play().await;
    first.watch_to(50).stop().await;
    fixture.wait(3600);
    let second = fixture.player().await;
    second.jump_to(50).play().await;
    second.watch_to(95).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(2).await;
}

#[tokio::test]
async fn a_play_exists_with_its_report_whatever_happens_to_the_connection() {
    let fixture = Fixture::connected().await;
    let player = fixture.watch(90).await;
    assert_eq!(fixture.plays().await.len(), 1, "before it was sent to Trakt");
    assert!(player.dot().await.counted);
    fixture.sim.revoke_tokens(DEMO_USER);
    fixture.wait(2 * 86_400);
    fixture.drain().await;
    assert_eq!(fixture.status().await, AccountStatus::Reconnect);
    assert_eq!(fixture.plays().await.len(), 1);
    fixture.connect().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[rstest]
#[case::discarded(true)]
#[case::disconnected(false)]
#[tokio::test]
async fn a_play_in_doubt_is_kept_when_its_message_is_deleted(#[case] discarded: bool) {
    let fixture = Fixture::connected().await;
    fixture.fault_once("/scrobble/stop", FaultKind::ResetAfter);
    fixture.watch(90).await;
    fixture.drain().await;
    let row = fixture.queue().await.pop().unwrap();
    assert_eq!(row.state, OutboxState::Unknown);
    if discarded {
        assert!(fixture.engine.discard(fixture.user_id, row.id).await.unwrap());
    } else {
        fixture.engine.disconnect(fixture.user_id).await.unwrap();
    }
    assert_eq!(fixture.plays().await.len(), 1);
}

/// Corrects the title of every play.
async fn correct(fixture: &Fixture, to: TitleId) {
    let tx = fixture.db.begin().await.unwrap();
    for play in fixture.plays().await {
        sync::outbox::retitle_play(&tx, &play, to, fixture.now()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn other_movie(fixture: &Fixture) -> db::rows::Title {
    let trakt_id = fixture.sim.catalogue().movies()[1].facts.ids.trakt;
    let tx = fixture.db.begin().await.unwrap();
    let other = title(db::kinds::TitleKind::Movie, Some(trakt_id));
    let other = db::titles::insert_many(&tx, vec![other]).await.unwrap().remove(0);
    tx.commit().await.unwrap();
    other
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sending {
    Waiting,
    InFlight,
    LostAfter,
    LostBefore,
    Arrived,
}

#[rstest]
#[tokio::test]
async fn a_corrected_match_moves_the_play_here_and_on_trakt(
    #[values(Sending::Waiting, Sending::InFlight, Sending::LostAfter, Sending::LostBefore, Sending::Arrived)]
    sending: Sending,
    #[values(false, true)] late: bool,
) {
    let fixture = Fixture::connected().await;
    let other = other_movie(&fixture).await;
    fixture.watch(90).await;
    if late {
        fixture.wait(3600);
    }
    let path = if late { "/sync/history" } else { "/scrobble/stop" };
    match sending {
        Sending::Waiting => correct(&fixture, other.id).await,
        Sending::InFlight => {
            let sending = fixture.drain_while(path, correct(&fixture, other.id)).await;
            sending.await.unwrap();
        }
        Sending::LostAfter | Sending::LostBefore => {
            let kind =
                if sending == Sending::LostAfter { FaultKind::ResetAfter } else { FaultKind::ResetBefore };
            fixture.sim.add_fault(trakt_sim::Fault::on(path, kind).method("POST").times(1));
            fixture.drain().await;
            correct(&fixture, other.id).await;
        }
        Sending::Arrived => {
            fixture.drain_all().await;
            correct(&fixture, other.id).await;
        }
    }
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].title_id, other.id);
    assert_eq!(Some(fixture.on_trakt()[0].trakt_id.cast_signed()), other.trakt_id);
}

#[tokio::test]
async fn a_match_corrected_twice_moves_the_play_to_the_last_title() {
    let fixture = Fixture::connected().await;
    let other = other_movie(&fixture).await;
    fixture.watch(90).await;
    fixture.drain_all().await;
    correct(&fixture, other.id).await;
    correct(&fixture, fixture.movie.id).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(Some(fixture.on_trakt()[0].trakt_id.cast_signed()), fixture.movie.trakt_id);
}

#[tokio::test]
async fn a_title_corrected_during_playback_is_the_one_that_counts() {
    let fixture = Fixture::connected().await;
    let other = other_movie(&fixture).await;
    let link =
        |id: TitleId| format!("INSERT INTO file_title (file_id, title_id, ordinal) VALUES (1, {id}, 0)");
    let [episode, _] = &fixture.episodes;
    fixture.db.execute(&link(episode.id)).await.unwrap();
    let player = fixture.player_of(&[episode], false).await;
    player.play().await;
    report_progress(&player, 40).await;
    fixture.db.execute("DELETE FROM file_title").await.unwrap();
    fixture.db.execute(&link(other.id)).await.unwrap();
    let tx = fixture.db.begin().await.unwrap();
    db::titles::merge(&tx, episode.id, other.id).await.unwrap();
    tx.commit().await.unwrap();
    report_progress(&player, 60).await;
    player.watch_to(95).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].title_id, other.id);
}

#[tokio::test]
async fn a_player_that_cannot_be_stopped_does_not_block_the_others() {
    let fixture = Fixture::connected().await;
    let broken = fixture.player().await;
    broken.play().await;
    fixture.wait(1);
    let player = fixture.player_of(&[&fixture.episodes[0]], false).await;
    player.play().await;
    report_progress(&player, 90).await;
    let sql = format!("UPDATE playback_session SET machine = '{{}}' WHERE id = '{}'", broken.id);
    fixture.db.execute(&sql).await.unwrap();
    fixture.wait(61);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 1);
    assert_eq!(fixture.plays().await.len(), 1);
}

#[tokio::test]
async fn a_deleted_play_can_be_made_again() {
    let fixture = Fixture::connected().await;
    fixture.watch(85).await;
    fixture.drain_all().await;
    let play = fixture.plays().await.remove(0);
    assert!(fixture.forget(&play).await);
    fixture.drain_all().await;
    fixture.wait(2 * 3600);
    let player = fixture.player().await;
    player.jump_to(85).play().await;
    player.watch_to(99).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    let since = (fixture.now() - TimeDelta::minutes(1)).into();
    assert!(plays::latest(&*fixture.db, fixture.user_id, fixture.movie.id, since).await.unwrap().is_some());
}

#[rstest]
#[case(400)]
#[case(404)]
#[case(405)]
#[case(422)]
#[tokio::test]
async fn a_rejected_pause_does_not_affect_the_viewing(#[case] status: u16) {
    let fixture = Fixture::connected().await;
    fixture.sim.add_fault(trakt_sim::Fault::on("/scrobble/pause", FaultKind::Refused { status, body: None }));
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(50).report(Input::Pause).await;
    fixture.drain_all().await;
    assert!(fixture.calls("/scrobble/pause") > 0, "the pause was sent");
    assert_eq!(fixture.queue().await, []);
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(97).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

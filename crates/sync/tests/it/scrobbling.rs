//! Live scrobbling without faults.

use chrono::TimeDelta;
use db::ids::UserId;
use db::{Millis, kinds::PlaySource, progress};
use rstest::rstest;
use serde_json::json;
use sync::{DotMessage, DotState, SyncEvent, scrobble::Input};
use trakt_sim::DEMO_USER;

use crate::fixture::{Fixture, to_the_minute};

#[tokio::test]
async fn a_movie_watched_to_the_end_is_one_play_on_both_sides() {
    let fixture = Fixture::connected().await;
    let mut events = fixture.engine.subscribe();
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    let watching = fixture.sim.act(DEMO_USER, "GET", "/users/me/watching", None);
    assert_eq!(watching.body["movie"]["ids"]["trakt"].as_i64(), fixture.movie.trakt_id);
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.counted), (DotState::Scrobbling, false), "{:?}", dot.message);

    player.watch_to(40).report(Input::Pause).await;
    fixture.drain_all().await;
    fixture.wait(600);
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(95).stop().await;
    fixture.drain_all().await;

    fixture.assert_in_sync(1).await;
    let plays = fixture.plays().await;
    assert_eq!((plays[0].source, plays[0].title_id), (PlaySource::Kinometa, fixture.movie.id));
    let dot = player.dot().await;
    assert_eq!((dot.state, dot.counted, dot.message), (DotState::Scrobbling, true, DotMessage::Counted));
    let sent: Vec<String> = fixture.sim.requests().into_iter().map(|request| request.path).collect();
    let scrobbles: Vec<&str> = sent.iter().filter_map(|path| path.strip_prefix("/scrobble/")).collect();
    assert_eq!(scrobbles, ["start", "pause", "start", "stop"]);

    let mut played = false;
    while let Ok(event) = events.try_recv() {
        played |= matches!(event, SyncEvent::Plays { play_ids, .. } if play_ids == [plays[0].id]);
    }
    assert!(played, "the new play is announced");
}

#[tokio::test]
async fn stopping_half_way_saves_the_resume_point_on_both_sides_and_does_not_count() {
    let fixture = Fixture::connected().await;
    let player = fixture.watch(50).await;
    fixture.drain_all().await;
    fixture.assert_in_sync(0).await;
    let resume = fixture.sim.act(DEMO_USER, "GET", "/sync/playback", None);
    assert_eq!(resume.body[0]["progress"].as_f64(), Some(50.0));
    let here = progress::find(&*fixture.db, fixture.user_id, fixture.movie.id).await.unwrap().unwrap();
    assert_eq!(here.percent, 50.0);
    assert!(!player.dot().await.counted);
}

#[tokio::test]
async fn finishing_deletes_the_resume_point() {
    let fixture = Fixture::connected().await;
    fixture.watch(50).await;
    fixture.watch(90).await;
    fixture.drain_all().await;
    assert_eq!(progress::find(&*fixture.db, fixture.user_id, fixture.movie.id).await.unwrap(), None);
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn a_private_viewing_never_leaves_the_server() {
    let fixture = Fixture::connected().await;
    let calls = fixture.sim.requests().len();
    let player = fixture.player_of(&[&fixture.movie], true).await;
    player.play().await;
    player.watch_to(50).report(Input::Pause).await;
    assert!(
        progress::find(&*fixture.db, fixture.user_id, fixture.movie.id).await.unwrap().unwrap().is_private
    );
    player.play().await;
    let dot = player.watch_to(90).stop().await;
    fixture.drain_all().await;
    assert_eq!(fixture.sim.requests().len(), calls);
    assert_eq!(dot.state, DotState::Private);
    let plays = fixture.plays().await;
    assert_eq!((plays.len(), plays[0].is_private), (1, true));
}

#[tokio::test]
async fn without_a_connection_eighty_percent_counts_here() {
    let fixture = Fixture::unconnected().await;
    let player = fixture.player().await;
    player.play().await;
    let dot = player.watch_to(80).stop().await;
    assert_eq!((dot.state, dot.counted), (DotState::Off, true));
    assert_eq!(fixture.plays().await.len(), 1);
    assert_eq!(fixture.queue().await, []);
    assert_eq!(fixture.sim.requests().len(), 0);
}

#[tokio::test]
async fn a_double_episode_is_two_plays_and_half_of_it_is_one() {
    let fixture = Fixture::connected().await;
    let [first, second] = &fixture.episodes;
    let player = fixture.player_of(&[first, second], false).await;
    player.play().await;
    player.watch_to(60).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].title_id, first.id);

    fixture.wait(7200);
    let player = fixture.player_of(&[first, second], false).await;
    player.play().await;
    player.watch_to(100).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(3).await;
}

/// Another application reports the same viewing.
#[tokio::test]
async fn a_viewing_counted_by_another_application_is_not_a_second_play() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain().await;
    player.watch_to(85).report(Input::Progress).await;
    let seen = json!({"movie": {"ids": {"trakt": fixture.movie.trakt_id}}, "progress": 85});
    assert_eq!(fixture.sim.act(DEMO_USER, "POST", "/scrobble/stop", Some(&seen)).status, 201);
    player.watch_to(95).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.queue().await, [], "a viewing already counted is a success");
}

/// Trakt rejects a title for a while after counting it, even if it is watched again.
#[rstest]
#[case::at_once(0, &[(0, 90)], 0)]
#[case::after_a_minute(60, &[(0, 90)], 0)]
#[case::in_two_sittings(5, &[(0, 50), (50, 95)], 0)]
#[case::in_three_sittings(5, &[(0, 22), (22, 50), (50, 95)], 0)]
#[case::clock_behind(5, &[(0, 50), (50, 95)], 300)]
#[case::clock_ahead(5, &[(0, 50), (50, 95)], -300)]
#[tokio::test]
async fn a_title_watched_again_within_trakts_window_is_a_second_play(
    #[case] pause: i64,
    #[case] sittings: &[(i64, i64)],
    #[case] ahead: i64,
) {
    let fixture = Fixture::connected().await;
    fixture.set_ahead(TimeDelta::seconds(ahead));
    fixture.sim.configure(|config| config.scrobble_window_minutes = 600);
    fixture.watch(90).await;
    fixture.drain_all().await;
    fixture.wait(pause);
    for (from, to) in sittings {
        let player = fixture.player().await;
        player.jump_to(*from).play().await;
        fixture.drain().await;
        player.watch_to(*to).stop().await;
        fixture.drain_all().await;
    }
    fixture.assert_in_sync(2).await;
    assert_eq!(fixture.queue().await, []);
}

#[tokio::test]
async fn two_players_of_one_user_are_independent() {
    let fixture = Fixture::connected().await;
    let movie = fixture.player().await;
    let episode = fixture.player_of(&[&fixture.episodes[0]], false).await;
    movie.play().await;
    episode.play().await;
    fixture.drain_all().await;
    movie.watch_to(90).stop().await;
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].title_id, fixture.movie.id);
    assert!(!episode.dot().await.counted);
}

#[tokio::test]
async fn a_closed_tab_counts_as_a_stop_at_the_last_known_position() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(85).report(Input::Progress).await;
    fixture.wait(59);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 0);
    fixture.wait(1);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 1);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 0, "once");
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
}

#[tokio::test]
async fn an_abandoned_pause_counts_at_the_time_of_the_pause() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(85).report(Input::Pause).await;
    let paused_at = fixture.now();
    fixture.drain_all().await;
    fixture.wait(3 * 3600 - 1);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 0, "long pauses are allowed");
    fixture.wait(1);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 1);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.plays().await[0].watched_at, Some(Millis::from(paused_at)));
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(paused_at));
}

#[tokio::test]
async fn a_player_left_open_by_a_crash_counts_at_its_last_report() {
    let mut fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    fixture.drain_all().await;
    player.watch_to(85).report(Input::Progress).await;
    let last_reported_at = fixture.now();
    fixture.crash().await;
    fixture.wait(3600);
    assert_eq!(fixture.engine.stop_silent_players().await.unwrap(), 1);
    fixture.drain_all().await;
    fixture.assert_in_sync(1).await;
    assert_eq!(fixture.on_trakt()[0].watched_at, to_the_minute(last_reported_at));
}

#[tokio::test]
async fn late_and_repeated_reports_change_nothing() {
    let fixture = Fixture::connected().await;
    let player = fixture.player().await;
    player.play().await;
    player.watch_to(90).stop().await;
    let before = fixture.queue().await;
    let late = sync::PlayerEvent { input: Input::Play, position_ms: 0, seq: 1, age_ms: 0 };
    fixture.engine.report(fixture.user_id, &player.id, late).await.unwrap();
    assert_eq!(fixture.queue().await, before);
    let stranger = fixture.engine.report(UserId(fixture.user_id.0 + 1), &player.id, late).await;
    assert!(matches!(stranger, Err(sync::Error::NotFound(_))));
}

#[tokio::test]
async fn a_report_is_one_transaction_of_few_statements() {
    let mut fixture = Fixture::connected().await;
    let log = fixture.log_statements().await;
    let player = fixture.player().await;
    let mut counts = Vec::new();
    for (input, percent) in
        [(Input::Play, 0), (Input::Progress, 10), (Input::Pause, 20), (Input::Play, 20), (Input::Stop, 90)]
    {
        player.watch_to(percent);
        log.take();
        player.report(input).await;
        counts.push((input, log.take().len()));
    }
    // Player and account, the titles of the file (read twice here, because the file has no titles), the new
    // state of the player, the companions, and the messages and plays for the dot: seven statements. A resume
    // point adds one, a message two (one checks whether the user withholds it), a play one. When a viewing
    // begins, is interrupted or ends, there are two reads and a write more.
    let expected =
        [(Input::Play, 12), (Input::Progress, 8), (Input::Pause, 13), (Input::Play, 9), (Input::Stop, 13)];
    assert_eq!(counts, expected);
}

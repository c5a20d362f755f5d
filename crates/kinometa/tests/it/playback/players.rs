//! Resume points and plays, without Trakt.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::{Clip, LENGTH};
use super::fixture::{Fixture, at};
use crate::support::{Actor, TestApp};

async fn report_event(who: &Actor, playback: &Value, event: &str, position_ms: i64, seq: i64) -> Value {
    let body = json!({"event": event, "position_ms": position_ms, "seq": seq});
    who.post(&at(playback, "events"), body).await.good(StatusCode::OK)
}

async fn plays(who: &Actor) -> Vec<Value> {
    let timeline = who.get("/api/timeline").await.good(StatusCode::OK);
    let days = timeline["days"].as_array().unwrap();
    days.iter().flat_map(|day| day["plays"].as_array().unwrap().clone()).collect()
}

async fn fixture() -> Option<Fixture> {
    Fixture::with_movies(&[("Film (2000)/Film (2000)", Clip::Mp4)]).await
}

#[tokio::test]
async fn a_partly_watched_movie_can_be_resumed() {
    let Some(fixture) = fixture().await else { return };
    let (me, title) = (&fixture.admin, fixture.title("Film").await);
    let first = fixture.play(me, title).await;
    assert_eq!((first.get("resume_ms"), &first["position_ms"]), (None, &json!(0)));
    report_event(me, &first, "play", 0, 1).await;
    report_event(me, &first, "seek", 8000, 2).await;
    let report = report_event(me, &first, "stop", 9000, 3).await;
    assert_eq!(report["position_ms"], 9000);
    let second = fixture.play(me, title).await;
    assert_eq!(second["resume_ms"], 9000);
    assert!(plays(me).await.is_empty());
}

#[tokio::test]
async fn a_completed_movie_is_in_the_timeline_once() {
    let Some(fixture) = fixture().await else { return };
    let (me, title) = (&fixture.admin, fixture.title("Film").await);
    let playback = fixture.play(me, title).await;
    assert_eq!(playback["scrobble"]["state"], "off");
    report_event(me, &playback, "play", 0, 1).await;
    let report = report_event(me, &playback, "stop", LENGTH, 2).await;
    assert_eq!(report["scrobble"]["counted"], true);
    report_event(me, &playback, "stop", LENGTH, 3).await;
    let plays = plays(me).await;
    assert_eq!(plays.len(), 1);
    assert_eq!((&plays[0]["title"]["id"], &plays[0]["private"]), (&json!(title), &json!(false)));
    assert_eq!(fixture.play(me, title).await.get("resume_ms"), None);
}

#[tokio::test]
async fn late_and_repeated_events_are_ignored() {
    let Some(fixture) = fixture().await else { return };
    let me = &fixture.admin;
    let playback = fixture.play(me, fixture.title("Film").await).await;
    report_event(me, &playback, "play", 0, 1).await;
    report_event(me, &playback, "seek", 12_000, 3).await;
    assert_eq!(report_event(me, &playback, "stop", 500, 2).await["position_ms"], 12_000);
    assert_eq!(report_event(me, &playback, "seek", 500, 3).await["position_ms"], 12_000);
    assert_eq!(
        me.get(&format!("/api/playback/{}", playback["id"].as_str().unwrap())).await.json()["position_ms"],
        12_000
    );
}

#[tokio::test]
async fn a_private_play_is_marked_and_can_be_resumed() {
    let Some(fixture) = fixture().await else { return };
    let (me, title) = (&fixture.admin, fixture.title("Film").await);
    let body = json!({"title_id": title, "private": true});
    let playback = fixture.play_with(me, body).await.good(StatusCode::CREATED);
    assert_eq!(playback["scrobble"]["state"], "private");
    report_event(me, &playback, "play", 0, 1).await;
    report_event(me, &playback, "pause", 5000, 2).await;
    assert_eq!(fixture.play(me, title).await["resume_ms"], 5000);
    report_event(me, &playback, "play", 5000, 3).await;
    report_event(me, &playback, "stop", LENGTH, 4).await;
    assert_eq!(plays(me).await[0]["private"], true);
}

#[tokio::test]
async fn sessions_of_users_and_tabs_are_independent() {
    let Some(fixture) = fixture().await else { return };
    let (me, title) = (&fixture.admin, fixture.title("Film").await);
    let other = fixture.app.user("other").await;
    let (mine, other_playback) = (fixture.play(me, title).await, fixture.play(&other, title).await);
    let second_tab = fixture.play(me, title).await;
    assert_ne!(mine["id"], second_tab["id"]);
    for (who, playback, position) in [(me, &mine, 4000), (&other, &other_playback, 6000)] {
        report_event(who, playback, "play", 0, 1).await;
        report_event(who, playback, "stop", position, 2).await;
    }
    assert_eq!(fixture.play(me, title).await["resume_ms"], 4000);
    assert_eq!(fixture.play(&other, title).await["resume_ms"], 6000);
    let body = json!({"event": "stop", "position_ms": 0, "seq": 9});
    let refused = other.post(&at(&mine, "events"), body).await;
    assert_eq!(refused.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn a_silent_session_times_out_at_its_last_position() {
    let clock = clock::ManualClock::new("2026-10-01T20:00:00Z".parse().unwrap());
    let server = TestApp::builder().clock(clock.clone());
    let films = [("Film (2000)/Film (2000)", Clip::Mp4)];
    let Some(fixture) = Fixture::open(server, "movies", &films).await else { return };
    let me = &fixture.admin;
    let title = fixture.title("Film").await;
    let playback = fixture.play(me, title).await;
    report_event(me, &playback, "play", 0, 1).await;
    clock.advance(Duration::from_secs(17));
    report_event(me, &playback, "progress", 17_000, 2).await;
    let mut wait = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..500 {
        wait.tick().await;
        clock.advance(Duration::from_secs(15));
        // Steps of fifteen seconds distinguish the time of the last report from the time at which the silence
        // is detected.
        let found = plays(me).await;
        if let Some(play) = found.first() {
            assert_eq!(play["watched_at"], "2026-10-01T20:00:17Z");
            assert_eq!(found.len(), 1);
            return;
        }
    }
    panic!("the silent player was not stopped");
}

#[tokio::test]
async fn an_episode_lists_the_next_one_and_a_double_episode_lists_both() {
    let episodes =
        [("Show/Season 1/Show - S01E01-E02", Clip::Mp4), ("Show/Season 1/Show - S01E03", Clip::Mp4)];
    let Some(fixture) = Fixture::with_shows(&episodes).await else { return };
    let me = &fixture.admin;
    let playback = fixture.play(me, fixture.episode(2).await).await;
    let numbers: Vec<i64> = playback["titles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|title| title["episode_number"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(playback["title"]["episode_number"], 2);
    let half = playback["duration_ms"].as_i64().unwrap() / 2;
    assert!((playback["position_ms"].as_i64().unwrap() - half).abs() < 2, "{playback}");
    assert_eq!(playback["next"]["episode_number"], 3);
    report_event(me, &playback, "play", half, 1).await;
    report_event(me, &playback, "stop", LENGTH, 2).await;
    let watched: Vec<Value> =
        plays(me).await.iter().map(|play| play["title"]["episode_number"].clone()).collect();
    assert_eq!(watched, [json!(2)]);
    assert_eq!(fixture.play(me, fixture.episode(3).await).await.get("next"), None);
}

#[tokio::test]
async fn missing_titles_cannot_be_played() {
    let Some(fixture) = fixture().await else { return };
    let me = &fixture.admin;
    let unknown = fixture.play_with(me, json!({"title_id": 999_999})).await;
    assert_eq!(unknown.error(StatusCode::NOT_FOUND), "file_missing");
    let title = fixture.title("Film").await;
    let wrong_file = fixture.play_with(me, json!({"title_id": title, "file_id": 999_999})).await;
    assert_eq!(wrong_file.error(StatusCode::NOT_FOUND), "not_found");
    assert_eq!(me.get("/api/playback/nothing").await.error(StatusCode::NOT_FOUND), "not_found");
}

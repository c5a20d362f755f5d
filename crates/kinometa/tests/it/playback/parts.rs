//! Films in several files.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::{Clip, LENGTH};
use super::fixture::{Fixture, at};
use super::stream::Stream;

async fn film(clips: &[(&str, Clip)]) -> Option<(Fixture, i64, Value)> {
    let fixture = Fixture::with_movies(clips).await?;
    let title = fixture.title("Film").await;
    let playback = fixture.play(&fixture.admin, title).await;
    Some((fixture, title, playback))
}

async fn report(fixture: &Fixture, playback: &Value, event: &str, position_ms: i64, seq: i64) {
    let body = json!({"event": event, "position_ms": position_ms, "seq": seq});
    fixture.admin.post(&at(playback, "events"), body).await.good(StatusCode::OK);
}

async fn plays(fixture: &Fixture, title: i64) -> usize {
    let detail = fixture.admin.get(&format!("/api/titles/{title}")).await.good(StatusCode::OK);
    detail["recent_plays"].as_array().unwrap().len()
}

fn is_close_to(found: &Value, expected: i64) -> bool {
    (found.as_i64().unwrap() - expected).abs() < 200
}

#[tokio::test]
async fn parts_are_played_as_one_film() {
    let parts = [("Film (2000)/Film (2000) cd2", Clip::Mkv), ("Film (2000)/Film (2000) cd1", Clip::Mp4)];
    let Some((fixture, _, playback)) = film(&parts).await else { return };
    assert!(is_close_to(&playback["duration_ms"], 2 * LENGTH), "{playback}");
    assert_eq!(playback["mode"], "remux", "{playback}");
    assert!(playback["file"]["path"].as_str().unwrap().contains("cd1"), "{playback}");
    let stream = Stream::of(&fixture, playback).await;
    assert_eq!(stream.playlist.matches("#EXT-X-DISCONTINUITY\n").count(), 1, "{}", stream.playlist);
    let total: f64 = stream.segments.iter().map(|(length, _)| length).sum();
    assert!((total - 40.0).abs() < 0.3, "{:?}", stream.segments);
    let second = stream.segments.iter().position(|(_, url)| url.contains("part=1")).unwrap();
    for index in [second, 0, stream.segments.len() - 1, second - 1] {
        let (first, last) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.2, "segment {index} begins at {first}");
        assert!(last - first > stream.segments[index].0 - 0.4, "segment {index} ends at {last}");
    }
}

#[tokio::test]
async fn parts_are_converted_if_one_of_them_cannot_be_played() {
    let parts = [("Film (2000)/CD1/film", Clip::Mp4), ("Film (2000)/CD2/film", Clip::Old)];
    let Some((fixture, _, playback)) = film(&parts).await else { return };
    assert_eq!(playback["mode"], "transcode", "{playback}");
    assert!(is_close_to(&playback["duration_ms"], 2 * LENGTH), "{playback}");
    let stream = Stream::of(&fixture, playback).await;
    for index in [0, 21, stream.segments.len() - 1] {
        let (first, _) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.2, "segment {index} begins at {first}");
    }
}

#[tokio::test]
async fn the_end_of_the_first_part_is_the_middle_of_the_film() {
    let parts = [("Film (2000)/Film (2000) cd1", Clip::Mp4), ("Film (2000)/Film (2000) cd2", Clip::Mkv)];
    let Some((fixture, title, playback)) = film(&parts).await else { return };
    report(&fixture, &playback, "play", 0, 1).await;
    report(&fixture, &playback, "stop", 19_900, 2).await;
    assert_eq!(plays(&fixture, title).await, 0);
    let again = fixture.play(&fixture.admin, title).await;
    assert_eq!(again["resume_ms"], 19_900, "{again}");
    report(&fixture, &again, "play", 19_900, 1).await;
    report(&fixture, &again, "progress", 30_000, 2).await;
    report(&fixture, &again, "stop", 39_000, 3).await;
    assert_eq!(plays(&fixture, title).await, 1);
}

#[tokio::test]
async fn subtitles_of_the_second_part_follow_those_of_the_first() {
    let parts = [("Film (2000)/Film (2000) cd1", Clip::Mkv), ("Film (2000)/Film (2000) cd2", Clip::Mkv)];
    let Some((fixture, _, playback)) = film(&parts).await else { return };
    let text = fixture.admin.get(&at(&playback, "subtitles/0.vtt")).await;
    let text = String::from_utf8(text.bytes.to_vec()).unwrap();
    assert_eq!(text.matches("Inside the film").count(), 2, "{text}");
    assert!(text.contains("00:01.0") && text.contains("00:00:21.0"), "{text}");
}

#[tokio::test]
async fn a_single_part_of_a_film_does_not_count_as_the_film() {
    let Some((fixture, title, playback)) = film(&[("Film (2000)/Film (2000) cd1", Clip::Mp4)]).await else {
        return;
    };
    assert!(is_close_to(&playback["duration_ms"], 2 * LENGTH), "{playback}");
    report(&fixture, &playback, "play", 0, 1).await;
    report(&fixture, &playback, "progress", 10_000, 2).await;
    report(&fixture, &playback, "stop", LENGTH - 100, 3).await;
    assert_eq!(plays(&fixture, title).await, 0);
}

#[tokio::test]
async fn parts_before_a_missing_one_can_be_watched() {
    let parts = [("Film (2000)/Film (2000) cd1", Clip::Mp4), ("Film (2000)/Film (2000) cd2", Clip::Mkv)];
    let Some((fixture, title, _)) = film(&parts).await else { return };
    std::fs::remove_file(fixture.path("Film (2000)/Film (2000) cd2.mkv")).unwrap();
    let library = fixture.admin.get("/api/libraries").await.good(StatusCode::OK)[0]["id"].as_i64().unwrap();
    fixture.scan_again(library).await;
    let playback = fixture.play(&fixture.admin, title).await;
    assert!(
        is_close_to(&playback["duration_ms"], 2 * LENGTH),
        "the duration must include the missing part: {playback}"
    );
    let stream = Stream::of(&fixture, playback).await;
    let total: f64 = stream.segments.iter().map(|(length, _)| length).sum();
    assert!((total - 20.0).abs() < 0.3, "{:?}", stream.segments);
}

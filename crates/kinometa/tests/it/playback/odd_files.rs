//! Unusual files.

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::{Clip, LENGTH};
use super::fixture::{Fixture, at, chromium};
use super::stream::Stream;
use crate::support::TestApp;

async fn fixture(clip: Clip) -> Option<(Fixture, i64)> {
    let fixture = Fixture::with_movies(&[("Film (2000)/Film (2000)", clip)]).await?;
    let title = fixture.title("Film").await;
    Some((fixture, title))
}

/// Starts playback in a browser that supports Matroska.
async fn play_matroska(fixture: &Fixture, title: i64, fields: Value) -> Value {
    let mut capabilities = chromium();
    capabilities["containers"] = json!(["mp4", "webm", "mkv"]);
    let mut body = json!({"title_id": title, "capabilities": capabilities});
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    fixture.play_with(&fixture.admin, body).await.good(StatusCode::CREATED)
}

#[tokio::test]
async fn the_default_audio_track_is_played_even_if_it_is_not_the_first() {
    let Some((fixture, title)) = fixture(Clip::SecondTrack).await else { return };
    let playback = play_matroska(&fixture, title, json!({})).await;
    assert_eq!((&playback["audio_index"], &playback["mode"]), (&json!(1), &json!("remux")), "{playback}");
    assert_eq!(playback["file"]["audio"][1]["language"], "de");
    assert!(playback["url"].as_str().unwrap().contains("copy.1.aac"), "{playback}");
    let first = play_matroska(&fixture, title, json!({"audio_index": 0})).await;
    assert_eq!((&first["audio_index"], &first["mode"]), (&json!(0), &json!("direct")), "{first}");
}

#[tokio::test]
async fn a_file_whose_timestamps_start_late_plays_from_zero() {
    let Some((fixture, title)) = fixture(Clip::Late).await else { return };
    let copied = play_matroska(&fixture, title, json!({})).await;
    assert_eq!(copied["mode"], "remux", "{copied}");
    let mut small = chromium();
    small["max_height"] = json!(144);
    let body = json!({"title_id": title, "capabilities": small});
    let converted = fixture.play_with(&fixture.admin, body).await.good(StatusCode::CREATED);
    assert_eq!(converted["mode"], "transcode", "{converted}");
    for playback in [copied, converted] {
        let duration = playback["duration_ms"].as_i64().unwrap();
        assert!((duration - LENGTH).abs() < 200, "{duration}");
        let stream = Stream::of(&fixture, playback.clone()).await;
        let total: f64 = stream.segments.iter().map(|(length, _)| length).sum();
        assert!((total - 20.0).abs() < 0.2, "{:?}", stream.segments);
        for index in [stream.segments.len() - 1, 0, 1] {
            let (first, _) = stream.span(index).await;
            assert!((first - stream.start(index)).abs() < 0.2, "segment {index} begins at {first}");
        }
        let text = fixture.admin.get(&at(&playback, "subtitles/0.vtt")).await;
        let text = String::from_utf8(text.bytes.to_vec()).unwrap();
        assert!(text.contains("00:00:01.0") && text.contains("--> 00:00:03.0"), "{text}");
    }
}

#[tokio::test]
async fn the_duration_of_a_recording_without_one_is_measured() {
    let Some((fixture, title)) = fixture(Clip::Live).await else { return };
    let playback = fixture.play(&fixture.admin, title).await;
    assert_eq!(playback["mode"], "direct", "{playback}");
    let duration = playback["duration_ms"].as_i64().unwrap();
    assert!((duration - LENGTH).abs() < 200, "{duration}");
}

/// When the file is scanned, it is a film. When it is played, it is a playlist that refers to another file.
#[tokio::test]
async fn a_playlist_that_replaces_a_film_cannot_play_other_files() {
    // The clock is frozen, so that no scan detects the change.
    let clock = clock::ManualClock::new("2026-10-01T20:00:00Z".parse().unwrap());
    let films = [("Film (2000)/Film (2000)", Clip::Old)];
    let server = TestApp::builder().clock(clock);
    let Some(fixture) = Fixture::open(server, "movies", &films).await else { return };
    let title = fixture.title("Film").await;
    let other = Clip::Old.path().unwrap();
    let playlist = format!("ffconcat version 1.0\nfile 'file:{}'\n", other.display());
    let m3u = format!("#EXTM3U\n#EXTINF:20,\nfile:{}\n#EXT-X-ENDLIST\n", other.display());
    for text in [playlist, m3u] {
        std::fs::write(fixture.path("Film (2000)/Film (2000).mkv"), text).unwrap();
        let playback = fixture.play(&fixture.admin, title).await;
        let query = playback["url"].as_str().unwrap().split_once('?').unwrap().1.to_owned();
        let init = fixture.admin.get(&at(&playback, &format!("hls/init.mp4?{query}"))).await;
        assert_eq!(init.error(StatusCode::SERVICE_UNAVAILABLE), "conversion_failed");
    }
}

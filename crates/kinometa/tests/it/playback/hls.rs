//! HLS streams made with ffmpeg.

use std::time::Duration;

use kinometa::config::Config;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::Clip;
use super::fixture::{Fixture, at};
use super::stream::Stream;
use crate::support::TestApp;

async fn playing(clip: Clip) -> Option<(Fixture, Value)> {
    let fixture = Fixture::with_movies(&[("Film (2000)/Film (2000)", clip)]).await?;
    let playback = fixture.play(&fixture.admin, fixture.title("Film").await).await;
    Some((fixture, playback))
}

#[tokio::test]
async fn a_container_that_browsers_cannot_open_is_repacked() {
    let Some((fixture, playback)) = playing(Clip::Mkv).await else { return };
    assert_eq!(playback["mode"], "remux");
    assert!(playback["reason"].as_str().unwrap().contains("Matroska"), "{playback}");
    let stream = Stream::of(&fixture, playback).await;
    let total: f64 = stream.segments.iter().map(|(length, _)| length).sum();
    assert!((total - 20.0).abs() < 0.2, "{:?}", stream.segments);
    assert!(stream.segments.len() >= 3, "{:?}", stream.segments);
    for index in 0..stream.segments.len() {
        let (first, last) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.15, "segment {index} begins at {first}");
        assert!(last - first > stream.segments[index].0 - 0.3, "segment {index} ends at {last}");
    }
    let info = stream.info(0).await;
    let video = info.video.unwrap();
    assert_eq!((video.codec.as_str(), video.width, info.audio[0].codec.as_str()), ("h264", 320, "aac"));
}

#[tokio::test]
async fn a_file_carries_the_display_names_of_its_formats() {
    let Some((_, playback)) = playing(Clip::Mkv).await else { return };
    let file = &playback["file"];
    assert_eq!(file["container_name"], "Matroska");
    assert_eq!(file["video"]["codec_name"], "H.264");
    assert_eq!(file["video"]["resolution"], "480p");
    assert_eq!(file["video"]["resolution"], playback["title"]["resolution"]);
    let audio: Vec<_> = file["audio"].as_array().unwrap().iter().map(|track| &track["codec_name"]).collect();
    assert_eq!(audio, [&json!("AAC"), &json!("Dolby Digital")]);
}

#[tokio::test]
async fn every_position_can_be_sought_immediately() {
    let Some((fixture, playback)) = playing(Clip::Mkv).await else { return };
    let stream = Stream::of(&fixture, playback).await;
    let last = stream.segments.len() - 1;
    for index in [last, 0, last, 1] {
        let (first, _) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.15, "segment {index} begins at {first}");
    }
}

#[tokio::test]
async fn unsupported_video_is_converted() {
    let Some((fixture, playback)) = playing(Clip::Old).await else { return };
    assert_eq!(playback["mode"], "transcode");
    assert!(playback["reason"].as_str().unwrap().contains("MPEG-4"), "{playback}");
    let stream = Stream::of(&fixture, playback).await;
    assert_eq!(stream.segments.len(), 20);
    for index in [11, 0, 19] {
        let (first, last) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.15, "segment {index} begins at {first}");
        assert!(last - first > 0.8, "segment {index} ends at {last}");
    }
    let info = stream.info(2).await;
    assert_eq!((info.video.unwrap().codec.as_str(), info.audio[0].codec.as_str()), ("h264", "aac"));
}

#[tokio::test]
async fn a_player_can_limit_the_video_height() {
    let Some(fixture) = Fixture::with_movies(&[("Film (2000)/Film (2000)", Clip::Mp4)]).await else { return };
    let mut capabilities = super::fixture::chromium();
    capabilities["max_height"] = json!(144);
    let wish = json!({"title_id": fixture.title("Film").await, "capabilities": capabilities});
    let playback = fixture.play_with(&fixture.admin, wish).await.good(StatusCode::CREATED);
    let stream = Stream::of(&fixture, playback).await;
    assert_eq!(stream.info(0).await.video.unwrap().height, 144);
}

#[tokio::test]
async fn switching_the_audio_track_starts_another_stream() {
    let Some((fixture, playback)) = playing(Clip::Mkv).await else { return };
    assert_eq!(playback["audio_index"], 0);
    let stream = Stream::of(&fixture, playback.clone()).await;
    stream.bytes(0).await;
    let switched = json!({"audio_index": 1, "position_ms": 7000});
    let switched = fixture.admin.post(&at(&playback, "audio"), switched).await.good(StatusCode::OK);
    assert_eq!((&switched["audio_index"], &switched["position_ms"]), (&json!(1), &json!(7000)));
    assert_ne!(switched["url"], playback["url"]);
    assert!(switched["reason"].as_str().unwrap().contains("Dolby Digital"), "{switched}");
    let german = Stream::of(&fixture, switched).await;
    let info = german.info(1).await;
    assert_eq!((info.audio.len(), info.audio[0].codec.as_str(), info.audio[0].channels), (1, "aac", 2));
    let unknown =
        fixture.admin.post(&at(&playback, "audio"), json!({"audio_index": 9, "position_ms": 0})).await;
    assert_eq!(unknown.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
}

#[tokio::test]
async fn stopping_playback_removes_its_files() {
    let Some((fixture, playback)) = playing(Clip::Old).await else { return };
    let stream = Stream::of(&fixture, playback.clone()).await;
    stream.bytes(0).await;
    let cache = fixture.app.state().config().data_dir.join("cache/streams");
    assert!(segments_in(&cache) > 0);
    let stop = json!({"event": "stop", "position_ms": 1000, "seq": 1});
    fixture.admin.post(&at(&playback, "events"), stop).await.good(StatusCode::OK);
    assert_eq!(fixture.app.state().playback().conversions(), 0);
    assert_eq!(segments_in(&cache), 0);
    // A reloaded page continues where it was.
    assert!(!stream.bytes(1).await.is_empty());
    fixture.app.stop().await;
}

fn segments_in(folder: &std::path::Path) -> usize {
    let streams = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files = streams.flat_map(|stream| std::fs::read_dir(stream.path()).into_iter().flatten().flatten());
    files.filter(|file| file.path().extension().is_some_and(|extension| extension == "m4s")).count()
}

#[tokio::test]
async fn an_idle_stream_is_stopped() {
    let clock = clock::ManualClock::new("2026-10-01T20:00:00Z".parse().unwrap());
    let server = TestApp::builder().clock(clock.clone());
    let films = [("Film (2000)/Film (2000)", Clip::Old)];
    let Some(fixture) = Fixture::open(server, "movies", &films).await else { return };
    let playback = fixture.play(&fixture.admin, fixture.title("Film").await).await;
    Stream::of(&fixture, playback).await.bytes(0).await;
    let cache = fixture.app.state().config().data_dir.join("cache/streams");
    assert!(segments_in(&cache) > 0);
    let mut wait = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..500 {
        wait.tick().await;
        clock.advance(Duration::from_secs(20));
        if segments_in(&cache) == 0 {
            return;
        }
    }
    panic!("segments of an idle stream are kept");
}

#[tokio::test]
async fn without_ffmpeg_the_message_says_what_is_missing() {
    let nowhere = |config: &mut Config| config.ffmpeg = Some("/nowhere/ffmpeg".into());
    let server = TestApp::builder().config(nowhere);
    let films = [("Old (1990)/Old (1990)", Clip::Old), ("New (2000)/New (2000)", Clip::Mp4)];
    let Some(fixture) = Fixture::open(server, "movies", &films).await else { return };
    let old = json!({"title_id": fixture.title("Old").await});
    let refused = fixture.play_with(&fixture.admin, old).await;
    assert_eq!(refused.error(StatusCode::SERVICE_UNAVAILABLE), "ffmpeg_missing");
    let error = &refused.json()["error"];
    assert!(error["message"].as_str().unwrap().contains("MPEG-4"), "{error}");
    assert!(error["action"].as_str().unwrap().contains("Install ffmpeg"), "{error}");
    let new = fixture.play(&fixture.admin, fixture.title("New").await).await;
    assert_eq!(new["mode"], "direct");
}

#[tokio::test]
async fn invalid_streams_are_rejected() {
    let Some((fixture, playback)) = playing(Clip::Mkv).await else { return };
    for (rest, status) in [
        ("hls/index.m3u8?plan=vp9", StatusCode::UNPROCESSABLE_ENTITY),
        ("hls/999.m4s?plan=copy.0.copy", StatusCode::NOT_FOUND),
        ("hls/..%2f..%2fetc?plan=copy.0.copy", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(fixture.admin.get(&at(&playback, rest)).await.status, status, "{rest}");
    }
    let other = fixture.app.user("other").await;
    let stolen = other.get(playback["url"].as_str().unwrap()).await;
    assert_eq!(stolen.error(StatusCode::NOT_FOUND), "not_found");
}

//! Streams that ffmpeg makes.

use std::time::Duration;

use kinometa::config::Config;
use reqwest::StatusCode;
use serde_json::{Value, json};

use super::cinema::{Cinema, at};
use super::clips::Clip;
use super::stream::Stream;
use crate::support::TestApp;

async fn playing(clip: Clip) -> Option<(Cinema, Value)> {
    let cinema = Cinema::with_movies(&[("Film (2000)/Film (2000)", clip)]).await?;
    let playback = cinema.play(&cinema.admin, cinema.title("Film").await).await;
    Some((cinema, playback))
}

#[tokio::test]
async fn a_container_that_browsers_cannot_open_is_repacked() {
    let Some((cinema, playback)) = playing(Clip::Mkv).await else { return };
    assert_eq!(playback["mode"], "remux");
    assert!(playback["reason"].as_str().unwrap().contains("Matroska"), "{playback}");
    let stream = Stream::of(&cinema, playback).await;
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
async fn every_position_can_be_sought_immediately() {
    let Some((cinema, playback)) = playing(Clip::Mkv).await else { return };
    let stream = Stream::of(&cinema, playback).await;
    let last = stream.segments.len() - 1;
    for index in [last, 0, last, 1] {
        let (first, _) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.15, "segment {index} begins at {first}");
    }
}

#[tokio::test]
async fn unsupported_video_is_converted() {
    let Some((cinema, playback)) = playing(Clip::Old).await else { return };
    assert_eq!(playback["mode"], "transcode");
    assert!(playback["reason"].as_str().unwrap().contains("MPEG-4"), "{playback}");
    let stream = Stream::of(&cinema, playback).await;
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
    let Some(cinema) = Cinema::with_movies(&[("Film (2000)/Film (2000)", Clip::Mp4)]).await else { return };
    let mut capabilities = super::cinema::chromium();
    capabilities["max_height"] = json!(144);
    let wish = json!({"title_id": cinema.title("Film").await, "capabilities": capabilities});
    let playback = cinema.play_with(&cinema.admin, wish).await.good(StatusCode::CREATED);
    let stream = Stream::of(&cinema, playback).await;
    assert_eq!(stream.info(0).await.video.unwrap().height, 144);
}

#[tokio::test]
async fn switching_the_audio_track_starts_another_stream() {
    let Some((cinema, playback)) = playing(Clip::Mkv).await else { return };
    assert_eq!(playback["audio_index"], 0);
    let stream = Stream::of(&cinema, playback.clone()).await;
    stream.bytes(0).await;
    let switched = json!({"audio_index": 1, "position_ms": 7000});
    let switched = cinema.admin.post(&at(&playback, "audio"), switched).await.good(StatusCode::OK);
    assert_eq!((&switched["audio_index"], &switched["position_ms"]), (&json!(1), &json!(7000)));
    assert_ne!(switched["url"], playback["url"]);
    assert!(switched["reason"].as_str().unwrap().contains("Dolby Digital"), "{switched}");
    let german = Stream::of(&cinema, switched).await;
    let info = german.info(1).await;
    assert_eq!((info.audio.len(), info.audio[0].codec.as_str(), info.audio[0].channels), (1, "aac", 2));
    let unknown =
        cinema.admin.post(&at(&playback, "audio"), json!({"audio_index": 9, "position_ms": 0})).await;
    assert_eq!(unknown.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
}

#[tokio::test]
async fn stopping_playback_removes_its_files() {
    let Some((cinema, playback)) = playing(Clip::Old).await else { return };
    let stream = Stream::of(&cinema, playback.clone()).await;
    stream.bytes(0).await;
    let cache = cinema.app.state().config().data_dir.join("cache/streams");
    assert!(segments_in(&cache) > 0);
    let stop = json!({"event": "stop", "position_ms": 1000, "seq": 1});
    cinema.admin.post(&at(&playback, "events"), stop).await.good(StatusCode::OK);
    assert_eq!(cinema.app.state().playback().conversions(), 0);
    assert_eq!(segments_in(&cache), 0);
    // A page that is shown again goes on where it was.
    assert!(!stream.bytes(1).await.is_empty());
    cinema.app.stop().await;
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
    let Some(cinema) = Cinema::open(server, "movies", &films).await else { return };
    let playback = cinema.play(&cinema.admin, cinema.title("Film").await).await;
    Stream::of(&cinema, playback).await.bytes(0).await;
    let cache = cinema.app.state().config().data_dir.join("cache/streams");
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
    let Some(cinema) = Cinema::open(server, "movies", &films).await else { return };
    let old = json!({"title_id": cinema.title("Old").await});
    let refused = cinema.play_with(&cinema.admin, old).await;
    assert_eq!(refused.error(StatusCode::SERVICE_UNAVAILABLE), "ffmpeg_missing");
    let error = &refused.json()["error"];
    assert!(error["message"].as_str().unwrap().contains("MPEG-4"), "{error}");
    assert!(error["action"].as_str().unwrap().contains("Install ffmpeg"), "{error}");
    let new = cinema.play(&cinema.admin, cinema.title("New").await).await;
    assert_eq!(new["mode"], "direct");
}

#[tokio::test]
async fn invalid_streams_are_rejected() {
    let Some((cinema, playback)) = playing(Clip::Mkv).await else { return };
    for (rest, status) in [
        ("hls/index.m3u8?plan=vp9", StatusCode::UNPROCESSABLE_ENTITY),
        ("hls/999.m4s?plan=copy.0.copy", StatusCode::NOT_FOUND),
        ("hls/..%2f..%2fetc?plan=copy.0.copy", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(cinema.admin.get(&at(&playback, rest)).await.status, status, "{rest}");
    }
    let other = cinema.app.user("other").await;
    let stolen = other.get(playback["url"].as_str().unwrap()).await;
    assert_eq!(stolen.error(StatusCode::NOT_FOUND), "not_found");
}

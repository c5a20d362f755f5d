//! Streams when things go wrong: too many of them, no file any more, an ffmpeg that fails.

use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::cinema::{Cinema, at};
use super::clips::Clip;
use super::stream::Stream;
use crate::support::TestApp;

async fn long() -> Option<(Cinema, i64)> {
    let cinema = Cinema::with_movies(&[("Film (2000)/Film (2000)", Clip::Long)]).await?;
    let title = cinema.title("Film").await;
    Some((cinema, title))
}

/// Waits until a segment with this number is made, though no player has asked for it.
async fn made(cinema: &Cinema, number: usize) {
    let cache = cinema.app.state().config().data_dir.join("cache/streams");
    let mut wait = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..1500 {
        wait.tick().await;
        if streams(&cache).any(|stream| stream.join(format!("{number}.m4s")).exists()) {
            return;
        }
    }
    panic!("segment {number} is not made");
}

fn streams(cache: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    std::fs::read_dir(cache).into_iter().flatten().flatten().map(|entry| entry.path())
}

async fn stop(cinema: &Cinema, playback: &Value, position_ms: i64) {
    let stop = json!({"event": "stop", "position_ms": position_ms, "seq": 1});
    cinema.admin.post(&at(playback, "events"), stop).await.good(StatusCode::OK);
}

#[tokio::test]
async fn a_stream_is_prepared_before_the_player_requests_it() {
    let Some((cinema, title)) = long().await else { return };
    let playback = cinema.play(&cinema.admin, title).await;
    made(&cinema, 0).await;
    stop(&cinema, &playback, 90_000).await;
    // Somewhere else in the film, when the player says where it is going to begin.
    let wish = json!({"title_id": title, "start_ms": 90_000});
    cinema.play_with(&cinema.admin, wish).await.good(StatusCode::CREATED);
    made(&cinema, 90).await;
}

#[tokio::test]
async fn too_many_conversions_are_rejected_immediately() {
    let Some((cinema, title)) = long().await else { return };
    let mut playing = Vec::new();
    let refused = loop {
        assert!(playing.len() < 100, "there is no limit");
        let answer = cinema.play_with(&cinema.admin, json!({"title_id": title})).await;
        if answer.status != StatusCode::CREATED {
            break answer;
        }
        playing.push(answer.json());
    };
    assert_eq!(refused.error(StatusCode::SERVICE_UNAVAILABLE), "busy");
    // Who plays can still seek, and a place is free as soon as somebody has finished.
    let stream = Stream::of(&cinema, playing[1].clone()).await;
    assert_eq!(stream.get(150).await.status, StatusCode::OK);
    stop(&cinema, &playing[0], 1000).await;
    cinema.play(&cinema.admin, title).await;
}

#[tokio::test]
async fn a_file_deleted_during_playback_is_named() {
    let Some((cinema, title)) = long().await else { return };
    let stream = Stream::of(&cinema, cinema.play(&cinema.admin, title).await).await;
    stream.bytes(0).await;
    std::fs::remove_file(cinema.path("Film (2000)/Film (2000).mkv")).unwrap();
    let gone = stream.get(150).await;
    assert_eq!(gone.error(StatusCode::NOT_FOUND), "file_missing");
}

#[cfg(unix)]
#[tokio::test]
async fn ffmpeg_errors_are_reported() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("ffmpeg");
    let script = "#!/bin/sh\ncase \"$2\" in -version|-encoders|-filters) exec ffmpeg \"$@\";; esac\n\
                  echo 'no picture in here' >&2\nexit 1\n";
    std::fs::write(&broken, script).unwrap();
    std::fs::set_permissions(&broken, std::fs::Permissions::from_mode(0o755)).unwrap();
    let server = TestApp::builder().config(move |config| config.ffmpeg = Some(broken.clone()));
    let films = [("Film (2000)/Film (2000)", Clip::Old)];
    let Some(cinema) = Cinema::open(server, "movies", &films).await else { return };
    let playback = cinema.play(&cinema.admin, cinema.title("Film").await).await;
    let failed = cinema.admin.get(&at(&playback, "hls/0.m4s?plan=h264.0.aac")).await;
    assert_eq!(failed.error(StatusCode::SERVICE_UNAVAILABLE), "conversion_failed");
    assert!(failed.json()["error"]["message"].as_str().unwrap().contains("no picture in here"));
}

#[tokio::test]
async fn files_left_by_a_crash_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let streams = folder.path().join("cache/streams");
    std::fs::create_dir_all(streams.join("stream-old")).unwrap();
    std::fs::write(streams.join("stream-old/7.m4s"), "leftover").unwrap();
    let data_dir = folder.path().to_owned();
    let app = TestApp::builder().config(move |config| config.data_dir = data_dir.clone()).start().await;
    let mut wait = tokio::time::interval(Duration::from_millis(20));
    while streams.join("stream-old").exists() {
        wait.tick().await;
    }
    app.stop().await;
}

//! Failures of streams: too many conversions, missing files, ffmpeg errors.

use std::path::Path;
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::Clip;
use super::fixture::{Fixture, at};
use super::stream::Stream;
use crate::support::TestApp;

async fn long_film() -> Option<(Fixture, i64)> {
    let fixture = Fixture::with_movies(&[("Film (2000)/Film (2000)", Clip::Long)]).await?;
    let title = fixture.title("Film").await;
    Some((fixture, title))
}

/// Waits until the segment with this number exists, without requesting it.
async fn wait_for_segment(fixture: &Fixture, number: usize) {
    let cache = fixture.app.state().config().data_dir.join("cache/streams");
    let mut wait = tokio::time::interval(Duration::from_millis(20));
    for _ in 0..1500 {
        wait.tick().await;
        if streams(&cache).any(|stream| stream.join(format!("{number}.m4s")).exists()) {
            return;
        }
    }
    panic!("segment {number} was not generated");
}

fn streams(cache: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    std::fs::read_dir(cache).into_iter().flatten().flatten().map(|entry| entry.path())
}

async fn stop(fixture: &Fixture, playback: &Value, position_ms: i64) {
    let stop = json!({"event": "stop", "position_ms": position_ms, "seq": 1});
    fixture.admin.post(&at(playback, "events"), stop).await.good(StatusCode::OK);
}

#[tokio::test]
async fn a_stream_is_prepared_before_the_player_requests_it() {
    let Some((fixture, title)) = long_film().await else { return };
    let playback = fixture.play(&fixture.admin, title).await;
    wait_for_segment(&fixture, 0).await;
    stop(&fixture, &playback, 90_000).await;
    // If the player sends a start position, the stream is prepared from there.
    let body = json!({"title_id": title, "start_ms": 90_000});
    fixture.play_with(&fixture.admin, body).await.good(StatusCode::CREATED);
    wait_for_segment(&fixture, 90).await;
}

#[tokio::test]
async fn too_many_conversions_are_rejected_immediately() {
    let Some((fixture, title)) = long_film().await else { return };
    let mut playing = Vec::new();
    let refused = loop {
        assert!(playing.len() < 100, "there is no limit");
        let response = fixture.play_with(&fixture.admin, json!({"title_id": title})).await;
        if response.status != StatusCode::CREATED {
            break response;
        }
        playing.push(response.json());
    };
    assert_eq!(refused.error(StatusCode::SERVICE_UNAVAILABLE), "busy");
    // Active sessions can still seek, and a slot is free as soon as one ends.
    let stream = Stream::of(&fixture, playing[1].clone()).await;
    assert_eq!(stream.get(150).await.status, StatusCode::OK);
    stop(&fixture, &playing[0], 1000).await;
    fixture.play(&fixture.admin, title).await;
}

#[tokio::test]
async fn a_file_deleted_during_playback_is_reported() {
    let Some((fixture, title)) = long_film().await else { return };
    let stream = Stream::of(&fixture, fixture.play(&fixture.admin, title).await).await;
    stream.bytes(0).await;
    std::fs::remove_file(fixture.path("Film (2000)/Film (2000).mkv")).unwrap();
    let missing = stream.get(150).await;
    assert_eq!(missing.error(StatusCode::NOT_FOUND), "file_missing");
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
    let Some(fixture) = Fixture::open(server, "movies", &films).await else { return };
    let playback = fixture.play(&fixture.admin, fixture.title("Film").await).await;
    let failed = fixture.admin.get(&at(&playback, "hls/0.m4s?plan=h264.0.aac")).await;
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

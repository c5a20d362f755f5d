//! Subtitles as WebVTT.

use reqwest::StatusCode;
use serde_json::Value;

use super::clips::Clip;
use super::fixture::{Fixture, at};
use crate::support::TestApp;

async fn texts(fixture: &Fixture, playback: &Value) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for subtitle in playback["subtitles"].as_array().unwrap() {
        let text = fixture.admin.get(subtitle["url"].as_str().unwrap()).await;
        assert_eq!(
            (text.status, text.header("content-type")),
            (StatusCode::OK, Some("text/vtt; charset=utf-8"))
        );
        let text = String::from_utf8(text.bytes.to_vec()).unwrap();
        assert!(text.starts_with("WEBVTT"), "{text}");
        texts.push((subtitle["label"].as_str().unwrap().to_owned(), text));
    }
    texts
}

async fn fixture(server: crate::support::TestAppBuilder) -> Option<(Fixture, Value)> {
    let fixture = Fixture::open(server, "movies", &[("Film (2000)/Film (2000)", Clip::Mkv)]).await?;
    let srt = "1\n00:00:05,500 --> 00:00:06,000\nBeside the film\n";
    std::fs::write(fixture.path("Film (2000)/Film (2000).de.forced.srt"), srt).unwrap();
    let library = fixture.admin.get("/api/libraries").await.good(StatusCode::OK)[0]["id"].as_i64().unwrap();
    fixture.scan_again(library).await;
    let title = fixture.title("Film").await;
    let mut capabilities = super::fixture::chromium();
    capabilities["containers"] = serde_json::json!(["mp4", "mkv"]);
    let body = serde_json::json!({"title_id": title, "capabilities": capabilities});
    let playback = fixture.play_with(&fixture.admin, body).await.good(StatusCode::CREATED);
    Some((fixture, playback))
}

#[tokio::test]
async fn embedded_and_external_subtitles_are_available() {
    let Some((fixture, playback)) = fixture(TestApp::builder()).await else { return };
    let found = texts(&fixture, &playback).await;
    let labels: Vec<&str> = found.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["English", "German (forced)"]);
    // Matroska timestamps are a few milliseconds late, for both video and text.
    assert!(found[0].1.contains("00:01.0") && found[0].1.contains("Inside the film"), "{}", found[0].1);
    assert!(found[1].1.contains("00:00:05.500 --> 00:00:06.000\nBeside the film"), "{}", found[1].1);
    // The second request is served from the cache.
    assert_eq!(texts(&fixture, &playback).await, found);
    let missing = fixture.admin.get(&at(&playback, "subtitles/9.vtt")).await;
    assert_eq!(missing.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn external_subtitles_work_without_ffmpeg() {
    let server = TestApp::builder().config(|config| config.ffmpeg = Some("/nowhere/ffmpeg".into()));
    let Some((fixture, playback)) = fixture(server).await else { return };
    let found = texts(&fixture, &playback).await;
    assert_eq!(found.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(), ["German (forced)"]);
}

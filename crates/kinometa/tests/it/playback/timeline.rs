//! Chapters, and the preview images shown while seeking.

use std::process::Command;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::Clip;
use super::fixture::{Fixture, at, chromium};
use crate::support::{TestApp, TestAppBuilder};

const FILM: &str = "Film (2000)/Film (2000)";

async fn playing(server: TestAppBuilder) -> Option<(Fixture, Value)> {
    let fixture = Fixture::open(server, "movies", &[(FILM, Clip::Mp4)]).await?;
    let title = fixture.title("Film").await;
    let body = json!({"title_id": title, "capabilities": chromium()});
    let playback = fixture.play_with(&fixture.admin, body).await.good(StatusCode::CREATED);
    Some((fixture, playback))
}

/// Adds chapters to the file that is being played.
fn add_chapters(fixture: &Fixture) {
    let (film, output) = (fixture.path(&format!("{FILM}.mp4")), fixture.path("made.mp4"));
    let metadata = fixture.path("chapters.txt");
    let text = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=5000\ntitle=Intro\n\
                [CHAPTER]\nTIMEBASE=1/1000\nSTART=5000\nEND=20000\ntitle=The film\n";
    std::fs::write(&metadata, text).unwrap();
    let status = Command::new("ffmpeg")
        .args(["-v", "error", "-y", "-i"])
        .arg(&film)
        .arg("-i")
        .arg(&metadata)
        .args(["-map", "0", "-map_chapters", "1", "-c", "copy"])
        .arg(&output)
        .status()
        .unwrap();
    assert!(status.success());
    std::fs::rename(output, film).unwrap();
}

#[tokio::test]
async fn playback_has_chapters_and_previews() {
    let Some((fixture, playback)) = playing(TestApp::builder()).await else { return };
    let plain = fixture.admin.get(&at(&playback, "timeline")).await.good(StatusCode::OK);
    assert_eq!(plain["chapters"], json!([]));
    add_chapters(&fixture);
    let timeline = fixture.admin.get(&at(&playback, "timeline")).await.good(StatusCode::OK);
    let expected = json!([
        {"start_ms": 0, "end_ms": 5_000, "title": "Intro"},
        {"start_ms": 5_000, "end_ms": 20_000, "title": "The film"}
    ]);
    assert_eq!(timeline["chapters"], expected);

    let url = timeline["previews"]["url"].as_str().unwrap();
    for _ in ["generated", "cached"] {
        let sheet = fixture.admin.get(&url.replace("{sheet}", "0")).await;
        assert_eq!((sheet.status, sheet.header("content-type")), (StatusCode::OK, Some("image/jpeg")));
        assert_eq!(sheet.bytes[..2], [0xff, 0xd8], "the sheet is a JPEG");
    }
    // The film ends before the second sheet would start.
    for beyond in ["1", "4294967295", "99999999999", "-1", "x"] {
        let sheet = fixture.admin.get(&url.replace("{sheet}", beyond)).await;
        assert_eq!(sheet.error(StatusCode::NOT_FOUND), "not_found", "{beyond}");
    }
}

#[tokio::test]
async fn without_ffmpeg_there_are_chapters_but_no_previews() {
    let server = TestApp::builder().config(|config| config.ffmpeg = Some("/nowhere/ffmpeg".into()));
    let Some((fixture, playback)) = playing(server).await else { return };
    let timeline = fixture.admin.get(&at(&playback, "timeline")).await.good(StatusCode::OK);
    assert_eq!(timeline, json!({"chapters": []}));
    // Chapters of MP4 and Matroska files are read without ffmpeg.
    add_chapters(&fixture);
    let timeline = fixture.admin.get(&at(&playback, "timeline")).await.good(StatusCode::OK);
    assert_eq!(timeline["chapters"][0], json!({"start_ms": 0, "end_ms": 5_000, "title": "Intro"}));
    let sheet = fixture.admin.get(&at(&playback, "previews/0.jpg")).await;
    assert_eq!(sheet.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn chapters_and_previews_are_only_available_to_their_user() {
    let Some((fixture, playback)) = playing(TestApp::builder()).await else { return };
    let other = fixture.app.user("other").await;
    for path in [at(&playback, "timeline"), at(&playback, "previews/0.jpg")] {
        assert_eq!(other.get(&path).await.error(StatusCode::NOT_FOUND), "not_found", "{path}");
        let anonymous = fixture.app.anonymous().get(&path).await;
        assert_eq!(anonymous.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

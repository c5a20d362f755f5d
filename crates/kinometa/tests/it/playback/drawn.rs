//! Image subtitles burned into the video.

use std::process::Command;

use reqwest::StatusCode;
use serde_json::{Value, json};

use super::clips::Clip;
use super::fixture::{Fixture, at};
use super::pgs::BOX;
use super::stream::Stream;
use crate::support::TestApp;

async fn disc() -> Option<(Fixture, Value)> {
    let fixture = Fixture::with_movies(&[("Film (2000)/Film (2000)", Clip::Disc)]).await?;
    let playback = fixture.play(&fixture.admin, fixture.title("Film").await).await;
    Some((fixture, playback))
}

async fn choose(fixture: &Fixture, playback: &Value, subtitle: Value) -> Value {
    let body = json!({"subtitle_index": subtitle, "position_ms": 6000});
    fixture.admin.post(&at(playback, "subtitle"), body).await.good(StatusCode::OK)
}

/// Returns the brightness of a segment's first frame at the position of the box, from 0 to 255 (white).
async fn brightness(stream: &Stream<'_>, index: usize) -> u8 {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), stream.bytes(index).await).unwrap();
    let (left, top, width, height) = BOX;
    let filter = format!("crop={width}:{height}:{left}:{top},scale=1:1:flags=area,format=gray");
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-i"])
        .arg(file.path())
        .args(["-frames:v", "1", "-vf", &filter, "-f", "rawvideo", "pipe:1"])
        .output()
        .unwrap();
    *output.stdout.first().unwrap_or_else(|| panic!("ffmpeg returned no frame: {output:?}"))
}

#[tokio::test]
async fn image_subtitles_can_be_chosen_and_survive_a_seek() {
    let Some((fixture, playback)) = disc().await else { return };
    let [subtitle] = playback["subtitles"].as_array().unwrap().as_slice() else { panic!("{playback}") };
    assert_eq!((&subtitle["label"], &subtitle["url"]), (&json!("English"), &Value::Null));
    assert_eq!((&playback["mode"], &playback["subtitle_index"]), (&json!("remux"), &Value::Null));
    let chosen = choose(&fixture, &playback, json!(0)).await;
    assert_eq!((&chosen["mode"], &chosen["subtitle_index"]), (&json!("transcode"), &json!(0)));
    assert_eq!(chosen["position_ms"], 6000);
    assert!(chosen["reason"].as_str().unwrap().contains("subtitles are pictures"), "{chosen}");
    let stream = Stream::of(&fixture, chosen).await;
    // The box appears at second 4, before the keyframe from which decoding starts after a seek.
    for (index, shown) in [(7, true), (12, false), (5, true), (0, false)] {
        let found = brightness(&stream, index).await;
        assert_eq!(found > 230, shown, "segment {index} has brightness {found}");
        let (first, _) = stream.span(index).await;
        assert!((first - stream.start(index)).abs() < 0.15, "segment {index} begins at {first}");
    }
}

#[tokio::test]
async fn switching_image_subtitles_off_restores_the_original_video() {
    let Some((fixture, playback)) = disc().await else { return };
    choose(&fixture, &playback, json!(0)).await;
    let without = choose(&fixture, &playback, Value::Null).await;
    assert_eq!((&without["mode"], &without["url"]), (&playback["mode"], &playback["url"]));
    let body = json!({"subtitle_index": 5, "position_ms": 0});
    let unknown = fixture.admin.post(&at(&playback, "subtitle"), body).await;
    assert_eq!(unknown.error(StatusCode::UNPROCESSABLE_ENTITY), "invalid");
}

#[tokio::test]
async fn image_subtitles_require_ffmpeg() {
    let server = TestApp::builder().config(|config| config.ffmpeg = Some("/nowhere/ffmpeg".into()));
    let films = [("Film (2000)/Film (2000)", Clip::Disc)];
    let Some(fixture) = Fixture::open(server, "movies", &films).await else { return };
    let mut capabilities = super::fixture::chromium();
    capabilities["containers"] = json!(["mp4", "mkv"]);
    let body = json!({"title_id": fixture.title("Film").await, "capabilities": capabilities});
    let playback = fixture.play_with(&fixture.admin, body).await.good(StatusCode::CREATED);
    assert_eq!((&playback["mode"], &playback["subtitles"]), (&json!("direct"), &json!([])));
}

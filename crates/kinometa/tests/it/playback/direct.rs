//! Direct play with range requests.

use std::time::Duration;

use futures::StreamExt;
use reqwest::{Method, StatusCode, header};
use serde_json::Value;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::clips::{Clip, LENGTH};
use super::fixture::Fixture;
use crate::support::{Actor, Response, TestApp, send};

async fn get_range(who: &Actor, url: &str, range: &str) -> Response {
    send(who.request(Method::GET, url).header(header::RANGE, range)).await
}

async fn playing() -> Option<(Fixture, Value, Vec<u8>)> {
    let fixture = Fixture::with_movies(&[("Sita (2008)/Sita (2008)", Clip::Mp4)]).await?;
    let playback = fixture.play(&fixture.admin, fixture.title("Sita").await).await;
    let bytes = std::fs::read(fixture.path("Sita (2008)/Sita (2008).mp4")).unwrap();
    Some((fixture, playback, bytes))
}

#[tokio::test]
async fn playable_files_are_sent_unchanged() {
    let Some((fixture, playback, bytes)) = playing().await else { return };
    assert_eq!(playback["mode"], "direct");
    assert_eq!(playback.get("reason"), None);
    let difference = playback["duration_ms"].as_i64().unwrap() - LENGTH;
    assert!(difference.abs() < 200, "{playback}");
    let whole = fixture.admin.get(playback["url"].as_str().unwrap()).await;
    assert_eq!((whole.status, whole.header("content-type")), (StatusCode::OK, Some("video/mp4")));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.bytes, bytes);
}

#[tokio::test]
async fn ranges_are_sent_with_content_range() {
    let Some((fixture, playback, bytes)) = playing().await else { return };
    let (url, size) = (playback["url"].as_str().unwrap(), bytes.len());
    let middle = get_range(&fixture.admin, url, "bytes=1000-1999").await;
    assert_eq!(middle.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(middle.header("content-range"), Some(format!("bytes 1000-1999/{size}").as_str()));
    assert_eq!(middle.bytes, bytes[1000..2000]);
    let last = get_range(&fixture.admin, url, "bytes=-100").await;
    assert_eq!((last.status, &last.bytes[..]), (StatusCode::PARTIAL_CONTENT, &bytes[size - 100..]));
    let beyond = get_range(&fixture.admin, url, &format!("bytes={size}-")).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.header("content-range"), Some(format!("bytes */{size}").as_str()));
}

#[tokio::test]
async fn conditional_requests_resend_only_changed_files() {
    let Some((fixture, playback, bytes)) = playing().await else { return };
    let url = playback["url"].as_str().unwrap();
    let head = send(fixture.admin.request(Method::HEAD, url)).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), Some(bytes.len().to_string().as_str()));
    let tag = head.header("etag").unwrap();
    let if_range = |tag: &str| {
        let request = fixture.admin.request(Method::GET, url).header(header::RANGE, "bytes=0-9");
        send(request.header(header::IF_RANGE, tag))
    };
    assert_eq!(if_range(tag).await.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(if_range("\"other\"").await.status, StatusCode::OK);
    let known = send(fixture.admin.request(Method::GET, url).header(header::IF_NONE_MATCH, tag)).await;
    assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

/// More bytes than socket buffers hold without a reader.
const MORE_THAN_BUFFERS: u64 = 64 * 1024 * 1024;

#[tokio::test]
async fn a_film_paused_longer_than_all_timeouts_can_be_continued() {
    let short_timeouts = |config: &mut kinometa::config::Config| {
        config.limits.head_timeout = Duration::from_millis(300);
        config.limits.body_timeout = Duration::from_millis(300);
    };
    let server = TestApp::builder().config(short_timeouts);
    let Some(fixture) = Fixture::open(server, "movies", &[("Sita (2008)/Sita (2008)", Clip::Mp4)]).await
    else {
        return;
    };
    let file = fixture.path("Sita (2008)/Sita (2008).mp4");
    std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(MORE_THAN_BUFFERS).unwrap();
    let playback = fixture.play(&fixture.admin, fixture.title("Sita").await).await;
    assert_eq!(playback["mode"], "direct", "{playback}");

    let request = fixture.admin.request(Method::GET, playback["url"].as_str().unwrap());
    let mut response = request.send().await.unwrap().bytes_stream();
    let mut received = response.next().await.unwrap().unwrap().len() as u64;
    // In the meantime, three idle connections are closed because of their timeouts.
    for _ in 0..3 {
        let mut idle = TcpStream::connect(fixture.app.url().strip_prefix("http://").unwrap()).await.unwrap();
        let _ = idle.read_to_end(&mut Vec::new()).await;
    }
    while let Some(chunk) = response.next().await {
        received += chunk.expect("the stream must not be interrupted").len() as u64;
    }
    assert_eq!(received, MORE_THAN_BUFFERS);
}

#[tokio::test]
async fn streams_are_only_available_to_their_user() {
    let Some((fixture, playback, _)) = playing().await else { return };
    let url = playback["url"].as_str().unwrap();
    assert_eq!(fixture.app.anonymous().get(url).await.error(StatusCode::UNAUTHORIZED), "signed_out");
    let other = fixture.app.user("other").await;
    assert_eq!(other.get(url).await.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn a_missing_file_is_named_in_the_error() {
    let Some((fixture, playback, _)) = playing().await else { return };
    std::fs::remove_file(fixture.path("Sita (2008)/Sita (2008).mp4")).unwrap();
    let url = playback["url"].as_str().unwrap();
    let missing = fixture.admin.get(url).await;
    assert_eq!(missing.error(StatusCode::NOT_FOUND), "file_missing");
    assert!(missing.json()["error"]["message"].as_str().unwrap().contains("Sita (2008).mp4"));
    let title = fixture.title("Sita").await;
    let again = fixture.play_with(&fixture.admin, serde_json::json!({"title_id": title})).await;
    assert_eq!(again.error(StatusCode::NOT_FOUND), "file_missing");
}

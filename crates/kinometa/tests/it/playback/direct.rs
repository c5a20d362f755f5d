//! Direct play with range requests.

use std::time::Duration;

use futures::StreamExt;
use reqwest::{Method, StatusCode, header};
use serde_json::Value;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::cinema::Cinema;
use super::clips::{Clip, LENGTH};
use crate::support::{Actor, Response, TestApp, send};

async fn part(who: &Actor, url: &str, range: &str) -> Response {
    send(who.request(Method::GET, url).header(header::RANGE, range)).await
}

async fn playing() -> Option<(Cinema, Value, Vec<u8>)> {
    let cinema = Cinema::with_movies(&[("Sita (2008)/Sita (2008)", Clip::Mp4)]).await?;
    let playback = cinema.play(&cinema.admin, cinema.title("Sita").await).await;
    let bytes = std::fs::read(cinema.path("Sita (2008)/Sita (2008).mp4")).unwrap();
    Some((cinema, playback, bytes))
}

#[tokio::test]
async fn playable_files_are_sent_unchanged() {
    let Some((cinema, playback, bytes)) = playing().await else { return };
    assert_eq!(playback["mode"], "direct");
    assert_eq!(playback.get("reason"), None);
    let difference = playback["duration_ms"].as_i64().unwrap() - LENGTH;
    assert!(difference.abs() < 200, "{playback}");
    let whole = cinema.admin.get(playback["url"].as_str().unwrap()).await;
    assert_eq!((whole.status, whole.header("content-type")), (StatusCode::OK, Some("video/mp4")));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    assert_eq!(whole.bytes, bytes);
}

#[tokio::test]
async fn ranges_are_sent_with_content_range() {
    let Some((cinema, playback, bytes)) = playing().await else { return };
    let (url, size) = (playback["url"].as_str().unwrap(), bytes.len());
    let middle = part(&cinema.admin, url, "bytes=1000-1999").await;
    assert_eq!(middle.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(middle.header("content-range"), Some(format!("bytes 1000-1999/{size}").as_str()));
    assert_eq!(middle.bytes, bytes[1000..2000]);
    let last = part(&cinema.admin, url, "bytes=-100").await;
    assert_eq!((last.status, &last.bytes[..]), (StatusCode::PARTIAL_CONTENT, &bytes[size - 100..]));
    let beyond = part(&cinema.admin, url, &format!("bytes={size}-")).await;
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.header("content-range"), Some(format!("bytes */{size}").as_str()));
}

#[tokio::test]
async fn changed_files_are_sent_in_full_and_unchanged_ones_not_again() {
    let Some((cinema, playback, bytes)) = playing().await else { return };
    let url = playback["url"].as_str().unwrap();
    let head = send(cinema.admin.request(Method::HEAD, url)).await;
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("content-length"), Some(bytes.len().to_string().as_str()));
    let tag = head.header("etag").unwrap();
    let if_range = |tag: &str| {
        let request = cinema.admin.request(Method::GET, url).header(header::RANGE, "bytes=0-9");
        send(request.header(header::IF_RANGE, tag))
    };
    assert_eq!(if_range(tag).await.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(if_range("\"other\"").await.status, StatusCode::OK);
    let known = send(cinema.admin.request(Method::GET, url).header(header::IF_NONE_MATCH, tag)).await;
    assert_eq!((known.status, known.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
}

/// More than what sockets take in without a reader.
const MORE_THAN_BUFFERS: u64 = 64 * 1024 * 1024;

#[tokio::test]
async fn a_film_that_is_paused_longer_than_every_timeout_goes_on() {
    let quick = |config: &mut kinometa::config::Config| {
        config.limits.head_timeout = Duration::from_millis(300);
        config.limits.body_timeout = Duration::from_millis(300);
    };
    let server = TestApp::builder().config(quick);
    let Some(cinema) = Cinema::open(server, "movies", &[("Sita (2008)/Sita (2008)", Clip::Mp4)]).await else {
        return;
    };
    let file = cinema.path("Sita (2008)/Sita (2008).mp4");
    std::fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(MORE_THAN_BUFFERS).unwrap();
    let playback = cinema.play(&cinema.admin, cinema.title("Sita").await).await;
    assert_eq!(playback["mode"], "direct", "{playback}");

    let request = cinema.admin.request(Method::GET, playback["url"].as_str().unwrap());
    let mut answer = request.send().await.unwrap().bytes_stream();
    let mut received = answer.next().await.unwrap().unwrap().len() as u64;
    // Connections that do nothing are closed three times in the meantime.
    for _ in 0..3 {
        let mut idle = TcpStream::connect(cinema.app.url().strip_prefix("http://").unwrap()).await.unwrap();
        let _ = idle.read_to_end(&mut Vec::new()).await;
    }
    while let Some(piece) = answer.next().await {
        received += piece.expect("the stream was cut").len() as u64;
    }
    assert_eq!(received, MORE_THAN_BUFFERS);
}

#[tokio::test]
async fn streams_are_only_available_to_their_user() {
    let Some((cinema, playback, _)) = playing().await else { return };
    let url = playback["url"].as_str().unwrap();
    assert_eq!(cinema.app.anonymous().get(url).await.error(StatusCode::UNAUTHORIZED), "signed_out");
    let other = cinema.app.user("other").await;
    assert_eq!(other.get(url).await.error(StatusCode::NOT_FOUND), "not_found");
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let Some((cinema, playback, _)) = playing().await else { return };
    std::fs::remove_file(cinema.path("Sita (2008)/Sita (2008).mp4")).unwrap();
    let url = playback["url"].as_str().unwrap();
    let gone = cinema.admin.get(url).await;
    assert_eq!(gone.error(StatusCode::NOT_FOUND), "file_missing");
    assert!(gone.json()["error"]["message"].as_str().unwrap().contains("Sita (2008).mp4"));
    let title = cinema.title("Sita").await;
    let again = cinema.play_with(&cinema.admin, serde_json::json!({"title_id": title})).await;
    assert_eq!(again.error(StatusCode::NOT_FOUND), "file_missing");
}

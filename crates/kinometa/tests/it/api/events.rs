//! /api/events

use futures::StreamExt;
use kinometa::events::Audience;
use kinometa::model::event::{LibraryChanged, PlaybackChanged, ServerEvent};
use kinometa::model::playback::{ScrobbleState, ScrobbleStatus};
use reqwest::{Method, StatusCode};

use crate::support::{Actor, TestApp};

/// The events of one open stream as text.
struct Stream(futures::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>);

impl Stream {
    async fn open(actor: &Actor) -> Self {
        let response = actor.request(Method::GET, "/api/events").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response.bytes_stream().boxed())
    }

    /// The next event, or none when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let bytes = self.0.next().await?.unwrap();
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }
}

fn library(revision: i64) -> ServerEvent {
    ServerEvent::Library(LibraryChanged { revision })
}

fn playback(id: &str) -> ServerEvent {
    let scrobble = ScrobbleStatus {
        state: ScrobbleState::Scrobbling,
        message: "Trakt knows.".into(),
        action: None,
        counted: false,
    };
    ServerEvent::Playback(PlaybackChanged { id: id.into(), scrobble })
}

#[tokio::test]
async fn everybody_hears_of_the_library_and_only_oneself_of_ones_player() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.user("anna").await, app.user("ben").await);
    let (mut to_anna, mut to_ben) = (Stream::open(&anna).await, Stream::open(&ben).await);
    app.state().events().send(Audience::User(anna.id()), playback("p1"));
    app.state().events().send(Audience::Everyone, library(1));

    let event = to_anna.next().await.unwrap();
    assert!(event.starts_with("event: playback\ndata: {") && event.contains(r#""id":"p1""#), "{event}");
    assert_eq!(to_anna.next().await.unwrap(), "event: library\ndata: {\"revision\":1}\n\n");
    assert_eq!(to_ben.next().await.unwrap(), "event: library\ndata: {\"revision\":1}\n\n");
}

#[tokio::test]
async fn a_stream_ends_when_its_person_signs_out() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    let elsewhere = app.sign_in("anna").await;
    let (mut stream, mut other) = (Stream::open(&anna).await, Stream::open(&elsewhere).await);
    anna.delete("/api/session").await.good(StatusCode::OK);
    app.state().events().send(Audience::Everyone, library(2));
    assert_eq!(stream.next().await, None);
    assert!(other.next().await.is_some());
}

#[tokio::test]
async fn streams_do_not_hold_up_shutdown() {
    let app = TestApp::start().await;
    let mut stream = Stream::open(&app.user("anna").await).await;
    app.stop().await;
    assert_eq!(stream.next().await, None);
}

//! /api/events

use api_types::events::{LibraryChanged, PlaybackChanged, ServerEvent};
use api_types::playback::{ScrobbleState, ScrobbleStatus};
use kinometa::updates::Audience;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{EventStream, TestApp};

fn library(revision: i64) -> ServerEvent {
    ServerEvent::Library(LibraryChanged { revision })
}

fn playback(id: &str) -> ServerEvent {
    let scrobble = ScrobbleStatus {
        state: ScrobbleState::Scrobbling,
        code: "watching".into(),
        message: "Trakt knows.".into(),
        retry_at: None,
        action: None,
        counted: false,
    };
    ServerEvent::Playback(PlaybackChanged { id: id.into(), scrobble })
}

#[tokio::test]
async fn library_updates_reach_everyone_and_playback_updates_only_their_user() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.user("anna").await, app.user("ben").await);
    let (mut to_anna, mut to_ben) = (EventStream::open(&anna).await, EventStream::open(&ben).await);
    app.state().updates().send(Audience::User(anna.id()), playback("p1"));
    app.state().updates().send(Audience::Everyone, library(1));

    let library = ("library".to_owned(), json!({"revision": 1}));
    let (name, data) = to_anna.next().await.unwrap();
    assert_eq!((name.as_str(), &data["id"]), ("playback", &json!("p1")));
    assert_eq!(to_anna.next().await, Some(library.clone()));
    assert_eq!(to_ben.next().await, Some(library));
}

#[tokio::test]
async fn no_update_is_missed_between_the_session_and_the_stream() {
    let app = TestApp::start().await;
    let (anna, ben) = (app.user("anna").await, app.user("ben").await);
    let session = anna.get("/api/session").await.good(StatusCode::OK);
    app.state().updates().send(Audience::Everyone, library(1));
    app.state().updates().send(Audience::User(ben.id()), playback("ben's"));
    app.state().updates().send(Audience::User(anna.id()), playback("p1"));

    let mut stream = EventStream::open_after(&anna, session["live_cursor"].as_str().unwrap()).await;
    assert_eq!(stream.next().await, Some(("library".to_owned(), json!({"revision": 1}))));
    let after_library = stream.cursor().to_owned();
    assert_eq!(stream.next().await.unwrap().1["id"], "p1");

    // A browser that reconnects automatically sends the original address and the header.
    let request = anna.request(Method::GET, "/api/events?after=0-0").header("last-event-id", &after_library);
    let mut again = EventStream::of(request.send().await.unwrap());
    assert_eq!(again.next().await.unwrap().1["id"], "p1");
    app.state().updates().send(Audience::Everyone, library(2));
    assert_eq!(again.next().await.unwrap().1["revision"], 2);
}

#[tokio::test]
async fn a_page_with_an_unknown_cursor_gets_the_event_missed() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    for cursor in ["123-4", "nonsense", ""] {
        let mut stream = EventStream::open_after(&anna, cursor).await;
        assert_eq!(stream.next().await, Some(("missed".to_owned(), json!({}))), "{cursor:?}");
        app.state().updates().send(Audience::Everyone, library(3));
        assert_eq!(stream.next().await.unwrap().0, "library");
    }
}

#[tokio::test]
async fn scan_updates_are_sent_only_to_administrators() {
    let app = TestApp::start().await;
    let (anna, admin) = (app.user("anna").await, app.admin().await);
    let (mut to_anna, mut to_admin) = (EventStream::open(&anna).await, EventStream::open(&admin).await);
    app.state().updates().send(Audience::Administrators, library(1));
    app.state().updates().send(Audience::Everyone, library(2));
    assert_eq!(to_anna.next().await.unwrap().1["revision"], 2);
    assert_eq!(to_admin.next().await.unwrap().1["revision"], 1);
}

#[tokio::test]
async fn the_event_stream_disables_buffering_in_proxies() {
    let app = TestApp::start().await;
    let stream = app.admin().await.request(Method::GET, "/api/events").send().await.unwrap();
    assert_eq!(stream.headers()["x-accel-buffering"], "no");
}

#[tokio::test]
async fn a_stream_ends_when_its_user_signs_out() {
    let app = TestApp::start().await;
    let anna = app.user("anna").await;
    let elsewhere = app.sign_in("anna").await;
    let (mut stream, mut other) = (EventStream::open(&anna).await, EventStream::open(&elsewhere).await);
    anna.delete("/api/session").await.good(StatusCode::OK);
    app.state().updates().send(Audience::Everyone, library(2));
    assert_eq!(stream.next().await, None);
    assert!(other.next().await.is_some());
}

#[tokio::test]
async fn streams_do_not_block_shutdown() {
    let app = TestApp::start().await;
    let mut stream = EventStream::open(&app.user("anna").await).await;
    app.stop().await;
    assert_eq!(stream.next().await, None);
}

//! Connections that send too little, or are too many: raw sockets.

use std::time::Duration;

use futures::StreamExt;
use kinometa::config::Config;
use kinometa::updates::Audience;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::TestApp;

/// Long enough for any answer that is due; a test that waits for it has failed.
const HANG: Duration = Duration::from_secs(30);

fn quick(config: &mut Config) {
    config.limits.head_timeout = Duration::from_millis(300);
    config.limits.body_timeout = Duration::from_millis(300);
}

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.url().strip_prefix("http://").unwrap()).await.unwrap()
}

/// Everything until the server closes.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read =
        tokio::time::timeout(HANG, stream.read_to_end(&mut bytes)).await.expect("the connection stays open");
    // A reset is a way of closing, too.
    drop(read);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn half_heads_and_idle_connections_are_closed() {
    let app = TestApp::builder().config(quick).start().await;
    for sent in ["", "G", "GET /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: "]
    {
        let mut stream = connect(&app).await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let answer = until_closed(&mut stream).await;
        assert!(!answer.contains(" 200 "), "{sent:?}: {answer}");
    }
    let mut kept = connect(&app).await;
    kept.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    assert!(until_closed(&mut kept).await.starts_with("HTTP/1.1 200 "), "answered, then closed for idling");
}

#[tokio::test]
async fn a_head_that_trickles_in_is_closed() {
    let app = TestApp::builder().config(quick).start().await;
    let mut stream = connect(&app).await;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await.unwrap();
    let (mut read, mut write) = stream.split();
    let trickle = async {
        while write.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let mut bytes = Vec::new();
    tokio::time::timeout(HANG, async {
        tokio::select! {
            () = trickle => {}
            _ = read.read_to_end(&mut bytes) => {}
        }
    })
    .await
    .expect("the connection stays open");
}

#[tokio::test]
async fn a_body_that_does_not_arrive_is_given_up() {
    let app = TestApp::builder().config(quick).start().await;
    let head = "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let mut stream = connect(&app).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = until_closed(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("request_timeout"), "{answer}");

    let mut chunked = connect(&app).await;
    let head = "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n";
    chunked.write_all(head.as_bytes()).await.unwrap();
    assert!(until_closed(&mut chunked).await.starts_with("HTTP/1.1 408 "));
}

#[tokio::test]
async fn an_address_has_a_bound_of_connections_and_gets_them_back() {
    let app = TestApp::builder().config(|config| config.limits.connections_per_address = 3).start().await;
    let mut held: Vec<TcpStream> = Vec::new();
    for _ in 0..3 {
        let mut stream = connect(&app).await;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        let mut first = [0; 12];
        stream.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        held.push(stream);
    }
    let mut beyond = connect(&app).await;
    let answer = until_closed(&mut beyond).await;
    assert!(answer.starts_with("HTTP/1.1 503 ") && answer.ends_with("try again.\n"), "{answer}");

    drop(held);
    let again = async {
        loop {
            let mut stream = connect(&app).await;
            let _ = stream
                .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
                .await;
            if until_closed(&mut stream).await.starts_with("HTTP/1.1 200 ") {
                return;
            }
        }
    };
    tokio::time::timeout(HANG, again).await.expect("closed connections still count");
}

#[tokio::test]
async fn an_event_stream_outlives_every_timeout() {
    let app = TestApp::builder().config(quick).start().await;
    let admin = app.admin().await;
    let stream = admin.request(Method::GET, "/api/events").send().await.unwrap();
    let mut bytes = stream.bytes_stream();
    // Longer than all timeouts: another connection is closed for idling in the meantime.
    for _ in 0..3 {
        until_closed(&mut connect(&app).await).await;
    }
    let event = api_types::events::LibraryChanged { revision: 7 };
    app.state().updates().send(Audience::Everyone, api_types::events::ServerEvent::Library(event));
    let event = tokio::time::timeout(HANG, bytes.next()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&event).contains("revision"));
}

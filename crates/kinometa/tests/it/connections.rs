//! Connections that are too slow or too many, tested with raw sockets.

use std::time::Duration;

use futures::StreamExt;
use kinometa::config::Config;
use kinometa::updates::Audience;
use reqwest::Method;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::TestApp;

/// A timeout that is only reached if a response is missing: the test has failed then.
const TIMEOUT: Duration = Duration::from_secs(30);

fn with_short_timeouts(config: &mut Config) {
    config.limits.head_timeout = Duration::from_millis(300);
    config.limits.body_timeout = Duration::from_millis(300);
}

async fn connect(app: &TestApp) -> TcpStream {
    TcpStream::connect(app.url().strip_prefix("http://").unwrap()).await.unwrap()
}

/// Reads everything until the server closes the connection.
async fn until_closed(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(TIMEOUT, stream.read_to_end(&mut bytes))
        .await
        .expect("the server must close the connection");
    // The server may also close the connection with a reset.
    drop(read);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[tokio::test]
async fn connections_with_incomplete_headers_and_idle_connections_are_closed() {
    let app = TestApp::builder().config(with_short_timeouts).start().await;
    for sent in ["", "G", "GET /healthz HTTP/1.1\r\n", "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: "]
    {
        let mut stream = connect(&app).await;
        stream.write_all(sent.as_bytes()).await.unwrap();
        let response = until_closed(&mut stream).await;
        assert!(!response.contains(" 200 "), "{sent:?}: {response}");
    }
    let mut kept = connect(&app).await;
    kept.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    assert!(
        until_closed(&mut kept).await.starts_with("HTTP/1.1 200 "),
        "it must be answered, and then closed when idle"
    );
}

#[tokio::test]
async fn a_connection_that_sends_headers_slowly_is_closed() {
    let app = TestApp::builder().config(with_short_timeouts).start().await;
    let mut stream = connect(&app).await;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow: ").await.unwrap();
    let (mut read, mut write) = stream.split();
    let trickle = async {
        while write.write_all(b"a").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let mut bytes = Vec::new();
    tokio::time::timeout(TIMEOUT, async {
        tokio::select! {
            () = trickle => {}
            _ = read.read_to_end(&mut bytes) => {}
        }
    })
    .await
    .expect("the server must close the connection");
}

#[tokio::test]
async fn a_request_whose_body_does_not_arrive_times_out() {
    let app = TestApp::builder().config(with_short_timeouts).start().await;
    let head = "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    let mut stream = connect(&app).await;
    stream.write_all(head.as_bytes()).await.unwrap();
    let response = until_closed(&mut stream).await;
    assert!(response.starts_with("HTTP/1.1 408 ") && response.contains("request_timeout"), "{response}");

    let mut chunked = connect(&app).await;
    let head = "POST /api/session HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n1\r\n{\r\n";
    chunked.write_all(head.as_bytes()).await.unwrap();
    assert!(until_closed(&mut chunked).await.starts_with("HTTP/1.1 408 "));
}

#[tokio::test]
async fn connections_per_address_are_limited_and_released() {
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
    let mut excess = connect(&app).await;
    let response = until_closed(&mut excess).await;
    assert!(response.starts_with("HTTP/1.1 503 ") && response.ends_with("try again.\n"), "{response}");

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
    tokio::time::timeout(TIMEOUT, again).await.expect("closed connections must not count");
}

#[tokio::test]
async fn event_streams_are_not_subject_to_timeouts() {
    let app = TestApp::builder().config(with_short_timeouts).start().await;
    let admin = app.admin().await;
    let stream = admin.request(Method::GET, "/api/events").send().await.unwrap();
    let mut bytes = stream.bytes_stream();
    // Waits longer than all timeouts: in the meantime, another connection is closed because it is idle.
    for _ in 0..3 {
        until_closed(&mut connect(&app).await).await;
    }
    let event = api_types::events::LibraryChanged { revision: 7 };
    app.state().updates().send(Audience::Everyone, api_types::events::ServerEvent::Library(event));
    let event = tokio::time::timeout(TIMEOUT, bytes.next()).await.unwrap().unwrap().unwrap();
    assert!(String::from_utf8_lossy(&event).contains("revision"));
}

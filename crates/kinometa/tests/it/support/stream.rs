//! Server-sent events.

use futures::StreamExt;
use futures::stream::BoxStream;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::Actor;

/// An open stream of events.
pub struct EventStream {
    bytes: BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    rest: String,
    cursor: Option<String>,
}

impl EventStream {
    /// Opens the stream.
    pub async fn open(actor: &Actor) -> Self {
        Self::open_at(actor, "/api/events").await
    }

    /// Opens the stream after a cursor.
    pub async fn open_after(actor: &Actor, cursor: &str) -> Self {
        Self::open_at(actor, &format!("/api/events?after={cursor}")).await
    }

    async fn open_at(actor: &Actor, path: &str) -> Self {
        Self::of(actor.request(Method::GET, path).send().await.unwrap())
    }

    /// Returns the event stream of this response.
    pub fn of(response: reqwest::Response) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { bytes: response.bytes_stream().boxed(), rest: String::new(), cursor: None }
    }

    /// Returns the cursor of the last event that was read.
    pub fn cursor(&self) -> &str {
        self.cursor.as_deref().expect("no event was read")
    }

    /// Returns the name and data of the next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        // Several events may arrive together.
        while !self.rest.contains("\n\n") {
            let more = self.bytes.next().await?.unwrap();
            self.rest.push_str(std::str::from_utf8(&more).unwrap());
        }
        let text = self.rest.clone();
        let (event, rest) = text.split_once("\n\n").unwrap();
        rest.clone_into(&mut self.rest);
        let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        self.cursor = field("id").map(str::to_owned);
        Some((field("event").unwrap().to_owned(), serde_json::from_str(field("data").unwrap()).unwrap()))
    }

    /// Returns the data of the next event with this name for which `matches` returns true.
    pub async fn wait_for(&mut self, event: &str, matches: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (name, data) = self.next().await.expect("the stream must not end");
            if name == event && matches(&data) {
                return data;
            }
        }
    }
}

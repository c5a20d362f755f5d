//! Server-sent events.

use futures::StreamExt;
use futures::stream::BoxStream;
use reqwest::{Method, StatusCode};
use serde_json::Value;

use super::Actor;

/// The events of one open stream.
pub struct EventStream(BoxStream<'static, reqwest::Result<bytes::Bytes>>);

impl EventStream {
    /// Opens the stream.
    pub async fn open(actor: &Actor) -> Self {
        let response = actor.request(Method::GET, "/api/events").send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response.bytes_stream().boxed())
    }

    /// Name and data of the next event; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<(String, Value)> {
        let text = String::from_utf8(self.0.next().await?.unwrap().to_vec()).unwrap();
        let (name, data) = text.trim_end().split_once('\n').unwrap();
        let name = name.strip_prefix("event: ").unwrap().to_owned();
        Some((name, serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap()))
    }

    /// The data of the next event with this name for which `fits` holds.
    pub async fn wait_for(&mut self, wanted: &str, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            let (name, data) = self.next().await.expect("the stream goes on");
            if name == wanted && fits(&data) {
                return data;
            }
        }
    }
}

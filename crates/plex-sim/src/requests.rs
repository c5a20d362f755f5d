//! Records the requests that the simulator received, for tests that check what a client has sent.

use serde::{Deserialize, Serialize};

use crate::faults::Delivery;
use crate::message::{Reply, Request};

/// A request and its outcome, without tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// The sequence number, starting at 1.
    pub number: u64,
    /// The HTTP method.
    pub method: String,
    /// The path without the query, decoded.
    pub path: String,
    /// The query, decoded once.
    pub query: Vec<(String, String)>,
    /// The length of the body in bytes.
    pub body_length: usize,
    /// The status of the response; `None` if the connection was closed before there was one.
    pub status: Option<u16>,
    /// Whether the response did not reach the client completely.
    pub answer_lost: bool,
}

/// How many requests were received, by method.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// GET and HEAD.
    pub reads: usize,
    /// PUT.
    pub puts: usize,
    /// POST.
    pub posts: usize,
    /// DELETE.
    pub deletes: usize,
}

impl Counts {
    /// All requests except reads.
    pub fn writes(&self) -> usize {
        self.puts + self.posts + self.deletes
    }

    pub(crate) fn of<'a>(received: impl IntoIterator<Item = &'a Received>) -> Self {
        let mut counts = Self::default();
        for request in received {
            match request.method.as_str() {
                "PUT" => counts.puts += 1,
                "POST" => counts.posts += 1,
                "DELETE" => counts.deletes += 1,
                _ => counts.reads += 1,
            }
        }
        counts
    }
}

#[derive(Default)]
pub(crate) struct RequestLog {
    received: Vec<Received>,
    count: u64,
}

impl RequestLog {
    pub(crate) fn push(&mut self, request: &Request, reply: &Reply, delivery: Delivery) -> &Received {
        self.count += 1;
        let pairs = request.query_pairs().map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.received.push(Received {
            number: self.count,
            method: request.method.to_string(),
            path: request.path.clone(),
            query: pairs.collect(),
            body_length: request.body.len(),
            status: Some(reply.status).filter(|status| *status > 0),
            answer_lost: delivery != Delivery::Complete,
        });
        &self.received[self.received.len() - 1]
    }

    pub(crate) fn list(&self) -> &[Received] {
        &self.received
    }

    pub(crate) fn clear(&mut self) {
        self.received.clear();
    }
}

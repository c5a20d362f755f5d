//! The requests that the simulator received, for tests that ask what a client really did.

use serde::{Deserialize, Serialize};

use crate::faults::Line;
use crate::message::{Reply, Request};

/// A request and its outcome, without tokens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// Counts from 1.
    pub number: u64,
    /// HTTP method.
    pub method: String,
    /// Path without the query, decoded.
    pub path: String,
    /// The query, decoded once.
    pub query: Vec<(String, String)>,
    /// Bytes in the body.
    pub body_length: usize,
    /// The status of the answer; `None` when the connection was cut before one was made.
    pub status: Option<u16>,
    /// The answer did not reach the client whole.
    pub answer_lost: bool,
}

/// How many calls were made, by method.
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
    /// Everything but reads.
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
    pub(crate) fn push(&mut self, request: &Request, reply: &Reply, line: Line) -> &Received {
        self.count += 1;
        let pairs = request.query_pairs().map(|(name, value)| (name.to_owned(), value.to_owned()));
        self.received.push(Received {
            number: self.count,
            method: request.method.to_string(),
            path: request.path.clone(),
            query: pairs.collect(),
            body_length: request.body.len(),
            status: Some(reply.status).filter(|status| *status > 0),
            answer_lost: line != Line::Whole,
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

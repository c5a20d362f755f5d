//! The requests that the simulator received, for tests that check what a client really did.

use std::collections::VecDeque;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::faults::Line;
use crate::message::{Host, Reply, Request};
use crate::state::Store;

/// Maximum number of remembered requests.
const REMEMBERED: usize = 10_000;

/// A request to the API and its outcome.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Received {
    /// Starts at 1.
    pub number: u64,
    /// Time on the simulator's clock.
    pub at: DateTime<Utc>,
    /// HTTP method.
    pub method: String,
    /// The host that was called; `None` if one port serves both.
    #[serde(default)]
    pub host: Option<Host>,
    /// The path without the query.
    pub path: String,
    /// The query as sent.
    pub query: String,
    /// The status of the response; `None` if the connection was closed before there was one.
    pub status: Option<u16>,
    /// Whether the response did not reach the client completely.
    pub answer_lost: bool,
    /// The user identified by the token.
    pub user: Option<String>,
    /// The `User-Agent` header.
    pub user_agent: Option<String>,
    /// The body, if it was JSON.
    pub body: Option<Value>,
}

#[derive(Default)]
pub(crate) struct RequestLog {
    received: VecDeque<Received>,
    count: u64,
}

impl RequestLog {
    pub(crate) fn push(
        &mut self,
        request: &Request,
        reply: &Reply,
        line: Line,
        now: DateTime<Utc>,
        store: &Store,
    ) {
        self.count += 1;
        if self.received.len() >= REMEMBERED {
            self.received.pop_front();
        }
        let user = request.bearer().and_then(|access| store.access.tokens.get(access));
        self.received.push_back(Received {
            number: self.count,
            at: now,
            method: request.method.to_string(),
            host: request.host,
            path: request.path.clone(),
            query: request.query_text.clone(),
            status: Some(reply.status).filter(|status| *status > 0),
            answer_lost: line != Line::Whole,
            user: user.map(|token| token.username.clone()),
            user_agent: request.header("user-agent").map(str::to_owned),
            body: serde_json::from_slice(&request.body).ok(),
        });
    }

    pub(crate) fn list(&self) -> Vec<Received> {
        self.received.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.received.clear();
    }
}

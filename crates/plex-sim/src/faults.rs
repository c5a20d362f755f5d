//! Injectable faults of the network and the server.

use serde::{Deserialize, Serialize};

use crate::message::{Reply, Request};
use crate::random::Random;

/// The kind of a fault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The request is applied at once, its answer comes late, by real milliseconds.
    Latency {
        /// How late.
        milliseconds: u64,
    },
    /// The connection breaks before the request is processed: nothing was applied.
    ResetBefore,
    /// The request is applied, then the connection breaks: the answer is lost.
    ResetAfter,
    /// The request is applied and half of the answer's body arrives.
    Truncate,
    /// The answer is an HTML page with this status; the request is not processed. 503 is what Plex says while it
    /// starts or maintains its database.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// `totalSize` is off by this much, as when a library changes while it is read.
    WrongTotal {
        /// Added to the number.
        by: i64,
    },
}

/// A fault and when it occurs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What happens.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Paths that start with this; empty means every path (but never `/_sim`).
    #[serde(default)]
    pub path: String,
    /// Only this HTTP method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How many times it occurs; unlimited if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// How many matching requests pass first.
    #[serde(default)]
    pub skip: u32,
    /// Its probability, from 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
}

fn always() -> f64 {
    1.0
}

impl Fault {
    /// A fault for every request whose path starts with `path`.
    pub fn on(path: impl Into<String>, kind: FaultKind) -> Self {
        Self { kind, path: path.into(), method: None, count: None, skip: 0, probability: 1.0 }
    }

    /// Occurs this many times, then is removed.
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Lets this many matching requests pass first.
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Only for requests with this method.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Occurs with this probability (0 to 1), determined by the simulator's seed.
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    fn matches(&self, request: &Request) -> bool {
        let method = self.method.as_deref();
        request.path.starts_with(&self.path)
            && method.is_none_or(|method| method.eq_ignore_ascii_case(request.method.as_str()))
    }
}

/// The faults that are armed, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    armed: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.armed.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    pub(crate) fn list(&self) -> &[Fault] {
        &self.armed
    }

    /// All faults that apply to this request. Each occurrence is counted.
    pub(crate) fn strike(&mut self, request: &Request, random: &mut Random) -> Vec<FaultKind> {
        let mut struck = Vec::new();
        for fault in self.armed.iter_mut().filter(|fault| fault.matches(request)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.count != Some(0) && random.unit() < fault.probability {
                fault.count = fault.count.map(|count| count - 1);
                struck.push(fault.kind.clone());
            }
        }
        self.armed.retain(|fault| fault.count != Some(0));
        struck
    }
}

/// What happens to the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// The answer arrives.
    Whole,
    /// The connection closes without an answer.
    Cut,
    /// The first half of the body arrives.
    Half,
}

/// The answer that takes the place of the server's, when a fault has one.
pub(crate) fn answer_instead(faults: &[FaultKind]) -> Option<Reply> {
    faults.iter().find_map(|fault| match fault {
        FaultKind::Status { status } => Some(Reply::html(*status, title(*status))),
        _ => None,
    })
}

fn title(status: u16) -> &'static str {
    match status {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Maintenance",
        _ => "Error",
    }
}

/// How far `totalSize` is off.
pub(crate) fn total_off_by(faults: &[FaultKind]) -> i64 {
    let off = |fault: &FaultKind| match fault {
        FaultKind::WrongTotal { by } => *by,
        _ => 0,
    };
    faults.iter().map(off).sum()
}

/// How the answer reaches the client.
pub(crate) fn line(faults: &[FaultKind]) -> Line {
    match () {
        () if faults.contains(&FaultKind::ResetAfter) => Line::Cut,
        () if faults.contains(&FaultKind::Truncate) => Line::Half,
        () => Line::Whole,
    }
}

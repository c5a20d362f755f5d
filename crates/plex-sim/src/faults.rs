//! Injectable faults of the network and the server.

use serde::{Deserialize, Serialize};

use crate::message::{Reply, Request};
use crate::random::Random;

/// The kind of a fault.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The request is applied immediately, but the response is delayed by this many milliseconds of real time.
    Latency {
        /// The delay.
        milliseconds: u64,
    },
    /// The connection is closed before the request is processed: nothing is applied.
    ResetBefore,
    /// The request is applied, then the connection is closed without a response.
    ResetAfter,
    /// The request is applied, and the connection is closed after half of the response body.
    Truncate,
    /// The request is not processed. The response is an HTML page with this status, such as 503, which Plex sends
    /// while it starts or maintains its database.
    Status {
        /// The HTTP status.
        status: u16,
    },
    /// `totalSize` is wrong, as if a library changed while it is read.
    WrongTotal {
        /// Added to the correct number.
        by: i64,
    },
}

/// A fault and when it occurs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What goes wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// The prefix of the paths that it affects; empty for all paths (but never `/_sim`).
    #[serde(default)]
    pub path: String,
    /// The HTTP method that it affects; `None` for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How many times it occurs; `None` for no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// How many matching requests succeed before it occurs.
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

    /// Limits how many times it occurs.
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Lets this many matching requests succeed before it occurs.
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Limits it to requests with this method.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Lets it occur only with this probability (0 to 1), depending on the simulator's seed.
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

/// The active faults, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    active: Vec<Fault>,
}

impl Faults {
    pub(crate) fn add(&mut self, fault: Fault) {
        self.active.push(fault);
    }

    pub(crate) fn clear(&mut self) {
        self.active.clear();
    }

    pub(crate) fn list(&self) -> &[Fault] {
        &self.active
    }

    /// Returns the faults that occur for this request, and counts each occurrence.
    pub(crate) fn take_matching(&mut self, request: &Request, random: &mut Random) -> Vec<FaultKind> {
        let mut occurring = Vec::new();
        for fault in self.active.iter_mut().filter(|fault| fault.matches(request)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.count != Some(0) && random.unit() < fault.probability {
                fault.count = fault.count.map(|count| count - 1);
                occurring.push(fault.kind.clone());
            }
        }
        self.active.retain(|fault| fault.count != Some(0));
        occurring
    }
}

/// How much of the response reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// The complete response.
    Complete,
    /// Nothing: the connection is closed without a response.
    Nothing,
    /// The first half of the body, then the connection is closed.
    Truncated,
}

/// The response that a fault sends instead of that of the server, if any.
pub(crate) fn replacement(faults: &[FaultKind]) -> Option<Reply> {
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

/// What faults add to `totalSize`.
pub(crate) fn total_offset(faults: &[FaultKind]) -> i64 {
    let offset = |fault: &FaultKind| match fault {
        FaultKind::WrongTotal { by } => *by,
        _ => 0,
    };
    faults.iter().map(offset).sum()
}

/// How much of the response the faults let through.
pub(crate) fn delivery(faults: &[FaultKind]) -> Delivery {
    match () {
        () if faults.contains(&FaultKind::ResetAfter) => Delivery::Nothing,
        () if faults.contains(&FaultKind::Truncate) => Delivery::Truncated,
        () => Delivery::Complete,
    }
}

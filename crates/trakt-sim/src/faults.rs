//! Faults on demand: what a network, Trakt's edge and Trakt itself do on a bad day.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::catalogue::random::Random;
use crate::message::{Reply, Request};

/// One kind of trouble.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// The request is applied at once, its answer comes late, by real milliseconds.
    Latency {
        /// How late.
        milliseconds: u64,
    },
    /// The connection is closed at once, before the request is looked at.
    Refuse,
    /// The connection breaks before the request is processed: nothing was applied.
    ResetBefore,
    /// The request is applied, then the connection breaks: the answer is lost.
    ResetAfter,
    /// The request is applied and half of the answer's body arrives.
    Truncate,
    /// The answer is empty, with this status; the request is not processed.
    Empty {
        /// The HTTP status, e.g. 502.
        status: u16,
    },
    /// The edge answers with an HTML page; the request is not processed.
    Html {
        /// The HTTP status, 520 when left out.
        #[serde(default = "default_html_status")]
        status: u16,
    },
    /// 429: Trakt's own with `Retry-After` and `X-Ratelimit`, or the edge's HTML, which has at most `Retry-After`.
    RateLimit {
        /// Trakt's own answer with its headers (true), or the edge's (false).
        #[serde(default)]
        headers: bool,
        /// Seconds; left out of the answer when absent.
        #[serde(default)]
        retry_after: Option<u64>,
    },
    /// The edge answers 403 with HTML, whatever the token (trakt-api issue 939).
    EdgeForbidden,
    /// `X-Pagination-Page-Count` and `-Item-Count` are off by this much.
    WrongPageCounts {
        /// Added to both counts.
        by: i64,
    },
    /// From the second page on, the list has lost its first items, as when somebody edits it during a walk.
    ShrinkingLists {
        /// How many items are gone.
        by: usize,
    },
    /// Every member of this name in the answer gets this value, or goes away when there is none.
    Rewrite {
        /// The member, wherever it stands.
        member: String,
        /// What it becomes.
        #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
        value: Option<Value>,
    },
    /// `limit` is ignored and the default page size applies (trakt-api issue 651).
    IgnoreLimit,
}

fn default_html_status() -> u16 {
    520
}

/// Tells a `null` that was sent from a member that was not.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// A fault and when it strikes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What happens.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Paths that start with this; `*` or an empty text means every path (but never `/_sim`).
    #[serde(default)]
    pub path: String,
    /// Only this HTTP method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// How often it strikes before it is used up; for ever when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// How many matching requests pass unharmed first.
    #[serde(default)]
    pub skip: u32,
    /// How likely it strikes, from 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
}

fn always() -> f64 {
    1.0
}

impl Fault {
    /// A fault that strikes every request whose path starts with `path`.
    pub fn on(path: impl Into<String>, kind: FaultKind) -> Self {
        Self { kind, path: path.into(), method: None, count: None, skip: 0, probability: 1.0 }
    }

    /// Strikes this often, then is gone.
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Lets this many matching requests pass first.
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Strikes requests with this method only.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Strikes with this probability (0 to 1), decided by the simulator's seed.
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    fn matches(&self, request: &Request) -> bool {
        let path = self.path.trim_end_matches('*');
        let method = self.method.as_deref();
        request.path.starts_with(path)
            && method.is_none_or(|m| m.eq_ignore_ascii_case(request.method.as_str()))
    }
}

/// The faults that are armed, in the order in which they were added.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
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

    /// All faults that strike this request. Each strike is counted.
    pub(crate) fn strike(&mut self, request: &Request, random: &mut Random) -> Vec<FaultKind> {
        let mut struck = Vec::new();
        for fault in self.armed.iter_mut().filter(|fault| fault.matches(request)) {
            if fault.skip > 0 {
                fault.skip -= 1;
            } else if fault.count != Some(0) && f64::from(random.unit()) < fault.probability {
                fault.count = fault.count.map(|count| count - 1);
                struck.push(fault.kind.clone());
            }
        }
        self.armed.retain(|fault| fault.count != Some(0));
        struck
    }
}

/// What happens to the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Line {
    /// The answer arrives.
    #[default]
    Whole,
    /// The connection closes without an answer.
    Cut,
    /// The first half of the body arrives.
    Half,
}

/// An answer that replaces the processing of the request.
pub(crate) fn answer_instead(kinds: &[FaultKind]) -> Option<Reply> {
    kinds.iter().find_map(|kind| match kind {
        FaultKind::Html { status } => Some(Reply::edge(*status, None)),
        FaultKind::Empty { status } => Some(Reply::empty(*status).at_the_edge()),
        FaultKind::EdgeForbidden => Some(Reply::edge(403, None)),
        FaultKind::RateLimit { headers: false, retry_after } => Some(Reply::edge(429, *retry_after)),
        FaultKind::RateLimit { headers: true, retry_after } => {
            let wait = retry_after.unwrap_or(1);
            let limit = r#"{"name":"AUTHED_API_GET_LIMIT","period":300,"limit":500,"remaining":0}"#;
            Some(Reply::empty(429).header("Retry-After", wait.to_string()).header("X-Ratelimit", limit))
        }
        _ => None,
    })
}

/// Applies the rewrites to an answer.
pub(crate) fn rewrite(kinds: &[FaultKind], reply: Reply) -> Reply {
    let rewrites = kinds.iter().filter_map(|kind| match kind {
        FaultKind::Rewrite { member, value } => Some((member, value)),
        _ => None,
    });
    rewrites.fold(reply, |reply, (member, value)| match serde_json::from_slice(&reply.body) {
        Ok(mut body) => {
            replace(&mut body, member, value.as_ref());
            Reply { body: body.to_string().into(), ..reply }
        }
        Err(_) => reply,
    })
}

fn replace(body: &mut Value, member: &str, value: Option<&Value>) {
    match body {
        Value::Array(values) => values.iter_mut().for_each(|inner| replace(inner, member, value)),
        Value::Object(members) => {
            if members.contains_key(member) {
                match value {
                    Some(value) => members.insert(member.to_owned(), value.clone()),
                    None => members.remove(member),
                };
            }
            members
                .iter_mut()
                .filter(|(name, _)| *name != member)
                .for_each(|(_, inner)| replace(inner, member, value));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str) -> Request {
        Request::test("GET", path)
    }

    #[test]
    fn a_fault_strikes_its_path_as_often_as_told() {
        let mut faults = Faults::default();
        faults.add(Fault::on("/sync", FaultKind::ResetAfter).after(1).times(2));
        let mut random = Random::stream(1, 1);
        let mut strike = |path: &str| faults.strike(&get(path), &mut random).len();
        assert_eq!(strike("/movies/1"), 0);
        assert_eq!(
            [strike("/sync/history"), strike("/sync/history"), strike("/sync"), strike("/sync")],
            [0, 1, 1, 0]
        );
    }
}

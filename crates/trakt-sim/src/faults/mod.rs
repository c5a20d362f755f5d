//! Faults on demand: failures of the network, of Trakt's edge and of Trakt itself.

mod kind;
mod reply;

use serde::{Deserialize, Serialize};

use crate::catalogue::random::Random;
use crate::message::{Host, Request};
pub use kind::FaultKind;
pub(crate) use reply::{answer_instead, rewrite};

/// A fault and the requests it affects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// What happens.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// Affects paths that start with this; `*` or an empty string means every path (but never `/_sim`).
    #[serde(default)]
    pub path: String,
    /// Affects only this HTTP method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Affects only this host, if each host has its own port.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Host>,
    /// How many requests it affects before it is used up; unlimited if omitted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// How many matching requests are unaffected first.
    #[serde(default)]
    pub skip: u32,
    /// The probability of affecting a request, from 0 to 1.
    #[serde(default = "always")]
    pub probability: f64,
}

fn always() -> f64 {
    1.0
}

impl Fault {
    /// Creates a fault that affects every request whose path starts with `path`.
    pub fn on(path: impl Into<String>, kind: FaultKind) -> Self {
        Self { kind, path: path.into(), method: None, host: None, count: None, skip: 0, probability: 1.0 }
    }

    /// Limits the fault to this many requests.
    pub fn times(mut self, count: u32) -> Self {
        self.count = Some(count);
        self
    }

    /// Leaves this many matching requests unaffected first.
    pub fn after(mut self, skip: u32) -> Self {
        self.skip = skip;
        self
    }

    /// Limits the fault to requests with this method.
    pub fn method(mut self, method: impl Into<String>) -> Self {
        self.method = Some(method.into());
        self
    }

    /// Limits the fault to this host, if each host has its own port.
    pub fn host(mut self, host: Host) -> Self {
        self.host = Some(host);
        self
    }

    /// Sets the probability (0 to 1) of affecting a request, decided by the simulator's seed.
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = probability;
        self
    }

    fn matches(&self, request: &Request) -> bool {
        let path = self.path.trim_end_matches('*');
        let method = self.method.as_deref();
        request.path.starts_with(path)
            && self.host.is_none_or(|host| request.host == Some(host))
            && method.is_none_or(|m| m.eq_ignore_ascii_case(request.method.as_str()))
    }
}

/// The active faults, in the order in which they were added.
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

    /// Returns and counts all faults that affect this request.
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

/// How much of a response reaches the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Line {
    /// The response arrives.
    #[default]
    Whole,
    /// The connection is closed without a response.
    Cut,
    /// The first half of the body arrives.
    Half,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str) -> Request {
        Request::test("GET", path)
    }

    #[test]
    fn a_fault_affects_its_path_for_the_configured_number_of_requests() {
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

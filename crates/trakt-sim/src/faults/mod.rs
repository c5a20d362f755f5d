//! Faults on demand: what a network, Trakt's edge and Trakt itself do on a bad day.

mod kind;
mod reply;

use serde::{Deserialize, Serialize};

use crate::catalogue::random::Random;
use crate::message::{Host, Request};
pub use kind::FaultKind;
pub(crate) use reply::{answer_instead, rewrite};

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
    /// Only this host, when the simulator has a port for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Host>,
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
        Self { kind, path: path.into(), method: None, host: None, count: None, skip: 0, probability: 1.0 }
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

    /// Strikes on this host only, when the simulator has a port for each.
    pub fn host(mut self, host: Host) -> Self {
        self.host = Some(host);
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
            && self.host.is_none_or(|host| request.host == Some(host))
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

//! Findings about a config file and its credentials, with their facts.

use api_types::collections::{self as wire, FindingReason as Wire};
use kometa::finding::{Level, Problem};

use super::collections::amount;
use crate::collections::{CheckFinding, CredentialState, Credentials};

/// A finding.
pub(super) fn finding(found: CheckFinding) -> wire::ConfigFinding {
    let at = found.finding.at;
    let facts = facts(&found.finding.problem);
    wire::ConfigFinding {
        level: match found.finding.level {
            Level::Note => wire::FindingLevel::Note,
            Level::Warning => wire::FindingLevel::Warning,
            Level::Error => wire::FindingLevel::Error,
        },
        library: found.library,
        collection: found.collection,
        file: at.as_ref().map(|at| at.source.to_string()),
        line: at.as_ref().map(|at| amount(at.line)),
        column: at.as_ref().map(|at| amount(at.column)),
        path: found.finding.path,
        message: found.finding.problem.to_string(),
        because: facts.because,
        within: facts.within,
        also_at: facts.also_at,
    }
}

/// Why the credentials of the file at `path` need attention; `None` if they do not.
pub(super) fn credential_reason(credentials: &Credentials, path: &str) -> Option<wire::CredentialReason> {
    let detail = || credentials.detail.clone();
    Some(match credentials.state {
        CredentialState::Behind => {
            wire::CredentialReason::Behind { path: path.to_owned(), detail: detail()? }
        }
        CredentialState::Lost => wire::CredentialReason::Lost { path: path.to_owned() },
        CredentialState::Failed => wire::CredentialReason::Failed { detail: credentials.message.clone()? },
        CredentialState::Unknown | CredentialState::None | CredentialState::Good => return None,
    })
}

/// The facts of a problem, without its location.
#[derive(Debug, Default)]
struct Facts {
    /// The reason as a code with facts; `None` for problems that have only an English message.
    because: Option<Wire>,
    /// The part of the value that the problem is in.
    within: Option<String>,
    /// Other places with the same problem.
    also_at: Vec<String>,
}

fn facts(problem: &Problem) -> Facts {
    match problem {
        Problem::Within { path, problem } => {
            let inner = facts(problem);
            let within = inner.within.map_or_else(|| path.clone(), |rest| format!("{path}: {rest}"));
            Facts { within: Some(within), ..inner }
        }
        Problem::AlsoAt { problem, places } => {
            Facts { also_at: places.iter().map(ToString::to_string).collect(), ..facts(problem) }
        }
        plain => Facts { because: reason(plain), ..Facts::default() },
    }
}

fn reason(problem: &Problem) -> Option<Wire> {
    Some(match problem.clone() {
        Problem::UnknownKey { key, nearest } => Wire::UnknownKey { key, nearest },
        Problem::WrongType { expected, found } => {
            Wire::WrongType { expected: expected.to_owned(), found: found.to_owned() }
        }
        Problem::Blank => Wire::Blank,
        Problem::Missing => Wire::Missing,
        Problem::NotUsed { keys } => Wire::NotUsed { keys },
        Problem::NeedsAccount { count } => Wire::NeedsAccount { count: amount(count) },
        Problem::NotSwitchedOn => Wire::NotSwitchedOn,
        Problem::NotOneOf { value, nearest, options } => Wire::NotOneOf { value, options, nearest },
        Problem::NotANumber { value, low, high } => Wire::NotWhole { value, low, high },
        Problem::NotADecimal { value, low, high } => Wire::NotANumber { value, low, high },
        Problem::NotARange { value, low, high } => Wire::NotARange { value, low, high },
        Problem::NotAYear { value } => Wire::NotAYear { value },
        Problem::NotAList { value } => Wire::NotAList { value },
        Problem::NoBuilder => Wire::NoBuilder,
        Problem::RunsAs { name } => Wire::RunsAs { name },
        Problem::OtherService { service } => Wire::OtherService { service: service.to_owned() },
        Problem::NoFile { path } => Wire::NoFile { file: path },
        Problem::NotFetched { kind, what } => Wire::NotFetched { kind, what },
        Problem::NoDefault { name } => Wire::NoDefault { name },
        Problem::DuplicateCollection { name, first } => {
            Wire::Duplicate { names: vec![name], first: first.to_string() }
        }
        Problem::DuplicateCollections { names, first } => Wire::Duplicate { names, first: first.to_string() },
        Problem::OnlyOnPlex { keys, count } => Wire::OnlyOnPlex { keys, count: amount(count) },
        Problem::UnsetPlaceholder { placeholder, variable } => {
            Wire::UnsetPlaceholder { placeholder, variable }
        }
        Problem::Within { .. }
        | Problem::AlsoAt { .. }
        | Problem::Unusable(_)
        | Problem::Unreadable(_)
        | Problem::Yaml(_)
        | Problem::TooLarge(_)
        | Problem::Template(_)
        | Problem::Schedule(_) => return None,
    })
}

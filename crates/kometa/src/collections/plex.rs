//! `plex`, at the root of config.yml or in a library: the server on which collections are created.

use std::time::Duration;

use secrecy::SecretString;

use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::spec::{boolean, integer};
use crate::yaml::{Data, Value};

/// A Plex server.
#[derive(Debug, Clone)]
pub struct PlexServer {
    /// Its address.
    pub url: String,
    /// The owner's token.
    pub token: SecretString,
    /// The timeout of a request.
    pub timeout: Duration,
    /// Whether its certificate must be valid.
    pub verify_ssl: bool,
}

/// Keys that Kinometa supports.
pub(crate) const SUPPORTED: [&str; 4] = ["timeout", "token", "url", "verify_ssl"];
/// Keys that only Kometa uses.
pub(crate) const KOMETA_ONLY: [&str; 4] = ["clean_bundles", "db_cache", "empty_trash", "optimize"];

/// Kometa's default timeout.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Returns the server of a library, or of the root if `library` is `None`. Values that a library does not set are
/// taken from the root. Returns `None` if the address or token is missing.
pub(super) fn server(
    root: &Value,
    library: Option<&Value>,
    path: &str,
    findings: &mut Vec<Finding>,
) -> Option<PlexServer> {
    let block = |value: &'_ Value| value.get("plex").filter(|plex| plex.data != Data::Null).cloned();
    let (own, shared) = (library.and_then(block), block(root));
    let written = own.as_ref().or(shared.as_ref())?;
    // Problems of the root's values are only reported when the root itself is read.
    let reports = library.is_none() || own.is_some();
    let mut problems = Vec::new();
    let path = if path.is_empty() { "plex".to_owned() } else { format!("{path}.plex") };
    keys(written, &path, &mut problems);
    let find = |key: &str| {
        let of = |block: &Option<Value>| {
            block.as_ref()?.get(key).filter(|value| value.data != Data::Null).cloned()
        };
        of(&own).or_else(|| of(&shared))
    };
    let mut text = |key: &str| {
        let value = find(key).filter(|value| !matches!(value.data, Data::List(_) | Data::Map(_)));
        let text = value.map(|value| value.to_python().trim().to_owned()).filter(|text| !text.is_empty());
        if text.is_none() {
            let problem = Problem::Unusable("is blank, so no collections are made on Plex");
            problems.push(Finding::new(Level::Warning, &written.at, format!("{path}.{key}"), problem));
        }
        text
    };
    let (url, token) = (text("url"), text("token"));
    let seconds = find("timeout").map(|value| (integer(&value).filter(|seconds| *seconds > 0), value));
    if let Some((None, value)) = &seconds {
        let problem = Problem::NotANumber { value: value.to_python(), low: 1, high: None };
        problems.push(Finding::new(Level::Warning, &value.at, format!("{path}.timeout"), problem));
    }
    let timeout =
        seconds.and_then(|(seconds, _)| u64::try_from(seconds?).ok()).map_or(TIMEOUT, Duration::from_secs);
    let verify = find("verify_ssl").or_else(|| root.get("settings")?.get("verify_ssl").cloned());
    let verify_ssl = verify.and_then(|value| boolean(&value)).unwrap_or(true);
    if reports {
        findings.extend(problems);
    }
    Some(PlexServer { url: url?, token: token?.into(), timeout, verify_ssl })
}

fn keys(plex: &Value, path: &str, findings: &mut Vec<Finding>) {
    let Data::Map(entries) = &plex.data else {
        let problem = Problem::WrongType { expected: "a mapping", found: plex.kind() };
        return findings.push(Finding::new(Level::Error, &plex.at, path, problem));
    };
    for (key, _) in entries {
        let known = || SUPPORTED.iter().chain(&KOMETA_ONLY).copied();
        if !known().any(|known| known == key.text) {
            let nearest = nearest_name(&key.text, known());
            let problem = Problem::UnknownKey { key: key.text.clone(), nearest };
            findings.push(Finding::new(Level::Warning, &key.at, path, problem));
        }
    }
}

//! Reads config.yml: the Trakt credentials, and problems of the file.

mod secrets;
pub(crate) mod tables;
mod trakt;

use std::sync::Arc;

use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::yaml::{self, Body, Node, YamlError};

pub use secrets::Secrets;
pub(crate) use secrets::has_placeholder;
pub(crate) use trakt::PAIR_KEYS;
pub use trakt::{Authorization, TraktBlock};

/// A parsed config.yml.
#[derive(Debug)]
pub struct Config {
    /// The whole file.
    pub root: Arc<Node>,
    /// The `trakt` attribute, if there is one.
    pub trakt: Option<TraktBlock>,
    /// Findings, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Keys of the root that Kinometa supports.
pub(crate) const SUPPORTED: [&str; 5] = ["libraries", "playlist_files", "plex", "settings", "trakt"];

/// Keys of the root that only Kometa uses.
pub(crate) const KOMETA_ONLY: [&str; 18] = [
    "anidb",
    "apprise",
    "github",
    "gotify",
    "mal",
    "mdblist",
    "notifiarr",
    "ntfy",
    "omdb",
    "radarr",
    "schedule",
    "sonarr",
    "tautulli",
    "templates",
    "tmdb",
    "tvdb",
    "webhooks",
    "yamtrack",
];

/// Returns the process's environment variables; those that are not valid UTF-8 are skipped.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
}

/// Parses config.yml. `source` is the file's name in messages.
///
/// # Errors
/// [`YamlError`] if the text is not YAML. Every other problem is a [`Finding`].
pub fn read(source: &str, text: &str, secrets: &Secrets) -> Result<Config, YamlError> {
    let root = yaml::parse(source, text)?;
    let mut findings = Vec::new();
    if !matches!(root.body, Body::Map { .. }) && !root.is_null() {
        let problem = Problem::WrongType { expected: "a mapping", found: "something else" };
        findings.push(Finding::new(Level::Error, &root.at, "the file", problem));
    }
    let trakt = root.entry("trakt").and_then(|entry| trakt::read(entry, secrets, &mut findings));
    let mut others = Vec::new();
    for entry in root.entries() {
        let key = entry.key.as_str();
        if KOMETA_ONLY.contains(&key) {
            others.push(key.to_owned());
        } else if !SUPPORTED.contains(&key) && !key.starts_with("x-") && !key.starts_with("x_") {
            // By convention, keys that begin with `x-` or `x_` contain values that are used elsewhere through anchors.
            let nearest = nearest_name(key, SUPPORTED.iter().chain(&KOMETA_ONLY).copied());
            let problem = Problem::UnknownKey { key: key.to_owned(), nearest };
            findings.push(Finding::new(Level::Warning, &entry.at, "", problem));
        }
    }
    if !others.is_empty() {
        let problem = Problem::NotUsed { keys: others };
        findings.push(Finding { level: Level::Note, at: None, path: String::new(), problem });
    }
    Ok(Config { root, trakt, findings })
}

#[cfg(test)]
mod tests;

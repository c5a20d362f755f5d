//! config.yml: the parts used here, and its problems.

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

/// A config.yml that was read.
#[derive(Debug)]
pub struct Config {
    /// The whole file.
    pub root: Arc<Node>,
    /// The `trakt` attribute, when there is one.
    pub trakt: Option<TraktBlock>,
    /// Findings, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Supported keys of the root.
pub(crate) const OURS: [&str; 5] = ["libraries", "playlist_files", "plex", "settings", "trakt"];

/// Keys of the root that only Kometa uses.
pub(crate) const KOMETAS: [&str; 18] = [
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

/// The process's variables that are text.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(key, value)| Some((key.into_string().ok()?, value.into_string().ok()?)))
}

/// Reads config.yml. `source` is the file's name for messages.
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
        if KOMETAS.contains(&key) {
            others.push(key.to_owned());
        } else if !OURS.contains(&key) && !key.starts_with("x-") && !key.starts_with("x_") {
            // As in other YAML files, such keys hold what is used by its anchor elsewhere.
            let nearest = nearest_name(key, OURS.iter().chain(&KOMETAS).copied());
            let problem = Problem::UnknownKey { key: key.to_owned(), nearest };
            findings.push(Finding::new(Level::Warning, &entry.at, "", problem));
        }
    }
    if !others.is_empty() {
        let problem = Problem::NotOurs { keys: others };
        findings.push(Finding { level: Level::Note, at: None, path: String::new(), problem });
    }
    Ok(Config { root, trakt, findings })
}

#[cfg(test)]
mod tests;

//! Ids of titles in online databases, as written in file names and NFO files.

use serde::{Deserialize, Serialize};

/// Ids of a title in online databases. Any of them may be unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ids {
    /// IMDb, with the prefix `tt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imdb: Option<String>,
    /// The Movie Database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tmdb: Option<u64>,
    /// TheTVDB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tvdb: Option<u64>,
    /// Trakt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trakt: Option<u64>,
}

impl Ids {
    /// Whether there are no ids.
    pub fn is_empty(&self) -> bool {
        self == &Self::default()
    }

    /// These ids, with missing ones taken from `other`.
    #[must_use]
    pub fn or(self, other: &Ids) -> Ids {
        Ids {
            imdb: self.imdb.or_else(|| other.imdb.clone()),
            tmdb: self.tmdb.or(other.tmdb),
            tvdb: self.tvdb.or(other.tvdb),
            trakt: self.trakt.or(other.trakt),
        }
    }

    /// Sets the id that `source` names (`imdb`, `tmdb`, `tvdb`, `trakt`, with or without a trailing `id`).
    /// Returns whether it was set; an unknown source or malformed value changes nothing.
    pub fn set(&mut self, source: &str, value: &str) -> bool {
        let source = source.to_ascii_lowercase();
        let value = value.trim();
        match source.strip_suffix("id").unwrap_or(&source) {
            "imdb" => is_imdb(value).then(|| self.imdb = Some(value.to_ascii_lowercase())).is_some(),
            "tmdb" | "themoviedb" | "moviedb" => set_number(&mut self.tmdb, value),
            "tvdb" | "thetvdb" => set_number(&mut self.tvdb, value),
            "trakt" => set_number(&mut self.trakt, value),
            _ => false,
        }
    }
}

/// Whether `value` looks like an IMDb title id: `tt` and at least five digits.
pub(crate) fn is_imdb(value: &str) -> bool {
    let digits = value.strip_prefix("tt").or_else(|| value.strip_prefix("TT")).unwrap_or_default();
    (5..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

fn set_number(slot: &mut Option<u64>, value: &str) -> bool {
    match value.parse() {
        Ok(id) if id > 0 => {
            *slot = Some(id);
            true
        }
        _ => false,
    }
}

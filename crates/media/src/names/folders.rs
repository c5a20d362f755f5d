//! What a folder in a show library is: a season, one release, a shelf, or the show.

use std::sync::LazyLock;

use regex::Regex;

/// Words for "season" in the languages that libraries are kept in.
const SEASON: &str = "season|series|staffel|saison|temporada|seizoen|stagione|säsong|sesong|sæson|kausi|sezon|sezóna|évad|сезон|book|volume";

static SEASON_FOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(?:{SEASON}|part|s)[\s._-]*(\d{{1,4}})(?:$|[^\d-]|-\D)"))
        .expect("valid pattern")
});
static SEASON_BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(\d{1,3})(?:st|nd|rd|th|\.)?[\s._-]*(?:season|сезон|évad)\b").expect("valid pattern")
});
static SEASON_PACK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)^(.+?)[\s._-]+(?:(?:{SEASON})[\s._-]*|s)(\d{{1,4}})(?:$|[\s._\[(-])"))
        .expect("valid pattern")
});
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?i)[\s._(-]+(?:(?:{SEASON})s?|s)[\s._-]*\d{{1,2}}\s?[-–]\s?s?\d{{1,2}}\b"))
        .expect("valid pattern")
});
static COMPLETE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)[\s._(-]+(?:the[\s._])?complete(?:[\s._](?:series|collection|box[\s._]?set|tv[\s._]series))?(?:$|[\s._)\]])")
        .expect("valid pattern")
});
static EPISODE_FOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(?:^|[\s._-])s\d{1,4}[\s._-]?e\d{1,4}").expect("valid pattern"));

/// Shelves that people keep shows on; their names say nothing about the show.
const SHELVES: [&str; 14] = [
    "downloads",
    "download",
    "complete",
    "completed",
    "tv",
    "tv shows",
    "tvshows",
    "tv series",
    "shows",
    "series",
    "anime",
    "unsorted",
    "torrents",
    "new",
];

static DISC: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)^(?:dis[ck]|cd|dvd)[\s._-]*\d{1,2}$").expect("valid pattern"));

/// The role of one folder above an episode.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Holds one season; a pack also names its show.
    Season { season: u16, show: Option<String> },
    /// Holds one release of one episode.
    Episode,
    /// Sorts shows or holds a disc; no show itself.
    Shelf,
    /// The show.
    Show,
}

/// The role of `folder`; `top` when it lies directly below the library's root.
pub(super) fn role(folder: &str, top: bool) -> Role {
    let name = folder.trim();
    if EPISODE_FOLDER.is_match(name) {
        return Role::Episode;
    }
    if !top && let Some(season) = plain_season(name) {
        return Role::Season { season, show: None };
    }
    if RANGE.is_match(name) {
        return Role::Show;
    }
    if let Some(pack) = SEASON_PACK.captures(name)
        && let Ok(season) = pack[2].parse()
    {
        return Role::Season { season, show: Some(pack[1].to_owned()) };
    }
    if DISC.is_match(name) || SHELVES.contains(&name.to_lowercase().as_str()) {
        return Role::Shelf;
    }
    Role::Show
}

/// The season that a folder inside a show stands for.
fn plain_season(name: &str) -> Option<u16> {
    if matches!(name.to_lowercase().as_str(), "specials" | "special" | "ova" | "ovas" | "extras season") {
        return Some(0);
    }
    if let Ok(number) = name.parse::<u16>() {
        return Some(number);
    }
    let found = SEASON_FOLDER.captures(name).or_else(|| SEASON_BEHIND.captures(name))?;
    found[1].parse().ok()
}

/// A show's folder name without what says how much of it is there: `The Wire S01-S05 COMPLETE`.
pub(super) fn without_pack_words(name: &str) -> &str {
    let end = [RANGE.find(name), COMPLETE.find(name)].into_iter().flatten().map(|found| found.start()).min();
    match end {
        Some(end) if end > 0 => &name[..end],
        _ => name,
    }
}

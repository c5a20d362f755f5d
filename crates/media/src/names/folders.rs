//! The role of a folder in a show library: a season, one release, a category, or the show.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::numbering::{self, Numbering};
use super::{release, season, title, words};

static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)[\s._(\[-]+(?:(?:{})s?|s)[\s._-]*\d{{1,2}}\s?(?:[-–&+]|to)\s?s?\d{{1,2}}\b",
        words::SEASON
    ))
});
static COMPLETE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s._(\[-]+(?:(?:the[\s._])?complete(?:[\s._](?:(?:mini-?)?series|collection|box[\s._]?set|tv[\s._]series|seasons?))?|(?:coffret[\s._])?(?:l['’]?)?int[ée]grale?)(?:$|[\s._)\]])",
    )
});
static EPISODE_FOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s._-])s\d{1,4}[\s._-]?e\d{1,4}|(?:^|[\s._-])\d{1,2}x\d{2}(?:$|[\s._-])|\[cap[\s._]?\d{3,4}\]",
    )
});
static DISC: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:dis[ck]|cd|dvd)[\s._-]*\d{1,2}$"));

/// Normalised names of folders that group shows and say nothing about the show.
const CATEGORIES: [&str; 25] = [
    "downloads",
    "download",
    "complete",
    "completed",
    "tv",
    "tvshows",
    "tvseries",
    "television",
    "shows",
    "series",
    "serien",
    "séries",
    "seriale",
    "сериалы",
    "anime",
    "unsorted",
    "torrents",
    "new",
    "videos",
    "video",
    "media",
    "kids",
    "animation",
    "cartoons",
    "plex",
];

/// The role of one folder above an episode.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Contains one season; a season pack also names its show.
    Season { season: u16, show: Option<String> },
    /// Contains one release of one episode.
    Episode,
    /// Groups shows, or contains one disc.
    Category,
    /// The show.
    Show,
}

/// The role of `folder`. `top`: whether it is directly below the library's root.
pub(super) fn role(folder: &str, top: bool) -> Role {
    let name = folder.trim();
    if EPISODE_FOLDER.is_match(name) || is_release_of_day(name) {
        return Role::Episode;
    }
    let season = if top { season::stated(name) } else { season::season_folder(name) };
    if let Some(season) = season {
        return Role::Season { season, show: None };
    }
    if RANGE.is_match(name) {
        return Role::Show;
    }
    if let Some((show, season)) = season::pack(name) {
        return Role::Season { season, show: Some(show.to_owned()) };
    }
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if DISC.is_match(name) || CATEGORIES.contains(&letters.as_str()) {
        return Role::Category;
    }
    Role::Show
}

/// `Show.2017.11.27.Guest.1080p.WEB-GRP`.
fn is_release_of_day(name: &str) -> bool {
    let dated = numbering::explicit(name).is_some_and(|found| matches!(found.numbering, Numbering::Date(_)));
    dated && release::technical_at(name).is_some()
}

/// The folder of the show that a video belongs to: the nearest folder above it that is not a season, release,
/// disc or category; else a season pack (`Show S01`), which names its show. `video` is relative to the
/// library's root.
pub fn show_folder(video: &Path) -> Option<&Path> {
    let folders = || video.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
    let role = |folder: &Path| {
        let name = folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let top = folder.parent().is_none_or(|above| above.as_os_str().is_empty());
        role(&title::composed(&name), top)
    };
    folders()
        .find(|folder| role(folder) == Role::Show)
        .or_else(|| folders().find(|folder| matches!(role(folder), Role::Season { show: Some(_), .. })))
}

/// A show's folder name without the seasons it contains and words such as "complete": `The Wire S01-S05
/// COMPLETE`.
pub(super) fn without_pack_words(name: &str) -> &str {
    let end = [RANGE.find(name), COMPLETE.find(name)].into_iter().flatten().map(|found| found.start()).min();
    match end {
        Some(end) if end > 0 => &name[..end],
        _ => name,
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("valid pattern")
}

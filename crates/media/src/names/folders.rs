//! What a folder in a show library is: a season, one release, a shelf, or the show.

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

/// Names of folders that sort shows, letters only; they say nothing about the show.
const SHELVES: [&str; 25] = [
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
    /// Holds one season; a pack also names its show.
    Season { season: u16, show: Option<String> },
    /// Holds one release of one episode.
    Episode,
    /// Sorts shows or holds a disc; not a show itself.
    Shelf,
    /// The show.
    Show,
}

/// The role of `folder`; `top` when it lies directly below the library's root.
pub(super) fn role(folder: &str, top: bool) -> Role {
    let name = folder.trim();
    if EPISODE_FOLDER.is_match(name) || is_release_of_day(name) {
        return Role::Episode;
    }
    let own_season = if top { season::stated(name) } else { season::season_folder(name) };
    if let Some(season) = own_season {
        return Role::Season { season, show: None };
    }
    if RANGE.is_match(name) {
        return Role::Show;
    }
    if let Some((show, season)) = season::pack(name) {
        return Role::Season { season, show: Some(show.to_owned()) };
    }
    let letters: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if DISC.is_match(name) || SHELVES.contains(&letters.as_str()) {
        return Role::Shelf;
    }
    Role::Show
}

/// `Show.2017.11.27.Guest.1080p.WEB-GRP`.
fn is_release_of_day(name: &str) -> bool {
    let dated = numbering::explicit(name).is_some_and(|found| matches!(found.numbering, Numbering::Date(_)));
    dated && release::technical_at(name).is_some()
}

/// The folder of the show that a video belongs to, by the names of the folders above it: the nearest one that is not a
/// season's, a release's, a disc's or a shelf; else a season's pack (`Show S01`), which names its show. `video` is
/// relative to the library's root.
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

/// A show's folder name without words for its extent: `The Wire S01-S05 COMPLETE`.
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

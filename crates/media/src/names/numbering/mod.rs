//! Finds the episode numbers in a name.
//!
//! All patterns are applied to the masked name ([`super::noise`]), so that no resolution or codec is read as
//! an episode number. A wrong number is worse than none, because nobody notices that a file was assigned to
//! another episode.

mod before_title;
mod continued;
mod date;
mod packs;
mod parts;
mod running;
mod scene;
mod seasons;

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

pub(super) use running::Context;

use super::noise;

/// The episodes in a file. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// By season. Season 0 contains the specials.
    Episodes {
        /// Season number, 0 for specials, a year for shows whose seasons are years.
        season: u16,
        /// Episode numbers in playing order. At most 9,999, except after an explicit season and `E`, where
        /// daily serials reach 19,999 (`S41E10478`).
        episodes: Vec<u16>,
    },
    /// By air date.
    Date(NaiveDate),
    /// Absolute numbers, counted across all seasons as in anime. At most 9,999.
    Absolute(Vec<u16>),
}

/// A numbering and its position in the name, in bytes.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) numbering: Numbering,
    pub(super) start: usize,
    pub(super) end: usize,
}

static DOTTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\d{1,2})\.(\d{2})(?:$|[\s_-])"));
static NUMBER_AT_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:\s-\s\d{1,4}(?:-\d{1,4})?(?:\s*\(\d+\))?|[\s._]\d{2,4}-\d{2,4})[\s._]*(?:-\s*)?[\[(]?$")
});

/// A numbering that is clear without the folders: `S01E02`, `1x02`, a date.
pub(super) fn explicit(masked: &str) -> Option<Found> {
    seasons::with_episode(masked)
        .filter(|found| !is_after_day(masked, found))
        .or_else(|| date::day(masked))
        .or_else(|| seasons::with_running_number(&noise::without_short_dates(masked), None))
}

/// Whether the name begins with a date and the numbering is of the form `1x02`: `20161024 - Storm.21x41`.
fn is_after_day(masked: &str, found: &Found) -> bool {
    let cross = masked[found.start..found.end].starts_with(|c: char| c.is_ascii_digit());
    cross && found.start > 0 && date::day(masked).is_some_and(|day| day.start == 0)
}

/// An episode number without a season, in a season's folder.
pub(super) fn in_season(masked: &str, context: Context, season: u16) -> Option<Found> {
    if let Some(found) = date::month_and_day(masked, season).or_else(|| dotted(masked, season)) {
        return Some(found);
    }
    let of_season =
        |found: &Found| matches!(found.numbering, Numbering::Episodes { season: own, .. } if own == season);
    let stated = seasons::with_running_number(&noise::without_short_dates(masked), Some(season));
    if let Some(found) = stated.filter(of_season) {
        return Some(found);
    }
    let pack = !seasons::mentions(masked).is_empty();
    let masked = &without_seasons(masked);
    let found = running::special(masked)
        .filter(|_| season == 0)
        .or_else(|| running::number(masked, Context { in_season: true, ..context }))
        .filter(|found| !(pack && running::is_part(masked, found)))
        .or_else(|| scene::number(masked).filter(of_season))
        .or_else(|| date::six_digits(masked))?;
    let Numbering::Absolute(numbers) = found.numbering else { return Some(found) };
    let episodes = numbers.into_iter().map(|number| within(season, number)).collect();
    Some(Found { numbering: Numbering::Episodes { season, episodes }, ..found })
}

/// `1.05` in the folder of season 1.
fn dotted(masked: &str, season: u16) -> Option<Found> {
    let found = DOTTED.captures(masked)?;
    let (stated, episode): (u16, u16) = (found[1].parse().ok()?, found[2].parse().ok()?);
    let numbering = Numbering::Episodes { season, episodes: vec![episode] };
    let end = found.get(2)?.end();
    (stated == season && season > 0 && episode > 0).then_some(Found { numbering, start: 0, end })
}

/// A number without a season's folder: anime specials, absolute numbers, and old scene names like
/// `lost.101.hdtv`.
pub(super) fn seasonless(masked: &str, context: Context) -> Option<Found> {
    let without_seasons = &without_seasons(masked);
    let pack = !seasons::mentions(masked).is_empty();
    running::special(masked)
        .or_else(|| running::season_first(masked))
        .or_else(|| {
            let found = running::number(without_seasons, context)?;
            // "Show S02 Part 1" is a part of a season, not an episode.
            (!(pack && running::is_part(without_seasons, &found))).then(|| with_season(masked, found))
        })
        .or_else(|| scene::number(without_seasons).filter(|_| !context.grouped))
        .or_else(|| date::six_digits(masked))
}

/// Whether a text is only a date.
pub(super) fn is_day(text: &str) -> bool {
    let text = text.trim_matches([' ', '.', '_']);
    let spans = |found: Found| found.end - found.start == text.len();
    date::day(text).is_some_and(spans) || date::six_digits(&format!(" {text} ")).is_some_and(spans)
}

/// The name up to an absolute number or date at its end: `Show - 12 (` before `S01E12`.
pub(super) fn before_other_numbers(text: &str) -> &str {
    let end = NUMBER_AT_END.find(text).map(|found| found.start()).filter(|at| *at > 0);
    if let Some(end) = end {
        return before_other_numbers(&text[..end]);
    }
    let day = || date::day(text).filter(|found| !text[found.end..].contains(char::is_alphanumeric));
    match day() {
        Some(day) if day.start > 0 => &text[..day.start],
        _ => text,
    }
}

/// The name up to a trailing season: `Show - Temporada 2`.
pub(super) fn before_season(text: &str) -> &str {
    match seasons::mention(text) {
        Some((at, _)) if at > 0 => &text[..at],
        _ => text,
    }
}

/// The name up to its first season: `Show S01 COMPLETE`.
pub(super) fn before_any_season(text: &str) -> &str {
    let start = seasons::mentions(text).first().map(|season| season.start);
    start.filter(|at| *at > 0).map_or(text, |at| &text[..at])
}

/// The masked name with season numbers masked as well, because `Show (Season 01)` contains no episode 1.
fn without_seasons(masked: &str) -> String {
    noise::mask(masked, seasons::mentions(masked))
}

/// Assigns an absolute number to the season before it.
fn with_season(masked: &str, found: Found) -> Found {
    let before = &masked[..found.start];
    // "S32-Week 45-Ep 6478": the word "Ep" shows which number is the episode's.
    let spelled = masked[found.start..found.end].to_lowercase().starts_with("ep");
    let stated = seasons::mention(before).map(|(_, season)| season);
    match (&found.numbering, stated.or_else(|| seasons::only(before).filter(|_| spelled))) {
        (Numbering::Absolute(episodes), Some(season)) => {
            let numbering = Numbering::Episodes { season, episodes: episodes.clone() };
            Found { numbering, ..found }
        }
        _ => found,
    }
}

/// `103` in the folder of season 1 is episode 3.
fn within(season: u16, number: u16) -> u16 {
    if season > 0 && number > 100 && number / 100 == season && !number.is_multiple_of(100) {
        number % 100
    } else {
        number
    }
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("valid pattern")
}

fn number(found: &Captures<'_>, group: usize) -> Option<u16> {
    found.get(group)?.as_str().parse().ok()
}

/// Whether a number is a plausible year, and so not an episode number.
fn is_year(number: u16) -> bool {
    (1900..2100).contains(&number)
}

//! Where a name says which episode it is.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};

/// Which episodes a file holds. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Numbering {
    /// By season; season 0 holds the specials.
    Episodes {
        /// Season number, 0 for specials, a year for shows that count in years.
        season: u16,
        /// Episode numbers in the order they play.
        episodes: Vec<u16>,
    },
    /// By the day it aired.
    Date(NaiveDate),
    /// Counted through all seasons, as anime does.
    Absolute(Vec<u16>),
}

/// A numbering and the bytes of the name that it takes up.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) numbering: Numbering,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Ranges longer than this are no multi-episode files.
const LONGEST_RANGE: u16 = 50;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("valid pattern")
}

static SXXEXX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^a-z0-9])(?:s|(?:season|series|staffel|saison|temporada|serie)[\s._]*)(\d{1,4})[\s._,-]*x?(?:e|ep|episode|folge)[\s._]?(\d{1,4})(?:v\d)?",
    )
});
static CROSS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^|[\s._\[(-])(\d{1,2}|(?:19|20)\d\d)x(\d{2,3})"));
static MORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^([\s._]*[-+&~]?[\s._]*)(?:s\d{1,4}[\s._]?e|ep?|\d{1,2}x|x)(\d{1,4})"));
static MORE_BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(-)(\d{1,4})"));
static SEASON_DASH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)[\s._](?:s|season[\s._]?)(\d{1,2})[\s._]*-[\s._]*(\d{1,4})(?:v\d)?(?:$|[\s._\[(])")
});
static ORDINAL_DASH: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)[\s._](\d{1,2})(?:st|nd|rd|th)[\s._]season[\s._]*-[\s._]*(\d{1,4})(?:v\d)?(?:$|[\s._\[(])")
});
static YEAR_MONTH_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)((?:19|20)\d\d)[-._ ]?(\d\d)[-._ ]?(\d\d)(?:$|\D)"));
static DAY_MONTH_YEAR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)(\d\d)[-._ ](\d\d)[-._ ]((?:19|20)\d\d)(?:$|\D)"));
static SPECIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?:^|[\s._-])(?:OVA|OAD|SP|Special)[\s._-]*(\d{1,3})(?:v\d)?(?:$|[\s._\[(-])")
});
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s._-])(?:#|(?:ep?|episode|episodio|folge|chapter|kapitel|chapitre|серия)\.?[\s._]*|第)(\d{1,4})(?:v\d)?(?:話|话|集)?",
    )
});
static DASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\s_]-[\s_](\d{1,4})"));
static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s._-]*(?:#|(?:ep?|episode|episodio|folge|sp|chapter|part|teil|серия)\.?[\s._]*)?(\d{1,4})",
    )
});
static SCENE: LazyLock<Regex> = LazyLock::new(|| pattern(r"[._](\d{1,2})(\d\d)[._]"));
/// `v2` of a release, or a letter that marks half an episode.
static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:v\d|[a-cα-ω])"));

/// A numbering that needs no knowledge of the folders: `S01E02`, `1x02`, a date.
pub(super) fn explicit(text: &str) -> Option<Found> {
    by_season(&SXXEXX, text)
        .or_else(|| by_season(&CROSS, text))
        .or_else(|| date(text))
        .or_else(|| by_season_dash(text))
}

/// A bare number of an episode in a season's folder. `behind_show` is the name without its show's title.
pub(super) fn in_season(text: &str, behind_show: &str, season: u16) -> Option<Found> {
    let found = special(text).filter(|_| season == 0).or_else(|| counted(text, behind_show))?;
    let Numbering::Absolute(numbers) = found.numbering else { return Some(found) };
    let episodes = numbers.into_iter().map(|number| within(season, number)).collect();
    Some(Found { numbering: Numbering::Episodes { season, episodes }, ..found })
}

/// A number without any season: specials of anime, absolute numbers, and old scene names like `lost.101.hdtv`.
pub(super) fn seasonless(text: &str, behind_show: Option<&str>) -> Option<Found> {
    special(text).or_else(|| counted(text, behind_show.unwrap_or_default())).or_else(|| scene(text))
}

/// `103` in the folder of season 1 is episode 3.
fn within(season: u16, number: u16) -> u16 {
    if season > 0 && number > 100 && number / 100 == season && !number.is_multiple_of(100) {
        number % 100
    } else {
        number
    }
}

fn by_season(regex: &Regex, text: &str) -> Option<Found> {
    let found = regex.captures(text)?;
    let season = number(&found, 1)?;
    let (episodes, end) = continued(text, number(&found, 2)?, found.get(2)?.end());
    // The match begins with the separator in front of the number.
    let whole = found.get(0)?;
    let separator = whole.as_str().chars().next().filter(|first| !first.is_alphanumeric());
    let start = whole.start() + separator.map_or(0, char::len_utf8);
    Some(Found { numbering: Numbering::Episodes { season, episodes }, start, end })
}

/// Follows `E02` by what makes it more episodes: `E02-E03`, `E02E03`, `E02-03`.
fn continued(text: &str, first: u16, mut end: usize) -> (Vec<u16>, usize) {
    let mut episodes = vec![first];
    loop {
        if let Some(mark) = MARK.find(&text[end..]) {
            end += mark.end();
        }
        let rest = &text[end..];
        let Some(more) = MORE.captures(rest).or_else(|| MORE_BARE.captures(rest)) else { break };
        let (Some(next), Some(digits)) = (number(&more, 2), more.get(2)) else { break };
        if !may_end(&rest[digits.end()..]) || !extend(&mut episodes, next, more[1].contains(['-', '~'])) {
            break;
        }
        end += digits.end();
    }
    (episodes, end)
}

/// A number ends where the name ends, at a separator, or where the next episode begins.
fn may_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| !next.is_alphanumeric() || matches!(next, 'e' | 'E' | 'x' | 'v'))
}

fn extend(episodes: &mut Vec<u16>, next: u16, range: bool) -> bool {
    let last = episodes.last().copied().unwrap_or_default();
    if next <= last || next - last > LONGEST_RANGE {
        return false;
    }
    if range {
        episodes.extend(last + 1..=next);
    } else {
        episodes.push(next);
    }
    true
}

fn by_season_dash(text: &str) -> Option<Found> {
    let found = SEASON_DASH.captures(text).or_else(|| ORDINAL_DASH.captures(text))?;
    let numbering = Numbering::Episodes { season: number(&found, 1)?, episodes: vec![number(&found, 2)?] };
    Some(Found { numbering, start: found.get(0)?.start(), end: found.get(2)?.end() })
}

fn date(text: &str) -> Option<Found> {
    let (found, [year, month, day]) = match YEAR_MONTH_DAY.captures(text) {
        Some(found) => (found, [1, 2, 3]),
        None => (DAY_MONTH_YEAR.captures(text)?, [3, 2, 1]),
    };
    let date = NaiveDate::from_ymd_opt(
        i32::from(number(&found, year)?),
        u32::from(number(&found, month)?),
        u32::from(number(&found, day)?),
    )?;
    Some(Found { numbering: Numbering::Date(date), start: found.get(1)?.start(), end: found.get(3)?.end() })
}

fn special(text: &str) -> Option<Found> {
    let found = SPECIAL.captures(text)?;
    let numbering = Numbering::Episodes { season: 0, episodes: vec![number(&found, 1)?] };
    Some(Found { numbering, start: found.get(0)?.start(), end: found.get(1)?.end() })
}

/// A running number: said to be one, behind a dash, or first behind the show's title.
fn counted(text: &str, behind_show: &str) -> Option<Found> {
    let at_end = |found: Captures<'_>, offset: usize| {
        let digits = found.get(1)?;
        let first = number(&found, 1).filter(|number| !(1900..2100).contains(number))?;
        let (numbers, end) = continued(text, first, offset + digits.end());
        let follows = text[end..].chars().next();
        let ends = follows.is_none_or(|c| !c.is_alphanumeric() && c != '%') && !text[end..].starts_with(".5");
        let end = end + usize::from(matches!(follows, Some('話' | '话' | '集'))) * '話'.len_utf8();
        let ends = ends || matches!(follows, Some('話' | '话' | '集'));
        let start = offset + found.get(0)?.start();
        ends.then_some(Found { numbering: Numbering::Absolute(numbers), start, end })
    };
    let offset = text.len() - behind_show.len();
    let leading = || LEADING.captures(behind_show).and_then(|found| at_end(found, offset));
    WORD.captures(text)
        .and_then(|found| at_end(found, 0))
        .or_else(|| if behind_show.is_empty() { None } else { leading() })
        .or_else(|| DASH.captures(text).and_then(|found| at_end(found, 0)))
}

/// `lost.101.hdtv`: season and episode in one number, with release words right behind it.
fn scene(text: &str) -> Option<Found> {
    let found = SCENE.captures(text)?;
    let end = found.get(2)?.end();
    let release_follows = super::release::technical_at(&text[end..]) == Some(1);
    let season = number(&found, 1).filter(|season| release_follows && *season > 0)?;
    let numbering = Numbering::Episodes { season, episodes: vec![number(&found, 2)?] };
    Some(Found { numbering, start: found.get(1)?.start(), end })
}

fn number(found: &Captures<'_>, group: usize) -> Option<u16> {
    found.get(group)?.as_str().parse().ok()
}

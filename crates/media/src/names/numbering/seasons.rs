//! Season and episode in one: `S01E02`, `1x02`, `Staffel 1 Folge 2`, `[Cap.102]`, `S2 - 05`.

use std::sync::LazyLock;

use regex::Regex;

use super::continued::{self, First, ends_the_numbers};
use super::{Found, Numbering, is_year, number, pattern};
use crate::names::words;

/// Daily serials count episodes over decades; the longest are below this.
const HIGHEST: u16 = 19_999;

static SXXEXX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\p{L}\p{N}])()(?:s|(?:season|series|staffel|saison|temporada|serie)[\s._]*)[\s._]?(\d{1,4})[\s._,-]*x?(?:e|ep|episode|folge)[\s._-]?(\d{1,5})",
    )
});
/// Without a preceding separator: `marvelsS01E02`. Two digits each, so that no word matches by chance.
static GLUED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[\p{L}\p{N}]()s(\d{2})e(\d{2,3})"));
/// Spanish `T01E02`, and `S01x02`.
static OTHER_MARKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^|[^\p{L}\p{N}])()(?:t(\d{1,2})[\s._]?e|[st](\d{1,2})x)(\d{1,3})"));
static CROSS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^|[^\p{L}\p{N}])()(\d{1,2}|(?:19|20)\d\d)[x×](\d{1,4})"));
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)[\[(]()cap(?:itulo|ítulo)?[\s._]*(\d{1,2})(\d\d)(?:[_-]\d{0,2}(\d\d))?[\])]")
});
/// Season and episode in words, in any language, with the number before or after the word.
static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    let season = format!(
        r"(?:{season})[\s._-]*(\d{{1,4}})|(\d{{1,2}})(?:st|nd|rd|th|ª|º|-?[яй])?[\s._]*\.?[\s._]*(?:{season}|{behind})|第\s*({number})\s*[季期部]",
        season = words::SEASON,
        behind = words::SEASON_BEHIND,
        number = words::NUMBER,
    );
    let episode = format!(
        r"(?:{episode})[\s._-]*(\d{{1,4}})|(\d{{1,4}})(?:ª|º|-?[яй])?\.?[\s._]*(?:{behind})|第\s*(\d{{1,4}})\s*[話话集回]|e(\d{{1,4}})",
        episode = words::EPISODE,
        behind = words::EPISODE_BEHIND,
    );
    pattern(&format!(r"(?i)(?:^|[^\p{{L}}\p{{N}}])()(?:{season})[\s._,\])-]*[\[(]?(?:{episode})"))
});
/// A season without an episode mark; a number has to follow.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s._\[(-])()(?:s(\d{{1,2}})|(?:{season})[\s._-]*({number})|(\d{{1,2}})(?:st|nd|rd|th|ª|º|\.)[\s._-]*(?:{season})|(first|second|third|fourth|fifth|sixth)[\s._-]season|livre[\s._]({number})|第\s*({number})\s*[季期])(?:$|[^\p{{L}}\p{{N}}])",
        season = words::SEASON,
        number = words::NUMBER,
    ))
});
/// The number after such a season.
static FOLLOWING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^([\s._\])-]*[\[(]?(?:-\s*)?)((?:{})[\s._-]*|[#ex第])?(\d{{1,4}})(?:v\d)?[\s._]?(?:of[\s._]?\d{{1,3}}|[話话集回])?",
        words::EPISODE
    ))
});

/// Season and episode, both marked as such.
pub(super) fn with_episode(text: &str) -> Option<Found> {
    marked(&SXXEXX, text)
        .or_else(|| marked(&GLUED, text))
        .or_else(|| marked(&OTHER_MARKS, text))
        .or_else(|| chapter(text))
        .or_else(|| spelled(text))
        .or_else(|| crossed(text))
}

fn marked(regex: &Regex, text: &str) -> Option<Found> {
    let found = regex.captures(text)?;
    let groups = found.len();
    let season = (2..groups - 1).find_map(|group| number(&found, group))?;
    build(text, season, &found, groups - 1)
}

fn build(text: &str, season: u16, found: &regex::Captures<'_>, episode: usize) -> Option<Found> {
    let digits = found.get(episode)?;
    let number = digits.as_str().parse().ok().filter(|number| *number <= HIGHEST)?;
    let first = First {
        season: Some(season),
        episode: number,
        digits: digits.len(),
        end: digits.end(),
        spelled: false,
    };
    let (episodes, end) = continued::episodes(text, first);
    Some(Found { numbering: Numbering::Episodes { season, episodes }, start: found.get(1)?.start(), end })
}

/// `1x02`, unless letters follow the number.
fn crossed(text: &str) -> Option<Found> {
    CROSS.captures_iter(text).find_map(|found| {
        let season = number(&found, 2)?;
        let built = build(text, season, &found, 3)?;
        let follows = text[built.end..].chars().next();
        follows.is_none_or(|next| !next.is_alphanumeric()).then_some(built)
    })
}

/// `[Cap.102]` is season 1, episode 2; `[Cap.102_104]` goes on to episode 4.
fn chapter(text: &str) -> Option<Found> {
    let found = CHAPTER.captures(text)?;
    let (season, first) = (number(&found, 2)?, number(&found, 3)?);
    let last = number(&found, 4).filter(|last| *last > first).unwrap_or(first);
    let numbering = Numbering::Episodes { season, episodes: (first..=last).collect() };
    Some(Found { numbering, start: found.get(1)?.start(), end: found.get(0)?.end() })
}

fn spelled(text: &str) -> Option<Found> {
    let found = SPELLED.captures(text)?;
    let season = (2..=4).find_map(|group| words::number(found.get(group)?.as_str()))?;
    let episode = (5..=8).find(|group| found.get(*group).is_some())?;
    let built = build(text, season, &found, episode)?;
    let end = built.end.max(found.get(0)?.end());
    Some(Found { end, ..built })
}

/// `S2 - 05`, `2nd Season - 05`, `Season 2 [05]`, `S01.05`, `Season 2 1of4`.
pub(super) fn with_running_number(text: &str) -> Option<Found> {
    MENTION.captures_iter(text).find_map(|mention| {
        let (group, season) =
            (2..=7).find_map(|group| Some((group, words::number(mention.get(group)?.as_str())?)))?;
        let season_end = mention.get(group)?.end();
        let behind = mention.get(0)?.end();
        // The character that ended the season belongs to the next match.
        let from = text[..behind].char_indices().next_back().map_or(behind, |(at, _)| at.max(season_end));
        let found = FOLLOWING.captures(&text[from..])?;
        let digits = found.get(3)?;
        let episode = number(&found, 3).filter(|number| !is_year(*number))?;
        let rest = &text[from + digits.end()..];
        let loose = found.get(2).is_none() && found[1].chars().all(|c| c == ' ');
        if loose && !ends_the_numbers(rest) || rest.starts_with(|c: char| c.is_alphanumeric() && c != 'v') {
            return None;
        }
        let first = First {
            season: Some(season),
            episode,
            digits: digits.len(),
            end: from + digits.end(),
            spelled: false,
        };
        let (episodes, end) = continued::episodes(text, first);
        let end = end.max(from + found.get(0)?.end());
        Some(Found {
            numbering: Numbering::Episodes { season, episodes },
            start: mention.get(1)?.start(),
            end,
        })
    })
}

/// The position and number of a season stated at the end of a text: `Show - Temporada 2 [HDTV]`.
pub(super) fn mention(text: &str) -> Option<(usize, u16)> {
    let found = MENTION.captures_iter(text).last()?;
    let (group, season) =
        (2..=7).find_map(|group| Some((group, words::number(found.get(group)?.as_str())?)))?;
    let rest = text[found.get(group)?.end()..]
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !"[(【".contains(c));
    (rest.is_empty() || rest.starts_with(['[', '(', '【'])).then_some((found.get(1)?.start(), season))
}

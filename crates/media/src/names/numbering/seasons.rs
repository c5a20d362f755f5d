//! Season and episode together: `S01E02`, `1x02`, `Staffel 1 Folge 2`, `[Cap.102]`, `S2 - 05`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::continued::{self, First, ends_the_numbers};
use super::{Found, Numbering, is_year, number, packs, pattern};
use crate::names::words;

/// The highest episode number. Daily serials number their episodes over decades, but stay below it.
const MAX_EPISODE: u16 = 19_999;

static SXXEXX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\p{L}\p{N}])()(?:sn?|(?:season|series|staffel|saison|temporada|serie)[\s._]*)[\s._]?(\d{1,4})[\s._,-]*x?(?:e|ep|episode|folge)[\s._-]?(\d{1,5})",
    )
});
/// Without a preceding separator: `marvelsS01E02`. At least two digits each, so that no word matches by chance.
static GLUED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[\p{L}\p{N}]()s(\d{2})e(\d{2,3})"));
/// Spanish `T01E02`, `S01x02`, and `01E02`.
static OTHER_MARKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\p{L}\p{N}])()(?:t(\d{1,2})[\s._]?x?e|[st](\d{1,2}|(?:19|20)\d\d)x|(\d{2})e)(\d{1,3})(?:$|[^\p{L}\p{N}]|[exv])",
    )
});
static CROSS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[^\p{L}\p{N}])()(?:(?:ep|episode)[\s._]+)?(?:(\d{1,2}|(?:19|20)\d\d)[x×х](\d{1,4})|(\d{1,2})\s[x×х]\s(\d{2,3}))",
    )
});
/// Without a preceding separator: `Castle1x01`.
static GLUED_CROSS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\p{L}()(\d)x(\d\d)(?:$|[^\p{L}\p{N}])"));
/// `[5.01]`, ` - 6.01 - `, `Episode 1.22`.
static POINTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\[()(\d{1,2})\.(\d{2,3})\]|\s-\s()(\d{1,2})\.(\d\d)\s-\s|\s()episode\s(\d{1,2})\.(\d\d)(?:$|\s))",
    )
});
static CHAPTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\[(]()cap(?:itulo|ítulo)?[\s._]*(\d{1,2})(\d\d)(?:[_-]\d{0,2}(\d\d))?(?:[\])]|[._ ][^\]]*\])",
    )
});
/// Season and episode in words, in any language, with the number before or after the word.
static SPELLED: LazyLock<Regex> = LazyLock::new(|| {
    let season = format!(
        r"(?:{season})[\s._:№#-]*(\d{{1,4}})|(\d{{1,2}})(?:st|nd|rd|th|ª|º|a|-?[яй]|-?го)?[\s._]*\.?[\s._]*(?:{season}|{after})|第\s*({number})\s*[季期部]",
        season = words::SEASON,
        after = words::SEASON_AFTER,
        number = words::NUMBER,
    );
    let episode = format!(
        r"(?:{episode})[\s._:№#-]*(\d{{1,4}})|(\d{{1,4}})(?:ª|º|-?[яй])?\.?[\s._]*(?:{after})|第\s*({number})\s*[話话集回]|e(\d{{1,4}})",
        number = words::NUMBER,
        episode = words::EPISODE,
        after = words::EPISODE_AFTER,
    );
    pattern(&format!(r"(?i)(?:^|[^\p{{L}}\p{{N}}]|\p{{Han}})()(?:{season})[\s._,\])-]*[\[(]?(?:{episode})"))
});
/// `S0201`: two digits each.
static UNMARKED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(?:^|[\s._\[(-])()s(0\d)(\d\d)(?:$|[^\p{L}\p{N}])"));
/// A season without a marked episode.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s._\[(-])()(?:s[\s._]?(\d{{1,2}})|(?:{season})[\s._-]*({number})|(\d{{1,2}})(?:(?:st|nd|rd|th|ª|º|a|-?[яй]|-?го)\.?|\.)[\s._-]*(?:{season})|(first|second|third|fourth|fifth|sixth)[\s._-]season|livre[\s._]({number})|第\s*({number})\s*[季期])(?:of\d{{1,2}}|d\d{{1,2}})?(?:$|[^\p{{L}}\p{{N}}])",
        season = words::SEASON,
        number = words::NUMBER,
    ))
});
/// The group of [`MENTION`] for a season marked by the letter S.
const LETTER: usize = 2;
/// `(01 - 12)`: the number begins the range of a pack.
static RANGE_FOLLOWS: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\s[-–~]\s\d{2,3}[\])]"));
/// The episode number after a [`MENTION`].
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
        .or_else(|| marked(&UNMARKED, text))
        .or_else(|| chapter(text))
        .or_else(|| spelled(text))
        .or_else(|| crossed(text))
        .or_else(|| marked(&GLUED_CROSS, text))
        .or_else(|| pointed(text))
}

fn marked(regex: &Regex, text: &str) -> Option<Found> {
    let found = regex.captures(text)?;
    let groups = found.len();
    let season = (2..groups - 1).find_map(|group| number(&found, group))?;
    build(text, season, &found, groups - 1)
}

fn build(text: &str, season: u16, found: &Captures<'_>, episode: usize) -> Option<Found> {
    let digits = found.get(episode)?;
    let number = words::number(digits.as_str()).filter(|number| *number <= MAX_EPISODE)?;
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
        let group = if found.get(2).is_some() { 2 } else { 4 };
        let built = build(text, number(&found, group)?, &found, group + 1)?;
        let rest = &text[built.end..];
        let ends = rest.chars().next().is_none_or(|next| !next.is_alphanumeric());
        // "2008x12.13" may be a date.
        let day = rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let unclear = day && number(&found, group).is_some_and(is_year);
        (ends && !unclear).then_some(built)
    })
}

fn pointed(text: &str) -> Option<Found> {
    let found = POINTED.captures(text)?;
    let group = [2, 5, 8].into_iter().find(|group| found.get(*group).is_some())?;
    let (season, episode) = (number(&found, group)?, number(&found, group + 1)?);
    let numbering = Numbering::Episodes { season, episodes: vec![episode] };
    Some(Found { numbering, start: found.get(group - 1)?.start(), end: found.get(group + 1)?.end() })
}

/// `[Cap.102]` is season 1, episode 2; `[Cap.102_104]` includes the episodes up to 4.
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

/// `S2 - 05`, `2nd Season - 05`, `Season 2 [05]`, `S01.05`, `Season 2 1of4`. In the folder of season `known`,
/// `S01-05` is an episode; elsewhere it may be a pack.
pub(super) fn with_running_number(text: &str, known: Option<u16>) -> Option<Found> {
    all_mentions(text).find_map(|mention| {
        let (group, season) =
            (2..=7).find_map(|group| Some((group, words::number(mention.get(group)?.as_str())?)))?;
        let season_end = mention.get(group)?.end();
        let after = mention.get(0)?.end();
        // The character that ended the season belongs to the next match.
        let from = text[..after].char_indices().next_back().map_or(after, |(at, _)| at.max(season_end));
        let found = FOLLOWING.captures(&text[from..])?;
        let digits = found.get(3)?;
        let episode = number(&found, 3).filter(|number| !is_year(*number))?;
        let rest = &text[from + digits.end()..];
        let written = mention.get(group)?.as_str();
        let pack = known != Some(season)
            && found.get(2).is_none()
            && packs::is_range(&found[1], group != LETTER, written, digits.as_str(), rest);
        // "Harbour Series Six-0": a number in words is not connected to digits.
        let words = found[1].trim_end() == "-" && written.starts_with(|c: char| !c.is_ascii_digit());
        if pack || words || is_another_number(&found[1], episode, rest) || is_disc(&text[season_end..]) {
            return None;
        }
        let loose = found.get(2).is_none() && found[1].chars().all(|c| c == ' ');
        let after = &text[from + found.get(0)?.end()..];
        let glued = |text: &str| text.starts_with(|c: char| c.is_alphanumeric() && c != 'v');
        if loose && !ends_the_numbers(rest) || (glued(rest) && glued(after)) || RANGE_FOLLOWS.is_match(rest) {
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

/// `S07D1`: the disc of a season.
fn is_disc(after: &str) -> bool {
    after.strip_prefix(['d', 'D']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether the season is written like `S 5`, which is ambiguous: with a space, a season has two digits.
fn is_loose_letter(mention: &Captures<'_>) -> bool {
    mention.get(LETTER).is_some_and(|digits| {
        digits.len() < 2 && mention.get(1).is_some_and(|start| digits.start() > start.end() + 1)
    })
}

/// Whether the number is part of a title, because it is too high for a season: `World Series 2013`, `Series
/// 100`.
fn is_of_title(mention: &Captures<'_>) -> bool {
    let series = mention[0].to_lowercase().contains("series");
    series && number(mention, 3).is_some_and(|number| number > 60)
}

/// Whether the number after a season is not an episode: `S01.1080.x264` contains a resolution, `Season 1 - 4
/// Complete` is a pack.
fn is_another_number(separator: &str, number: u16, rest: &str) -> bool {
    let resolution = !separator.contains('-') && [480, 540, 576, 720, 1080, 1440, 2160].contains(&number);
    let pack = rest.trim_start_matches([' ', '.', '_']).to_lowercase().starts_with("complete");
    resolution || (separator.contains('-') && pack)
}

/// The seasons in a text. A season may begin at the separator that ended the one before.
fn all_mentions(text: &str) -> impl Iterator<Item = Captures<'_>> {
    let mut at = 0;
    let next = move || {
        let found = MENTION.captures_at(text, at)?;
        at = (2..=7).find_map(|group| found.get(group))?.end();
        Some(found)
    };
    std::iter::from_fn(next).filter(|mention| !is_of_title(mention) && !is_loose_letter(mention))
}

/// The only season in a text; `None` if there are several.
pub(super) fn only(text: &str) -> Option<u16> {
    let mut found = all_mentions(text);
    let (only, more) = (found.next()?, found.next());
    let season = (2..=7).find_map(|group| words::number(only.get(group)?.as_str()));
    season.filter(|_| more.is_none())
}

/// The spans of all seasons in a text, including several seasons named together. Call this only for a text
/// without an episode.
pub(super) fn mentions(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut spans = single_mentions(text);
    spans.extend(packs::several_seasons(text));
    spans.sort_unstable_by_key(|span| span.start);
    spans
}

fn single_mentions(text: &str) -> Vec<std::ops::Range<usize>> {
    all_mentions(text)
        .filter_map(|mention| {
            Some(mention.get(1)?.start()..(2..=7).find_map(|group| mention.get(group))?.end())
        })
        .collect()
}

/// The position and number of a season at the end of a text: `Show - Temporada 2 [HDTV]`.
pub(super) fn mention(text: &str) -> Option<(usize, u16)> {
    let found = all_mentions(text).last()?;
    let (group, season) =
        (2..=7).find_map(|group| Some((group, words::number(found.get(group)?.as_str())?)))?;
    let rest = text[found.get(group)?.end()..]
        .trim_start_matches(|c: char| !c.is_alphanumeric() && !"[(【".contains(c));
    (rest.is_empty() || rest.starts_with(['[', '(', '【'])).then_some((found.get(1)?.start(), season))
}

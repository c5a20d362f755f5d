//! Further episode numbers in a name, after the first.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Found, Numbering, is_year, number, pattern};
use crate::names::noise::MASK;
use crate::names::{release, words};

/// Longer ranges are not multi-episode files.
pub(super) const LONGEST_RANGE: u16 = 50;

/// `-E03`, `E03`, `& E03`, `,E03`, `and E03`, `-S01E03`.
static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^([\s._]*(?:[-–+&,~]|\b(?:and|und|et|og|och|en|e|y)\b)?[\s._]*)(?:s(\d{{1,4}})[\s._-]*)?(?:ep?|(?:{})[\s._-]*)(\d{{1,5}})",
        words::EPISODE
    ))
});
/// `-1x03`, ` 1x03`, and `x03`.
static CROSSED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^([\s._]*[-–+&,~]?[\s._]*)(\d{1,2}|(?:19|20)\d\d)?[x×х](\d{1,4})"));
/// `-03`, `+03`, `& 03`, `~03`, `_03`, `, 03`.
static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(-|–|_|\s?[+&~,]\s?)(\d{1,4})"));
/// `.22` and ` 22` after `S03E21`: only the next number, and only before release words.
static NEXT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([._ ])(\d{2,4})"));
/// What confirms a range: `01-08 of 16`, `03-05 313-315`.
static OF_ALL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^\s(?:(?:of|из|von)\s\d|\d{2,4}-\d{2,4}(?:$|\D))"));
/// ` - 151` after `Episode 148`.
static SPACED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(\s[-–~]\s)(\d{1,4})"));
/// `v2` or `_v2`, a release's version, or a letter that marks a part of an episode.
static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:[\s._]?[vV]\d|[a-dα-ω])(?:$|[^\p{L}\p{N}])"));

/// The first number and its form, which further numbers have to match.
#[derive(Debug, Clone, Copy)]
pub(super) struct First {
    pub(super) season: Option<u16>,
    pub(super) episode: u16,
    /// Number of digits as written.
    pub(super) digits: usize,
    /// Where the number ends.
    pub(super) end: usize,
    /// Whether a word or dash marks the number, so that a dash with spaces may lead to the last number of a
    /// range.
    pub(super) spelled: bool,
}

struct Next {
    episode: u16,
    length: usize,
    range: bool,
}

/// The episode numbers beginning with the first, and where they end.
pub(super) fn episodes(text: &str, first: First) -> (Vec<u16>, usize) {
    let mut episodes = vec![first.episode];
    let mut end = skip_mark(text, first.end);
    while let Some(next) = next(&text[end..], first, episodes.last().copied().unwrap_or_default()) {
        if !extend(&mut episodes, &next) {
            break;
        }
        end = skip_mark(text, end + next.length);
    }
    (episodes, end)
}

/// Checks that the number is a separate word, and reads the further numbers of a multi-episode file. `group`
/// is the number's group in `found`; group 1 marks the start. `offset` is where the text of `found` begins in
/// `text`.
pub(super) fn absolute(
    text: &str,
    found: &Captures<'_>,
    group: usize,
    offset: usize,
    spelled: bool,
) -> Option<Found> {
    let digits = found.get(group)?;
    let episode = number(found, group).filter(|number| !is_year(*number))?;
    let first = First { season: None, episode, digits: digits.len(), end: offset + digits.end(), spelled };
    let (numbers, end) = episodes(text, first);
    let rest = &text[end..];
    let follows = rest.chars().next();
    let counter = follows.filter(|c| matches!(c, '話' | '话' | '集' | '回' | '화' | '회'));
    let stands_alone = follows.is_none_or(|c| !c.is_alphanumeric() && c != '%' && c != '/');
    // "13.5" is a recap between two episodes, and "1,000" is part of a title.
    let continues = rest.strip_prefix(['.', ',']).is_some_and(|rest| {
        let more = rest.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&more) || (follows == Some(',') && more == 3)
    });
    let range_of_another_kind =
        rest.strip_prefix(['-', '~']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if !(stands_alone || counter.is_some()) || continues || range_of_another_kind {
        return None;
    }
    let end = end + counter.map_or(0, char::len_utf8);
    Some(Found { numbering: Numbering::Absolute(numbers), start: offset + found.get(1)?.start(), end })
}

fn skip_mark(text: &str, end: usize) -> usize {
    match MARK.find(&text[end..]) {
        Some(_) => {
            end + text[end..]
                .char_indices()
                .find(|(at, c)| *at > 0 && !c.is_alphanumeric())
                .map_or(text.len() - end, |(at, _)| at)
        }
        None => end,
    }
}

fn next(rest: &str, first: First, last: u16) -> Option<Next> {
    marked(rest, first)
        .or_else(|| crossed(rest, first))
        .or_else(|| bare(rest, first, last))
        .or_else(|| following(rest, first, last))
        .or_else(|| spaced(rest, first))
}

fn marked(rest: &str, first: First) -> Option<Next> {
    let found = MARKED.captures(rest)?;
    let other_season = number(&found, 2).is_some_and(|season| first.season != Some(season));
    let length = found.get(3)?.end();
    if other_season || !may_end(&rest[length..]) {
        return None;
    }
    let episode = number(&found, 3)?;
    // "S02E31 - Episode 55" is the title of one episode.
    let marker = &rest[found.get(1)?.end()..length];
    let spelled = marker.chars().filter(|c| c.is_alphabetic()).count() > 1;
    // "Ep10718 - Ep10722" is a range of a daily serial.
    let serial = first.digits > 3 && digits_of(marker) == first.digits && is_range(&found);
    if spelled
        && found[1].starts_with([' ', '.', '_'])
        && found.get(2).is_none()
        && episode != first.episode + 1
        && !serial
    {
        return None;
    }
    let glued = found[1].is_empty() && found.get(2).is_none();
    Some(Next { episode, length, range: glued || is_range(&found) })
}

fn crossed(rest: &str, first: First) -> Option<Next> {
    let found = CROSSED.captures(rest)?;
    let season = number(&found, 2);
    let length = found.get(3)?.end();
    let other_season = season.is_some_and(|season| first.season != Some(season));
    // " - x04" is a further episode, " x264" is not.
    let far = season.is_none() && !found[1].is_empty() && !(is_range(&found) && found[3].len() == 2);
    if first.season.is_none() || other_season || far || !may_end(&rest[length..]) {
        return None;
    }
    Some(Next { episode: number(&found, 3)?, length, range: is_range(&found) })
}

fn bare(rest: &str, first: First, last: u16) -> Option<Next> {
    let found = BARE.captures(rest)?;
    let digits = found.get(2)?;
    let next = number(&found, 2)?;
    let after = &rest[digits.end()..];
    let follows = next.checked_sub(last) == Some(1);
    // "S01E05-10 Things" is one episode: a word follows the number directly.
    let separated = !after.starts_with(' ')
        || ends_the_numbers(after)
        || after.starts_with(" -")
        || OF_ALL.is_match(after);
    // "E09-10", and "E05-6" before release words.
    let longer = follows && digits.len() == first.digits + 1;
    let shorter = follows && digits.len() + 1 == first.digits && !after.is_empty() && ends_the_numbers(after);
    let written_alike =
        digits.len() == first.digits || digits.len() == 2 || first.digits > 2 || longer || shorter;
    // "_27" after "E04_11" is part of a date or of another numbering.
    let unclear = &found[1] == "_" && !follows;
    if !written_alike || !may_end(after) || unclear || !(follows || separated) {
        return None;
    }
    Some(Next { episode: next, length: digits.end(), range: is_range(&found) })
}

fn following(rest: &str, first: First, last: u16) -> Option<Next> {
    let found = NEXT.captures(rest).filter(|_| first.season.is_some())?;
    let length = found.get(2)?.end();
    let episode = number(&found, 2).filter(|next| next.checked_sub(last) == Some(1))?;
    let after = &rest[length..];
    let alike = length - 1 == first.digits;
    (alike && !after.is_empty() && ends_the_numbers(after)).then_some(Next { episode, length, range: false })
}

fn spaced(rest: &str, first: First) -> Option<Next> {
    const FEW: u16 = 10;
    let found = SPACED.captures(rest).filter(|_| first.spelled)?;
    let length = found.get(2)?.end();
    let next = number(&found, 2)?;
    let near = next > first.episode && next - first.episode <= FEW;
    (near && ends_the_numbers(&rest[length..])).then_some(Next { episode: next, length, range: true })
}

fn digits_of(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_range(found: &Captures<'_>) -> bool {
    found[1].contains(['-', '–', '~'])
}

/// Whether a number may end before `rest`: at the end of the name, at a separator, or where the next episode
/// begins.
fn may_end(rest: &str) -> bool {
    rest.chars().next().is_none_or(|next| {
        !next.is_alphanumeric() || matches!(next, 'e' | 'E' | 'x' | 'v' | '話' | '话' | '集')
    })
}

/// Whether the end, a bracket or a release word follows.
pub(super) fn ends_the_numbers(rest: &str) -> bool {
    let rest = rest.trim_start_matches([' ', '.', '_', '-']);
    let word = rest.split([' ', '.', '_', '-', '[', '(']).next().unwrap_or_default();
    rest.is_empty()
        || rest.starts_with(['[', '(', '{', '【', ']', ')', MASK])
        || release::is_only_release_words(word)
}

fn extend(episodes: &mut Vec<u16>, next: &Next) -> bool {
    let last = episodes.last().copied().unwrap_or_default();
    if next.episode <= last || next.episode - last > LONGEST_RANGE {
        return false;
    }
    if next.range {
        episodes.extend(last + 1..=next.episode);
    } else {
        episodes.push(next.episode);
    }
    true
}

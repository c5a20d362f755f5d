//! Numbers without a season: `Episode 12`, `- 12`, `[12]`, `12 of 25`, and `Part 2`.

use std::sync::LazyLock;

use regex::Regex;

use super::continued::{LONGEST_RANGE, absolute, ends_the_numbers};
use super::parts::{PART, part};
use super::{Found, Numbering, before_title, is_year, number as parse, packs, pattern};
use crate::names::noise::{self, MASK};
use crate::names::words;

/// What is known about a name besides its text.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::names) struct Context {
    /// Offset of the text after the show's title, if a folder names the show.
    pub(in crate::names) after_show: Option<usize>,
    /// Whether the name began with a release group in brackets, as fansubs' names do. Their numbers are
    /// absolute.
    pub(in crate::names) grouped: bool,
    /// Whether a folder names the season.
    pub(in crate::names) in_season: bool,
    /// Whether the folders name neither show nor season.
    pub(in crate::names) alone: bool,
}

static SPECIAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?:^|[\s._-])()(?:OVA|OAD|SP|Special)[\s._-]*(\d{1,3})(?:v\d)?(?:$|[\s._\[(-])")
});
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[^\p{{L}}\p{{N}}])()(?:(?:#|№|no\.\s?|e|(?:{})[.:]?[\s._-]*)(\d{{1,4}})|第\s*(\d{{1,4}})\s*[話话集回]|(\d{{1,4}})\s?(?:話|话|集|回|화|회))",
        words::EPISODE
    ))
});
static WORD_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s._\[(-])()(\d{{1,4}})(?:ª|º|-?[яй])?\.?[\s._]*({})(?:$|[^\p{{L}}\p{{N}}])",
        words::EPISODE_AFTER
    ))
});
static OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s._\[(-])()(\d{1,3})[\s._]?(?:of|von|av|из|iz|din|di)[\s._]?(\d{1,3})(?:$|[^\p{L}\p{N}])",
    )
});
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\[【]()(?:第|ep?|#)?[\s._]*(\d{1,4})(?:v\d)?(?:\s?[-~]\s?(\d{1,4}))?[\s._]*(?:話|话|集|回|[（(]?(?:END|fin|完)[）)]?)?[\]】]",
    )
});
static DASH: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\s._][-–][\s._]\(?()(\d{1,4})"));
/// `4-13 Cursed`: a season, and an episode of two digits, before a title.
static SEASON_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^()(\d{1,2})-(\d\d)(?:\.\s|\s)(-\s)?\p{L}"));
static LEADING_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{2,4}\s-\s"));
/// Words for recordings of broadcasts, which show that a number is an episode's.
static BROADCAST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[\s._](?:[hps]dtv|dsr(?:ip)?|dvb(?:rip)?|tvrip|satrip)(?:$|[^\p{L}\p{N}])")
});
static GLUED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\p{L}-()(\d{2,4})(?:v\d)?(?:_|[\[(])"));
static LEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^[\s._–-]*()(?:#|(?:ep?|sp|{}|{})\.?[\s._]*)?(\d{{1,4}})",
        words::EPISODE,
        words::PART
    ))
});
static LAST: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[\s_]|[^\d]\.)()(\d{1,4})"));

/// An anime special: `OVA 2`, `SP01`.
pub(super) fn special(text: &str) -> Option<Found> {
    let found = SPECIAL.captures(text)?;
    // "OVA3.5" is between two specials and has no number of its own.
    let rest = &text[found.get(2)?.end()..];
    if rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let numbering = Numbering::Episodes { season: 0, episodes: vec![parse(&found, 2)?] };
    Some(Found { numbering, start: found.get(1)?.start(), end: found.get(2)?.end() })
}

/// The absolute number of an episode. The least ambiguous forms are tried first.
pub(super) fn number(masked: &str, context: Context) -> Option<Found> {
    let text = &noise::without_short_dates(masked);
    if packs::is_pack(text) {
        return None;
    }
    let leading = leading(text, context);
    let plain = leading.as_ref().is_some_and(|found| is_set_off(&text[found.end..]));
    let dash = || dash(text);
    let leading = leading.filter(|_| plain);
    word_after(text)
        .or_else(|| leading.filter(|found| is_of_episode(text, found, dash())))
        .or_else(|| word(text).filter(|found| !is_in_title(text, found, dash())))
        .or_else(|| of_total(text))
        .or_else(|| dash().filter(|found| ends_the_numbers(&text[found.end..]) || is_padded(text, found)))
        .or_else(|| self::leading(text, context).filter(|found| is_short(text, found)))
        .or_else(dash)
        .or_else(|| bracketed(text))
        .or_else(|| glued(text).filter(|_| context.grouped))
        .or_else(|| last(text, context).map(|found| with_part_word(text, found)))
        .or_else(|| before_title::padded(text, context.grouped))
        .or_else(|| {
            let of_show = context.grouped || context.after_show.is_some();
            before_title::set_off(text).filter(|_| of_show)
        })
        .or_else(|| before_title::first(text).filter(|_| context.alone))
        .or_else(|| part(text).filter(|found| !context.grouped || !contains_number(&text[..found.start])))
}

/// Extends a number by the word "part" before it: `Part 02`.
fn with_part_word(text: &str, found: Found) -> Found {
    match part(text) {
        Some(part) if part.end == found.end => part,
        _ => found,
    }
}

/// `4-13 Cursed`, unless the second number is the next one: `01-02 Double` are two episodes.
pub(super) fn season_first(text: &str) -> Option<Found> {
    let found = SEASON_FIRST.captures(text)?;
    let (season, episode) = (parse(&found, 2)?, parse(&found, 3)?);
    // "01-03 - Three Parts" may be a range of episodes.
    if found.get(4).is_some() && found[2].len() == 2 {
        return None;
    }
    let numbering = Numbering::Episodes { season, episodes: vec![episode] };
    (season > 0 && episode > 0 && episode != season && episode != season + 1).then_some(Found {
        numbering,
        start: 0,
        end: found.get(3)?.end(),
    })
}

fn is_padded(text: &str, found: &Found) -> bool {
    text[found.start..found.end].starts_with('0')
}

/// Whether the found text is a part: `Part 2`.
pub(super) fn is_part(text: &str, found: &Found) -> bool {
    PART.captures(&text[found.start..found.end])
        .is_some_and(|part| part.get(1).is_some_and(|at| at.start() == 0))
}

fn contains_number(text: &str) -> bool {
    text.split([' ', '_', '.']).any(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether the first number is the episode's. In `Show Title 2 - 05` it belongs to the title.
fn is_of_episode(text: &str, found: &Found, dash: Option<Found>) -> bool {
    let padded = text[found.start..found.end].starts_with('0');
    found.start == 0 || padded || dash.is_none_or(|dash| dash.start <= found.end)
}

/// Whether `No. 6` is part of the title, because an episode number in a usual form follows.
fn is_in_title(text: &str, found: &Found, dash: Option<Found>) -> bool {
    let written = text[found.start..found.end].to_lowercase();
    // "321 - Viewer Mail #1": it is unclear which of the two numbers is the episode's.
    if written.starts_with('#') && LEADING_NUMBER.is_match(text) {
        return true;
    }
    let has_no_mark = written.starts_with("no.");
    let rest = text[found.end..].trim_start();
    let number_follows = rest.starts_with(|c: char| c.is_ascii_digit());
    has_no_mark && (number_follows || dash.is_some_and(|dash| dash.start >= found.end))
}

/// A number at the beginning of the name, or directly after the show's title.
fn leading(text: &str, context: Context) -> Option<Found> {
    let at_start = context.in_season.then_some(0);
    let offset = context.after_show.or(at_start)?;
    let found = LEADING.captures(text.get(offset..)?)?;
    absolute(text, &found, 2, offset, false).filter(|_| !may_contain_season(&found[2]))
}

/// `0807` may be season 8, episode 7.
fn may_contain_season(digits: &str) -> bool {
    digits.len() == 4 && digits.starts_with('0') && digits[2..].parse().is_ok_and(|episode: u16| episode < 40)
}

/// Whether a dash, a dot, a bracket, release words or the end follows the number, rather than the rest of a
/// title that begins with a number.
fn is_set_off(rest: &str) -> bool {
    let trimmed = rest.trim_start_matches([' ', '_']);
    trimmed.is_empty()
        || trimmed.starts_with(['-', '–', '[', '(', '~', MASK])
        || trimmed.starts_with(". ")
        || rest.starts_with('_')
        || ends_the_numbers(rest)
}

/// Whether a number may be an episode's although a title follows: `01 Pilot` and `103 Pilot`, but not `100
/// Years Quest`.
fn is_short(text: &str, found: &Found) -> bool {
    let written = text[found.start..found.end].trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits = written.bytes().take_while(u8::is_ascii_digit).count();
    digits < 3 || written.starts_with('0') || !written.ends_with("00")
}

fn word(text: &str) -> Option<Found> {
    WORD.captures_iter(text).find_map(|found| {
        let group = (2..=4).find(|group| found.get(*group).is_some())?;
        let mut built = absolute(text, &found, group, 0, true)?;
        built.end = built.end.max(found.get(0)?.end());
        Some(built)
    })
}

/// A number followed by a word for "episode": `2. Bölüm`, `02 серия`.
fn word_after(text: &str) -> Option<Found> {
    let found = WORD_AFTER.captures(text)?;
    let built = absolute(text, &found, 2, 0, false)?;
    Some(Found { end: found.get(3)?.end(), ..built })
}

/// `3 of 25`.
fn of_total(text: &str) -> Option<Found> {
    let found = OF.captures(text)?;
    let (number, all) = (parse(&found, 2)?, parse(&found, 3)?);
    let numbering = Numbering::Absolute(vec![number]);
    (1..=all).contains(&number).then_some(Found {
        numbering,
        start: found.get(1)?.start(),
        end: found.get(3)?.end(),
    })
}

fn dash(text: &str) -> Option<Found> {
    let mut found = DASH.captures_iter(text).filter_map(|found| absolute(text, &found, 2, 0, true));
    let first = found.next()?;
    // "Fairy Tail - 100 Years Quest - 05 [1080p]": the first number belongs to the title.
    let ends = |found: &Found| ends_the_numbers(&text[found.end..]);
    let in_title = |at: usize| text[first.end..at].chars().any(char::is_alphabetic);
    if ends(&first) || !text[first.end..].starts_with(' ') {
        return Some(first);
    }
    Some(found.find(|later| ends(later) && in_title(later.start)).unwrap_or(first))
}

/// `[Group]Show-05[1080p]`.
fn glued(text: &str) -> Option<Found> {
    let found = GLUED.captures(text)?;
    absolute(text, &found, 2, 0, false)
}

/// `[05]`, as in `[Group][Show][05][1080p]`.
fn bracketed(text: &str) -> Option<Found> {
    BRACKETED.captures_iter(text).find_map(|found| {
        let first = parse(&found, 2).filter(|number| !is_year(*number))?;
        let last = parse(&found, 3).unwrap_or(first);
        if last < first || last - first > LONGEST_RANGE {
            return None;
        }
        let numbering = Numbering::Absolute((first..=last).collect());
        Some(Found { numbering, start: found.get(1)?.start(), end: found.get(0)?.end() })
    })
}

/// The last number of the title, followed only by release words: `[Group] Show 05 [1080p]`. Without a group
/// it could be part of the title, so it has to be padded (`Show.07.720p`, but not `Apollo.13.720p`) or
/// confirmed by other evidence.
fn last(text: &str, context: Context) -> Option<Found> {
    let found = LAST.captures_iter(text).find_map(|found| {
        let built = absolute(text, &found, 2, 0, true)?;
        ends_the_numbers(&text[built.end..]).then_some((built, found.get(2)?.as_str()))
    })?;
    let (built, digits) = found;
    let titled = text[..built.start].chars().any(char::is_alphabetic);
    let padded = digits.starts_with('0') && digits.len() <= 3;
    let in_group = context.grouped && digits.len() >= 2;
    let known_show = context.after_show.is_some() || context.in_season;
    let broadcast = (1..=2).contains(&digits.len()) && BROADCAST.is_match(&text[built.end..]);
    if may_contain_season(digits) {
        return None;
    }
    // Without tags, "03-20" may also be season 3, episode 20.
    let Numbering::Absolute(numbers) = &built.numbering else { return None };
    let range = numbers.len() > 1 && text[..built.end].ends_with(|c: char| c.is_ascii_digit());
    let tagged = text[built.end..].trim_start_matches([' ', '_']).starts_with(['[', '(']);
    let dashed = text[built.start..built.end].contains('-');
    if range && dashed && !tagged && numbers.len() > 2 {
        return None;
    }
    (titled
        && (padded
            || in_group
            || broadcast
            || (range && tagged)
            || (known_show && (2..=3).contains(&digits.len()) && !digits.ends_with("00"))))
    .then_some(built)
}

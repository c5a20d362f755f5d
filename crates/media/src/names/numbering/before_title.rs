//! Unmarked numbers before a title: `Show.05.Down.Street`, `Show 34 - Storm`, `01 - Pilot`.

use std::sync::LazyLock;

use regex::Regex;

use super::continued::absolute;
use super::{Found, pattern};

/// A padded number inside a name: `[Group] Show 01 Role Play`, `Show.05.Down.Street`.
static INSIDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\p{L}+)[)!?]?[\s_.]()(0\d{1,2})(?:v\d)?[\s_.]\p{L}"));
/// Words followed by a number that is not an episode's.
const NOT_OF_EPISODES: [&str; 9] = ["vol", "volume", "disc", "disk", "cd", "dvd", "season", "track", "book"];
/// The title of a show followed by an episode's number and title: `[Group] Show 34 - Storm`.
static BEFORE_TITLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\p{L}[!?.]?[\s_]()(\d\d)(?:v\d)?\s-\s\p{L}"));
/// A number at the beginning, separated from a title: `01 - Pilot`, `003. Pilot`, `02 Pilot`.
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^()(?:(0\d{1,2})(?:v\d)?(?:-(\d{2,3}))?(?:\.?\s|\s?-\s?|_)|(\d{1,3})(?:\s-\s|\.\s))[\p{L}'#(]")
});

/// A padded number inside a name. It must be the only one, unless a leading release group (`grouped`) shows
/// that the name is a fansub's.
pub(super) fn padded(text: &str, grouped: bool) -> Option<Found> {
    let mut numbers = INSIDE.captures_iter(text);
    let found = numbers.next()?;
    let of_other = NOT_OF_EPISODES.contains(&found[1].to_lowercase().as_str());
    let clear = grouped || (found[3].len() == 2 && numbers.next().is_none());
    let start = found.get(2)?.start();
    let built = absolute(text, &found, 3, 0, false).filter(|_| clear && !of_other)?;
    Some(Found { start, ..built })
}

/// A number of two digits between two titles.
pub(super) fn set_off(text: &str) -> Option<Found> {
    absolute(text, &BEFORE_TITLE.captures(text)?, 2, 0, false)
}

/// A number at the very beginning of a name. Call this only if no folder names anything.
pub(super) fn first(text: &str) -> Option<Found> {
    let found = FIRST.captures(text).filter(|_| !text.contains('#'))?;
    let group = if found.get(2).is_some() { 2 } else { 4 };
    absolute(text, &found, group, 0, false)
}

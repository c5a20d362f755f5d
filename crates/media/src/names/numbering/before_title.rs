//! Numbers that stand in front of a title, without a mark: `Show.05.Down.Street`, `Show 34 - Storm`, `01 - Pilot`.

use std::sync::LazyLock;

use regex::Regex;

use super::continued::absolute;
use super::{Found, pattern};

/// A padded number inside a name: `[Group] Show 01 Role Play`, `Show.05.Down.Street`.
static INSIDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\p{L}+)[)!?]?[\s_.]()(0\d{1,2})(?:v\d)?[\s_.]\p{L}"));
/// Words whose number is not an episode's.
const NOT_OF_EPISODES: [&str; 9] = ["vol", "volume", "disc", "disk", "cd", "dvd", "season", "track", "book"];
/// An episode's number and title after the title of a show: `[Group] Show 34 - Storm`.
static BEFORE_TITLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\p{L}[!?.]?[\s_]()(\d\d)(?:v\d)?\s-\s\p{L}"));
/// The number that a name begins with, set off from a title: `01 - Pilot`, `003. Pilot`, `02 Pilot`.
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^()(?:(0\d{1,2})(?:v\d)?(?:-(\d{2,3}))?(?:\.?\s|\s?-\s?|_)|(\d{1,3})(?:\s-\s|\.\s))[\p{L}'#(]")
});

/// A padded number of which there is only one, unless a release group says that the name is a fansub's.
pub(super) fn padded(text: &str, grouped: bool) -> Option<Found> {
    let mut numbers = INSIDE.captures_iter(text);
    let found = numbers.next()?;
    let of_other = NOT_OF_EPISODES.contains(&found[1].to_lowercase().as_str());
    let clear = grouped || (found[3].len() == 2 && numbers.next().is_none());
    let start = found.get(2)?.start();
    let built = absolute(text, &found, 3, 0, false).filter(|_| clear && !of_other)?;
    Some(Found { start, ..built })
}

/// A number of two digits after a title and in front of another.
pub(super) fn set_off(text: &str) -> Option<Found> {
    absolute(text, &BEFORE_TITLE.captures(text)?, 2, 0, false)
}

/// The number in front of everything else, in a name that no folder explains.
pub(super) fn first(text: &str) -> Option<Found> {
    let found = FIRST.captures(text).filter(|_| !text.contains('#'))?;
    let group = if found.get(2).is_some() { 2 } else { 4 };
    absolute(text, &found, group, 0, false)
}

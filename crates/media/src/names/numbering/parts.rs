//! Parts of a mini series: `Part 2`, `Part 1 and Part 2`, `Part 1 to 3`.

use std::sync::LazyLock;

use regex::Regex;

use super::continued::LONGEST_RANGE;
use super::{Found, Numbering, is_year, pattern};
use crate::names::words;

pub(super) static PART: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(r"(?i)(?:^|[\s._\[(-])()(?:{})[\s._-]*({})(?:$|[\s._\])-])", words::PART, words::NUMBER))
});
/// What follows the first number if a file contains several parts.
static FURTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^[\s._]*(?:-|–|~|\+|&|\b(?:to|and|und|et)\b)[\s._]*(?:(?:{})[\s._-]*)?({})(?:$|[\s._\])-])",
        words::PART,
        words::NUMBER
    ))
});

/// The parts in a file, as absolute numbers.
pub(super) fn part(text: &str) -> Option<Found> {
    let found = PART.captures(text)?;
    let digits = found.get(2)?;
    let number = words::number(digits.as_str()).filter(|number| (1..100).contains(number))?;
    let (last, end) = further(text, digits.end(), number).unwrap_or((number, digits.end()));
    let year_follows = text[end..]
        .trim_start_matches([' ', '.', '_', '(', '['])
        .get(..4)
        .is_some_and(|year| year.parse().is_ok_and(is_year));
    let numbering = Numbering::Absolute((number..=last).collect());
    (!year_follows).then_some(Found { numbering, start: found.get(1)?.start(), end })
}

/// The number of the last of several parts, and where it ends.
fn further(text: &str, end: usize, first: u16) -> Option<(u16, usize)> {
    let found = FURTHER.captures(&text[end..])?;
    let digits = found.get(1)?;
    let last = words::number(digits.as_str())?;
    (last > first && last - first < LONGEST_RANGE).then_some((last, end + digits.end()))
}

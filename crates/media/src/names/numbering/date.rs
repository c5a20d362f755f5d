//! Episodes by air date.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::{Captures, Regex};

use super::{Found, Numbering, number, pattern};

const MONTHS: &str = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";

static YEAR_FIRST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)((?:19|20)\d\d)([-._ ]|年)(\d{1,2})([-._ ]|月)(\d{1,2})日?(?:$|\D)"));
static YEAR_LAST: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)(\d{1,2})([-._ ])(\d{1,2})([-._ ])((?:19|20)\d\d)(?:$|\D)"));
static EIGHT_DIGITS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|\D)((?:19|20)\d\d)(\d\d)(\d\d)(?:$|\D)"));
/// `140722`, after a title.
static SIX_DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\s._](\d\d)(\d\d)(\d\d)(?:$|[\s._])"));
static DAY_AND_MONTH_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|\D)(\d{{1,2}})(?:st|nd|rd|th)?[-._ ]+({MONTHS})[a-z]*[-._, ]+((?:19|20)\d\d)(?:$|\D)"
    ))
});
static MONTH_NAME_AND_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[^\p{{L}}])({MONTHS})[a-z]*[-._ ]+(\d{{1,2}})(?:st|nd|rd|th)?[-._, ]+((?:19|20)\d\d)(?:$|\D)"
    ))
});
static MONTH_AND_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(\d\d)[-._ ](\d\d)(?:$|[^\p{L}\p{N}])"));

/// The date in a name. If the year comes last and day and month could be swapped, the date is ambiguous and
/// ignored.
pub(super) fn day(text: &str) -> Option<Found> {
    let day_and_month_name =
        |found: &Captures<'_>| ymd(number(found, 3)?, month(&found[2])?, number(found, 1)?);
    let month_name_and_day =
        |found: &Captures<'_>| ymd(number(found, 3)?, month(&found[1])?, number(found, 2)?);
    by(&YEAR_FIRST, text, year_first)
        .or_else(|| {
            by(&EIGHT_DIGITS, text, |found| ymd(number(found, 1)?, number(found, 2)?, number(found, 3)?))
        })
        .or_else(|| by(&YEAR_LAST, text, year_last))
        .or_else(|| by(&DAY_AND_MONTH_NAME, text, day_and_month_name))
        .or_else(|| by(&MONTH_NAME_AND_DAY, text, month_name_and_day))
}

/// A date without its century, `140722`. It could also be another number, so other numbers take precedence.
pub(super) fn six_digits(text: &str) -> Option<Found> {
    by(&SIX_DIGITS, text, |found| {
        let year = number(found, 1).filter(|year| *year < 40)?;
        let (month, day) = (number(found, 2)?, number(found, 3)?);
        // "010910" may also be season 1, episodes 9 and 10.
        let episodes = (1..10).contains(&year) && day == month + 1;
        if episodes { None } else { ymd(2000 + year, month, day) }
    })
}

fn by(regex: &Regex, text: &str, read: impl Fn(&Captures<'_>) -> Option<NaiveDate>) -> Option<Found> {
    regex.captures_iter(text).find_map(|found| {
        let date = read(&found)?;
        let last = found.iter().flatten().last()?;
        let end = last.end() + usize::from(text[last.end()..].starts_with('日')) * '日'.len_utf8();
        Some(Found { numbering: Numbering::Date(date), start: found.get(1)?.start(), end })
    })
}

/// `04-28` in the folder of the year 2014.
pub(super) fn month_and_day(text: &str, year: u16) -> Option<Found> {
    let found = MONTH_AND_DAY.captures(text).filter(|_| super::is_year(year))?;
    let date = ymd(year, number(&found, 1)?, number(&found, 2)?)?;
    Some(Found { numbering: Numbering::Date(date), start: found.get(1)?.start(), end: found.get(2)?.end() })
}

fn year_first(found: &Captures<'_>) -> Option<NaiveDate> {
    if found[2] != found[4] && &found[2] != "年" {
        return None;
    }
    let (year, second, third) = (number(found, 1)?, number(found, 3)?, number(found, 5)?);
    ymd(year, second, third).or_else(|| ymd(year, third, second))
}

fn year_last(found: &Captures<'_>) -> Option<NaiveDate> {
    if found[2] != found[4] {
        return None;
    }
    let (first, second, year) = (number(found, 1)?, number(found, 3)?, number(found, 5)?);
    let day_first = ymd(year, second, first);
    let month_first = ymd(year, first, second);
    match (day_first, month_first) {
        (Some(date), None) | (None, Some(date)) => Some(date),
        (Some(date), Some(other)) => (date == other).then_some(date),
        (None, None) => None,
    }
}

fn month(name: &str) -> Option<u16> {
    let at = MONTHS.split('|').position(|month| month.eq_ignore_ascii_case(name))?;
    u16::try_from(at + 1).ok()
}

fn ymd(year: u16, month: u16, day: u16) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
}

//! Compares an item's values with those of a filter.

use chrono::{Datelike, Days, NaiveDate};
use kometa::spec::boolean;
use kometa::yaml::Value;
use regex::Regex;

/// Compares texts, ignoring case except with `regex`. An item may have several texts: one must match, or none with
/// `not` and `isnot`.
pub(super) fn text_matches(modifier: &str, texts: &[&str], values: &[Value]) -> bool {
    let lower: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let any = |compare: &dyn Fn(&str, &str) -> bool| {
        let values = values.iter().map(|value| value.to_python().to_lowercase());
        let mut pairs = values.flat_map(|value| lower.iter().map(move |text| (text, value.clone())));
        pairs.any(|(text, value)| compare(text, &value))
    };
    match modifier {
        "not" => !any(&|text, value| text.contains(value)),
        "is" => any(&|text, value| text == value),
        "isnot" => !any(&|text, value| text == value),
        "begins" => any(&|text, value| text.starts_with(value)),
        "ends" => any(&|text, value| text.ends_with(value)),
        "regex" => texts.iter().any(|text| matches_regex(values, text)),
        _ => any(&|text, value| text.contains(value)),
    }
}

/// Compares a boolean.
pub(super) fn switch_matches(is: bool, values: &[Value]) -> bool {
    values.first().and_then(boolean) == Some(is)
}

/// `history`: whether `date` has an anniversary today, this month, or within the last days.
pub(super) fn history_matches(date: NaiveDate, values: &[Value], today: NaiveDate) -> bool {
    let same_day = |day: NaiveDate| (day.month(), day.day()) == (date.month(), date.day());
    values.iter().any(|value| match value.to_python().as_str() {
        "day" => same_day(today),
        "month" => today.month() == date.month(),
        days => {
            let days: u64 = days.parse().unwrap_or(0);
            (0..days).filter_map(|ago| today.checked_sub_days(Days::new(ago))).any(same_day)
        }
    })
}

/// Converts a tag to a slug: Trakt returns genres as slugs, users write their names.
fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .split([' ', '-', '_'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// Converts a Trakt slug to its usual name: `science-fiction` to "Science Fiction".
fn display_name(slug: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    slug.split('-').map(capital).collect::<Vec<String>>().join(" ")
}

/// Compares tags. Each tag is given with all its names.
pub(super) fn tags_match(modifier: &str, tags: &[Vec<&str>], values: &[Value]) -> bool {
    let is = |tag: &[&str], value: &str| tag.iter().any(|name| slug(name) == value);
    let any = || {
        values.iter().any(|value| {
            let value = slug(&value.to_python());
            tags.iter().any(|tag| is(tag, &value))
        })
    };
    let count = |compare: fn(usize, usize) -> bool| {
        let wanted = values.first().and_then(|value| value.to_python().trim().parse().ok());
        wanted.is_some_and(|wanted| compare(tags.len(), wanted))
    };
    match modifier {
        "not" => !any(),
        "regex" => {
            let fits =
                |name: &&str| matches_regex(values, name) || matches_regex(values, &display_name(name));
            tags.iter().flatten().any(fits)
        }
        "count_gt" => count(|have, wanted| have > wanted),
        "count_gte" => count(|have, wanted| have >= wanted),
        "count_lt" => count(|have, wanted| have < wanted),
        "count_lte" => count(|have, wanted| have <= wanted),
        _ => any(),
    }
}

/// Compares a date. Without a modifier, a value is a number of days: the date must be within that many days before
/// today.
pub(super) fn date_matches(modifier: &str, date: NaiveDate, values: &[Value], today: NaiveDate) -> bool {
    let within = || {
        values.iter().any(|value| {
            let days = value.to_python().trim().parse().ok();
            let from = days.and_then(|days| today.checked_sub_days(Days::new(days)));
            from.is_some_and(|from| from <= date && date <= today)
        })
    };
    let compared = |compare: &dyn Fn(NaiveDate) -> bool| {
        values.iter().any(|value| parse_date(&value.to_python(), today).is_some_and(compare))
    };
    match modifier {
        "not" => !within(),
        "before" => compared(&|than| date < than),
        "after" => compared(&|than| date > than),
        "regex" => matches_regex(values, &date.format("%m/%d/%Y").to_string()),
        _ => within(),
    }
}

/// A date as written in a filter.
fn parse_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parse = |form: &str| NaiveDate::parse_from_str(text, form).ok();
    if text == "today" { Some(today) } else { parse("%Y-%m-%d").or_else(|| parse("%m/%d/%Y")) }
}

/// Compares a number.
pub(super) fn number_matches(modifier: &str, number: f64, values: &[Value], today: NaiveDate) -> bool {
    let any = |compare: &dyn Fn(f64) -> bool| {
        values.iter().any(|value| parse_number(&value.to_python(), today).is_some_and(compare))
    };
    let same = |value: f64| (number - value).abs() < 1e-9;
    match modifier {
        "not" => !any(&same),
        "gt" => any(&|than| number > than),
        "gte" => any(&|than| number >= than),
        "lt" => any(&|than| number < than),
        "lte" => any(&|than| number <= than),
        _ => any(&same),
    }
}

/// A number as written in a filter, or `current_year`, from which years may be subtracted: `current_year-5`.
fn parse_number(text: &str, today: NaiveDate) -> Option<f64> {
    match text.trim().strip_prefix("current_year") {
        None => text.trim().parse().ok(),
        Some("") => Some(f64::from(today.year())),
        Some(rest) => {
            let years: i32 = rest.trim_start().strip_prefix('-')?.trim().parse().ok()?;
            Some(f64::from(today.year().checked_sub(years)?))
        }
    }
}

fn matches_regex(values: &[Value], text: &str) -> bool {
    values.iter().any(|value| Regex::new(&value.to_python()).is_ok_and(|regex| regex.is_match(text)))
}

//! Comparison of values.

use chrono::{Datelike, Days, NaiveDate};
use kometa::spec::boolean;
use kometa::yaml::Value;
use regex::Regex;

/// A text, or several of one item: one of them must match, or with `not` none.
pub(super) fn of_text(modifier: &str, texts: &[&str], values: &[Value]) -> bool {
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
        "regex" => texts.iter().any(|text| matches(values, text)),
        _ => any(&|text, value| text.contains(value)),
    }
}

/// Whether the value matches the filter.
pub(super) fn of_switch(is: bool, values: &[Value]) -> bool {
    values.first().and_then(boolean) == Some(is)
}

/// `history`: anniversaries, of the day, the month, or the last days.
pub(super) fn of_history(date: NaiveDate, values: &[Value], today: NaiveDate) -> bool {
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

/// Trakt writes genres as slugs, people use their names.
fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .split([' ', '-', '_'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The usual name of a Trakt slug: `science-fiction` is "Science Fiction".
fn called(slug: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    };
    slug.split('-').map(capital).collect::<Vec<String>>().join(" ")
}

/// Tags, each with all its names.
pub(super) fn of_tags(modifier: &str, tags: &[Vec<&str>], values: &[Value]) -> bool {
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
            let fits = |name: &&str| matches(values, name) || matches(values, &called(name));
            tags.iter().flatten().any(fits)
        }
        "count_gt" => count(|have, wanted| have > wanted),
        "count_gte" => count(|have, wanted| have >= wanted),
        "count_lt" => count(|have, wanted| have < wanted),
        "count_lte" => count(|have, wanted| have <= wanted),
        _ => any(),
    }
}

pub(super) fn of_date(modifier: &str, date: NaiveDate, values: &[Value], today: NaiveDate) -> bool {
    let within = || {
        values.iter().any(|value| {
            let days = value.to_python().trim().parse().ok();
            let from = days.and_then(|days| today.checked_sub_days(Days::new(days)));
            from.is_some_and(|from| from <= date && date <= today)
        })
    };
    let compared = |compare: &dyn Fn(NaiveDate) -> bool| {
        values.iter().any(|value| written_date(&value.to_python(), today).is_some_and(compare))
    };
    match modifier {
        "not" => !within(),
        "before" => compared(&|than| date < than),
        "after" => compared(&|than| date > than),
        "regex" => matches(values, &date.format("%m/%d/%Y").to_string()),
        _ => within(),
    }
}

fn written_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parse = |form: &str| NaiveDate::parse_from_str(text, form).ok();
    if text == "today" { Some(today) } else { parse("%Y-%m-%d").or_else(|| parse("%m/%d/%Y")) }
}

pub(super) fn of_number(modifier: &str, number: f64, values: &[Value], today: NaiveDate) -> bool {
    let any = |compare: &dyn Fn(f64) -> bool| {
        values.iter().any(|value| written_number(&value.to_python(), today).is_some_and(compare))
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

/// A number, or `current_year` less some years.
fn written_number(text: &str, today: NaiveDate) -> Option<f64> {
    match text.trim().strip_prefix("current_year") {
        None => text.trim().parse().ok(),
        Some("") => Some(f64::from(today.year())),
        Some(less) => {
            let years: i32 = less.trim_start().strip_prefix('-')?.trim().parse().ok()?;
            Some(f64::from(today.year().checked_sub(years)?))
        }
    }
}

fn matches(values: &[Value], text: &str) -> bool {
    values.iter().any(|value| Regex::new(&value.to_python()).is_ok_and(|regex| regex.is_match(text)))
}

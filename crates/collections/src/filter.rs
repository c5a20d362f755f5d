//! `filters`: which of the found titles may stay.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use kometa::spec::Filter;
use kometa::yaml::Value;
use regex::Regex;

use crate::library::Item;

/// What a filter compares.
enum Fact<'a> {
    Text(Option<&'a str>),
    Tags(Vec<&'a str>),
    Date(Option<NaiveDate>),
    Number(Option<f64>),
}

/// Filters that are valid and that a library has no data for; `lacks` are those that others have data for.
pub fn unknown(filters: &[Vec<Filter>], lacks: &[&str]) -> Vec<&'static str> {
    let mut unknown: Vec<_> = filters
        .iter()
        .flatten()
        .map(|filter| filter.attribute)
        .filter(|name| !KNOWN.contains(name) || lacks.contains(name))
        .collect();
    unknown.sort_unstable();
    unknown.dedup();
    unknown
}

/// What [`fact`] answers.
const KNOWN: [&str; 14] = [
    "added",
    "audience_rating",
    "content_rating",
    "country",
    "duration",
    "genre",
    "network",
    "origin_country",
    "original_language",
    "release",
    "show_title",
    "summary",
    "title",
    "year",
];

/// Why an item may not stay: of every mapping the first filter that does not hold. Nothing when it may stay.
pub fn refused(filters: &[Vec<Filter>], item: &Item, today: NaiveDate) -> Option<String> {
    let mut reasons = Vec::new();
    for all in filters {
        match all.iter().find(|filter| !holds(filter, item, today)) {
            None => return None,
            Some(filter) => reasons.push(filter.to_string()),
        }
    }
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

fn fact<'a>(name: &str, item: &'a Item) -> Option<Fact<'a>> {
    let facts = &item.facts;
    let day = |moment: &Option<DateTime<Utc>>| Fact::Date(moment.map(|moment| moment.date_naive()));
    let tag = |tag: &'a Option<String>| Fact::Tags(tag.iter().map(String::as_str).collect());
    Some(match name {
        "title" | "show_title" => Fact::Text(Some(&item.title)),
        "summary" => Fact::Text(facts.summary.as_deref()),
        "genre" => Fact::Tags(facts.genres.iter().map(String::as_str).collect()),
        "country" | "origin_country" => tag(&facts.country),
        "content_rating" => tag(&facts.certification),
        "network" => tag(&facts.network),
        "original_language" => tag(&facts.language),
        "release" => day(&facts.released),
        "added" => day(&facts.added),
        "year" => Fact::Number(item.year.map(f64::from)),
        "duration" => Fact::Number(facts.minutes.map(f64::from)),
        "audience_rating" => Fact::Number(facts.rating),
        _ => return None,
    })
}

fn holds(filter: &Filter, item: &Item, today: NaiveDate) -> bool {
    let values = &filter.values;
    match fact(filter.attribute, item) {
        Some(Fact::Text(text)) => of_text(filter.modifier, text.unwrap_or_default(), values),
        Some(Fact::Tags(tags)) => of_tags(filter.modifier, &tags, values),
        // Without the value an item goes, whatever the modifier.
        Some(Fact::Date(date)) => date.is_some_and(|date| of_date(filter.modifier, date, values, today)),
        Some(Fact::Number(number)) => {
            number.is_some_and(|number| of_number(filter.modifier, number, values, today))
        }
        None => false,
    }
}

fn of_text(modifier: &str, text: &str, values: &[Value]) -> bool {
    let lower = text.to_lowercase();
    let any = |compare: &dyn Fn(&str) -> bool| {
        values.iter().any(|value| compare(value.to_python().to_lowercase().as_str()))
    };
    match modifier {
        "not" => !any(&|value| lower.contains(value)),
        "is" => any(&|value| lower == value),
        "isnot" => !any(&|value| lower == value),
        "begins" => any(&|value| lower.starts_with(value)),
        "ends" => any(&|value| lower.ends_with(value)),
        "regex" => matches(values, text),
        _ => any(&|value| lower.contains(value)),
    }
}

/// Trakt writes genres as slugs, people as they are called.
fn slug(text: &str) -> String {
    text.trim()
        .to_lowercase()
        .split([' ', '-', '_'])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn of_tags(modifier: &str, tags: &[&str], values: &[Value]) -> bool {
    let any = || values.iter().any(|value| tags.iter().any(|tag| slug(tag) == slug(&value.to_python())));
    let count = |compare: fn(usize, usize) -> bool| {
        let wanted = values.first().and_then(|value| value.to_python().trim().parse().ok());
        wanted.is_some_and(|wanted| compare(tags.len(), wanted))
    };
    match modifier {
        "not" => !any(),
        "regex" => tags.iter().any(|tag| matches(values, tag)),
        "count_gt" => count(|have, wanted| have > wanted),
        "count_gte" => count(|have, wanted| have >= wanted),
        "count_lt" => count(|have, wanted| have < wanted),
        "count_lte" => count(|have, wanted| have <= wanted),
        _ => any(),
    }
}

fn of_date(modifier: &str, date: NaiveDate, values: &[Value], today: NaiveDate) -> bool {
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

fn of_number(modifier: &str, number: f64, values: &[Value], today: NaiveDate) -> bool {
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
            let years: i32 = less.strip_prefix('-')?.trim().parse().ok()?;
            Some(f64::from(today.year().checked_sub(years)?))
        }
    }
}

fn matches(values: &[Value], text: &str) -> bool {
    values.iter().any(|value| Regex::new(&value.to_python()).is_ok_and(|regex| regex.is_match(text)))
}

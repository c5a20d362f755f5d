//! `filters`: which titles from the builders are included.

use std::fmt;

use super::attributes::Members;
use super::filter_names::{FILTERS, Kind, current};
use super::values::{boolean, integer_within, list};
use crate::finding::{Finding, Level, Problem};
use crate::nearest::nearest_name;
use crate::yaml::{Data, Key, Value};

/// A filter: an attribute is compared with values.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// The attribute to compare.
    pub attribute: &'static str,
    /// The modifier, such as `not`, `gte` or `begins`; empty for the plain form.
    pub modifier: &'static str,
    /// The values to compare it with.
    pub values: Vec<Value>,
    /// The nested filters of `seasons` and `episodes`.
    pub inside: Option<Inside>,
}

/// Conditions for a show's seasons or episodes.
#[derive(Debug, Clone, PartialEq)]
pub struct Inside {
    /// A season or episode matches if it passes all of these.
    pub filters: Vec<Filter>,
    /// How many seasons or episodes must match.
    pub at_least: AtLeast,
}

/// How many seasons or episodes must match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AtLeast {
    /// At least this percentage, from 1 to 100.
    Percent(u8),
    /// At least this number.
    Count(u32),
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dot = if self.modifier.is_empty() { "" } else { "." };
        let values: Vec<_> = self.values.iter().map(Value::to_yaml).collect();
        write!(f, "{}{dot}{}: {}", self.attribute, self.modifier, values.join(", "))
    }
}

/// Keys of a group that are not filters.
const OPTIONS: [&str; 1] = ["validate"];
/// Keys of `seasons` and `episodes` that are not filters.
const INSIDE_OPTIONS: [&str; 2] = ["percentage", "count"];
/// The default percentage.
const DEFAULT_PERCENT: u8 = 50;

/// Reads `filters`: a mapping, or a list of mappings of which one must match.
pub(super) fn read(value: &Value, members: Members) -> (Vec<Vec<Filter>>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut all = Vec::new();
    let mappings: Vec<&Value> = match &value.data {
        Data::List(mappings) => mappings.iter().collect(),
        _ => vec![value],
    };
    for mapping in mappings {
        let Data::Map(entries) = &mapping.data else {
            let problem = match mapping.data {
                Data::Null => Problem::Blank,
                _ => Problem::WrongType { expected: "a mapping", found: mapping.kind() },
            };
            findings.push(Finding::new(Level::Error, &mapping.at, "filters", problem));
            continue;
        };
        let strict = mapping.get_any_case("validate").and_then(boolean) != Some(false);
        let level = if strict { Level::Error } else { Level::Warning };
        let mut filters = Vec::new();
        for (key, value) in
            entries.iter().filter(|(key, _)| !OPTIONS.contains(&key.text.to_lowercase().as_str()))
        {
            if let Some(name) = renamed(&key.text) {
                let path = format!("filters.{}", key.text);
                findings.push(Finding::new(Level::Note, &key.at, path, Problem::RunsAs { name }));
            }
            match entry(key, value, members) {
                Ok(filter) => filters.push(filter),
                Err(problem) => {
                    findings.push(Finding::new(level, &key.at, format!("filters.{}", key.text), problem))
                }
            }
        }
        all.push(filters);
    }
    (all, findings)
}

/// Deprecated modifiers with their current names.
pub(crate) const MODIFIERS: [(&str, &str); 2] = [(".greater", ".gt"), (".less", ".lt")];

/// Returns the current name of a filter with a deprecated modifier.
fn renamed(key: &str) -> Option<String> {
    let key = key.to_lowercase();
    MODIFIERS.iter().find_map(|(old, today)| Some(format!("{}{today}", key.strip_suffix(old)?)))
}

fn entry(key: &Key, value: &Value, members: Members) -> Result<Filter, Problem> {
    let written = renamed(&key.text).unwrap_or_else(|| key.text.to_lowercase());
    let (name, modifier) = written.split_once('.').unwrap_or((&written, ""));
    let name = current(name);
    if matches!(name, "versions" | "stinger_rating") {
        return Err(Problem::Unusable("is documented for Kometa, but Kometa refuses it, too"));
    }
    let found = FILTERS.iter().find(|(known, ..)| *known == name).copied();
    let Some((attribute, kind, of)) = found else {
        let nearest = nearest_name(name, FILTERS.iter().map(|(name, ..)| *name));
        return Err(Problem::UnknownKey { key: key.text.clone(), nearest });
    };
    of.fits(members).map_err(Problem::Unusable)?;
    let modifiers = kind.modifiers();
    let Some(modifier) = modifiers.iter().find(|known| **known == modifier).copied() else {
        let options: Vec<_> =
            modifiers.iter().filter(|known| !known.is_empty()).map(|known| format!(".{known}")).collect();
        return Err(Problem::NotOneOf {
            value: format!(".{modifier}"),
            nearest: None,
            options: options.join(", "),
        });
    };
    if value.data == Data::Null {
        return Err(Problem::Blank);
    }
    check(kind, attribute, modifier, value)
}

/// For dates, `.gt` and `.gte` mean `.after`, and `.lt` and `.lte` mean `.before`.
fn date_modifier(modifier: &'static str) -> &'static str {
    match modifier {
        "gt" | "gte" => "after",
        "lt" | "lte" => "before",
        other => other,
    }
}

fn check(
    kind: Kind,
    attribute: &'static str,
    modifier: &'static str,
    value: &Value,
) -> Result<Filter, Problem> {
    let modifier = if kind == Kind::Date { date_modifier(modifier) } else { modifier };
    if kind != Kind::Inside && values_of(value).any(|value| matches!(value.data, Data::Map(_))) {
        return Err(Problem::WrongType { expected: "a value or a list of values", found: "a mapping" });
    }
    if kind == Kind::Switch && boolean(value).is_none() {
        return Err(Problem::WrongType { expected: "true or false", found: value.kind() });
    }
    let values = match kind {
        // Unlike tags, texts are not split at commas.
        Kind::Text => match &value.data {
            Data::List(items) => items.clone(),
            _ => vec![value.clone()],
        },
        Kind::Inside => {
            let inside = Some(inside(attribute, value)?);
            return Ok(Filter { attribute, modifier, values: vec![value.clone()], inside });
        }
        _ => list(value),
    };
    if modifier == "regex" {
        for value in &values {
            regex::Regex::new(&value.to_python())
                .map_err(|_| Problem::Unusable("is not a valid regular expression"))?;
        }
        return Ok(Filter { attribute, modifier, values, inside: None });
    }
    for value in &values {
        match kind {
            Kind::Number => number(attribute, value)?,
            Kind::Date => date(modifier, value)?,
            Kind::History => history(value)?,
            Kind::Tags if modifier.starts_with("count_") => {
                integer_within(value, 0, None)?;
            }
            _ => {}
        }
    }
    Ok(Filter { attribute, modifier, values, inside: None })
}

/// Returns the items of a list, or the value itself.
fn values_of(value: &Value) -> impl Iterator<Item = &Value> {
    match &value.data {
        Data::List(items) => items.iter(),
        _ => std::slice::from_ref(value).iter(),
    }
}

/// Reads `seasons` or `episodes`: nested filters, and how many seasons or episodes must match.
fn inside(attribute: &str, value: &Value) -> Result<Inside, Problem> {
    let Data::Map(entries) = &value.data else {
        return Err(Problem::WrongType { expected: "a mapping", found: value.kind() });
    };
    let members = if attribute == "seasons" { Members::Seasons } else { Members::Episodes };
    let number = |name: &str, high| {
        let written = value.get(name).filter(|value| value.data != Data::Null);
        written
            .map(|written| integer_within(written, 1, high))
            .transpose()
            .map_err(|problem| problem.within(name))
    };
    let at_least = match (number("percentage", Some(100))?, number("count", None)?) {
        (_, Some(count)) => AtLeast::Count(u32::try_from(count).unwrap_or(u32::MAX)),
        (Some(percent), None) => AtLeast::Percent(u8::try_from(percent).unwrap_or(DEFAULT_PERCENT)),
        (None, None) => AtLeast::Percent(DEFAULT_PERCENT),
    };
    let sub =
        |(key, value): &(Key, Value)| entry(key, value, members).map_err(|problem| problem.within(&key.text));
    let filters = entries.iter().filter(|(key, _)| !INSIDE_OPTIONS.contains(&key.text.as_str()));
    Ok(Inside { filters: filters.map(sub).collect::<Result<_, _>>()?, at_least })
}

fn number(attribute: &str, value: &Value) -> Result<(), Problem> {
    let text = value.to_python();
    let relative = text.trim().strip_prefix("current_year").is_some_and(|rest| {
        let less = rest.trim_start().strip_prefix('-');
        rest.trim().is_empty() || less.is_some_and(|years| years.trim().parse::<u16>().is_ok())
    });
    if matches!(attribute, "year" | "tmdb_year") && relative {
        return Ok(());
    }
    let tens = attribute.ends_with("_rating") || attribute == "tmdb_vote_average";
    let high = tens.then_some(10);
    let fits = |number: f64| number >= 0.0 && high.is_none_or(|high| number <= f64::from(high));
    match text.trim().parse::<f64>() {
        Ok(number) if fits(number) => Ok(()),
        _ => Err(Problem::NotADecimal { value: text, low: 0, high: high.map(i64::from) }),
    }
}

/// Checks the value of a date filter: a number of days without modifier or with `not`, otherwise a date.
fn date(modifier: &str, value: &Value) -> Result<(), Problem> {
    let text = value.to_python();
    if matches!(modifier, "" | "not") {
        return integer_within(value, 1, None).map(|_| ());
    }
    let parts: Vec<_> = text.split(['-', '/']).map(|part| part.parse::<u16>().ok()).collect();
    let fits = match parts.as_slice() {
        [Some(year @ 1000..), Some(1..=12), Some(1..=31)] => *year < 10_000 && text.contains('-'),
        [Some(1..=12), Some(1..=31), Some(year @ 1000..)] => *year < 10_000 && text.contains('/'),
        _ => text == "today",
    };
    if fits { Ok(()) } else { Err(Problem::Unusable("must be a date: YYYY-MM-DD, MM/DD/YYYY or today")) }
}

fn history(value: &Value) -> Result<(), Problem> {
    let text = value.to_python();
    let days = text.parse::<u8>().is_ok_and(|days| (1..=30).contains(&days));
    if days || text == "day" || text == "month" {
        Ok(())
    } else {
        Err(Problem::Unusable("must be day, month or a number from 1 to 30"))
    }
}

#[cfg(test)]
#[path = "filter_tests.rs"]
mod tests;

//! Parses single values as Kometa does.

use crate::finding::Problem;
use crate::yaml::{Data, Value};

/// The media type of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Media {
    /// Movies.
    Movies,
    /// Shows.
    Shows,
}

impl Media {
    /// Returns the part of Trakt's API paths: `movies` or `shows`.
    pub fn path(self) -> &'static str {
        match self {
            Self::Movies => "movies",
            Self::Shows => "shows",
        }
    }

    /// Returns the value of `<<library_type>>`: `movie` or `show`.
    pub fn library_type(self) -> &'static str {
        match self {
            Self::Movies => "movie",
            Self::Shows => "show",
        }
    }
}

/// Parses true/false, t/f, yes/no, y/n and numbers as a boolean.
pub fn boolean(value: &Value) -> Option<bool> {
    match &value.data {
        Data::Bool(flag) => Some(*flag),
        Data::Int(number) => Some(*number != 0),
        Data::Text(text) => match text.to_ascii_lowercase().as_str() {
            "true" | "t" | "yes" | "y" | "1" => Some(true),
            "false" | "f" | "no" | "n" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// Parses a whole number, also if written as text.
pub fn integer(value: &Value) -> Option<i64> {
    match &value.data {
        Data::Int(number) => Some(*number),
        Data::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Parses a whole number from `low` to `high`.
pub(super) fn integer_within(value: &Value, low: i64, high: Option<i64>) -> Result<i64, Problem> {
    integer(value)
        .filter(|number| *number >= low && high.is_none_or(|high| *number <= high))
        .ok_or_else(|| Problem::NotANumber { value: value.to_python(), low, high })
}

/// Returns the items of a list, or the parts of a text separated by commas.
pub fn list(value: &Value) -> Vec<Value> {
    match &value.data {
        Data::Null => Vec::new(),
        Data::List(items) => items.clone(),
        Data::Text(text) => text
            .split(',')
            .map(|part| Value { data: Data::Text(part.trim().to_owned()), at: value.at.clone() })
            .collect(),
        _ => vec![value.clone()],
    }
}

/// Returns the items of a list. Any other value is a single item, even a text with commas.
pub(super) fn items(value: &Value) -> Vec<&Value> {
    match &value.data {
        Data::Null => Vec::new(),
        Data::List(items) => items.iter().collect(),
        _ => vec![value],
    }
}

/// Returns the option that equals the value, ignoring case.
pub(super) fn one_of(value: &Value, options: &[&'static str]) -> Result<&'static str, Problem> {
    let text = value.to_python();
    let found = options.iter().find(|option| option.eq_ignore_ascii_case(text.trim())).copied();
    found.ok_or_else(|| Problem::NotOneOf {
        nearest: crate::nearest::nearest_name(&text, options.iter().copied()),
        value: text,
        options: options.join(", "),
    })
}

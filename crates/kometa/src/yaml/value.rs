//! Typed values with their positions. Templates are applied to them, and collections are read from them.

use std::fmt::Write as _;

use super::{Body, Node, Place, Quotes, scalar};

/// A value with aliases and merge keys resolved.
#[derive(Debug, Clone)]
pub struct Value {
    /// Its typed content.
    pub data: Data,
    /// Where it was written.
    pub at: Place,
}

/// The typed content of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// No value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in the order of the file.
    Map(Vec<(Key, Value)>),
}

/// A mapping's key. Keys of other types, such as numbers, are converted to text.
#[derive(Debug, Clone)]
pub struct Key {
    /// The text.
    pub text: String,
    /// Where it was written.
    pub at: Place,
}

impl PartialEq for Key {
    /// Ignores the positions.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq for Value {
    /// Ignores the positions.
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

/// The maximum number of values after aliases are expanded; larger files are rejected.
const MAX_VALUES: usize = 500_000;

/// A file whose aliases expand to more than half a million values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the aliases of this file expand to more than 500,000 values")]
pub struct TooLarge;

impl Value {
    /// Resolves a node and everything below it.
    ///
    /// # Errors
    /// [`TooLarge`] if aliases expand to too many values.
    pub fn read(node: &Node) -> Result<Self, TooLarge> {
        let mut budget = MAX_VALUES;
        expand(node, &mut budget)
    }

    /// Returns the value as Python's `str` prints it, which Kometa inserts into longer texts.
    pub fn to_python(&self) -> String {
        match &self.data {
            Data::Text(text) => text.clone(),
            _ => self.repr(),
        }
    }

    /// Returns the value as YAML on one line.
    pub fn to_yaml(&self) -> String {
        match &self.data {
            Data::Null => "null".into(),
            Data::Bool(flag) => flag.to_string(),
            Data::Text(text) => one_line(text),
            Data::List(items) => {
                format!("[{}]", items.iter().map(Value::to_yaml).collect::<Vec<_>>().join(", "))
            }
            Data::Map(entries) => {
                let entry =
                    |(key, value): &(Key, Value)| format!("{}: {}", one_line(&key.text), value.to_yaml());
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            Data::Int(_) | Data::Float(_) => self.repr(),
        }
    }

    fn repr(&self) -> String {
        match &self.data {
            Data::Null => "None".into(),
            Data::Bool(true) => "True".into(),
            Data::Bool(false) => "False".into(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => float(*number),
            Data::Text(text) => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Data::List(items) => {
                format!("[{}]", items.iter().map(Value::repr).collect::<Vec<_>>().join(", "))
            }
            Data::Map(entries) => {
                let mut text = String::from("{");
                for (index, (key, value)) in entries.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    let _ = write!(text, "{comma}'{}': {}", key.text, value.repr());
                }
                text + "}"
            }
        }
    }

    /// Returns the value of a mapping's entry.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|(name, _)| name.text == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// Returns the value of a mapping's entry, ignoring the case of its keys.
    pub fn get_any_case(&self, key: &str) -> Option<&Value> {
        let Data::Map(entries) = &self.data else { return None };
        entries.iter().find(|(name, _)| name.text.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// Returns the type of the value, for messages.
    pub fn kind(&self) -> &'static str {
        match self.data {
            Data::Null => "nothing",
            Data::Bool(_) => "true or false",
            Data::Int(_) | Data::Float(_) => "a number",
            Data::Text(_) => "text",
            Data::List(_) => "a list",
            Data::Map(_) => "a mapping",
        }
    }
}

/// Returns the text on one line, without quotes if that is safe.
fn one_line(text: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || " _-./+()".contains(c) || c == ':';
    let ends = text.starts_with(char::is_alphanumeric) && !text.ends_with([' ', ':']);
    let plain = ends && text.chars().all(safe) && !text.contains(": ") && scalar::is_text(text);
    if plain { text.to_owned() } else { format!("{text:?}") }
}

fn float(number: f64) -> String {
    if number.is_infinite() {
        return if number > 0.0 { "inf" } else { "-inf" }.into();
    }
    if number.is_nan() {
        return "nan".into();
    }
    format!("{number:?}")
}

fn expand(node: &Node, budget: &mut usize) -> Result<Value, TooLarge> {
    *budget = budget.checked_sub(1).ok_or(TooLarge)?;
    let target = node.target();
    let data = match &target.body {
        Body::Scalar { text, quotes: Quotes::Plain, forced_text: false } => scalar::resolve(text),
        Body::Scalar { text, .. } => Data::Text(text.clone()),
        Body::List(items) => {
            Data::List(items.iter().map(|item| expand(item, budget)).collect::<Result<_, _>>()?)
        }
        Body::Map { .. } => {
            let mut entries = Vec::new();
            for entry in target.entries() {
                let key = Key { text: entry.key.clone(), at: entry.at.clone() };
                entries.push((key, expand(&entry.value, budget)?));
            }
            Data::Map(entries)
        }
        Body::Alias(target) => return expand(target, budget),
    };
    Ok(Value { data, at: node.at.clone() })
}

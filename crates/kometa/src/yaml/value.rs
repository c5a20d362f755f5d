//! Typed values with their places: what templates replace and collections are read from.

use std::fmt::Write as _;

use super::{Body, Node, Place, Quotes, scalar};

/// A value with aliases and merge keys resolved.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it is.
    pub data: Data,
    /// Where it was written.
    pub at: Place,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Nothing.
    Null,
    /// true or false.
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

/// A mapping's key. Numbers and the like have become text.
#[derive(Debug, Clone)]
pub struct Key {
    /// The text.
    pub text: String,
    /// Where it was written.
    pub at: Place,
}

impl PartialEq for Key {
    /// Places do not count.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq for Value {
    /// Places do not count.
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

/// Aliases multiply: a file with more values than this is rejected.
const LARGEST: usize = 500_000;

/// A file whose aliases expand to more than half a million values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the aliases of this file expand to more than 500,000 values")]
pub struct TooLarge;

impl Value {
    /// Reads a node with everything below it.
    ///
    /// # Errors
    /// [`TooLarge`] if aliases multiply excessively.
    pub fn read(node: &Node) -> Result<Self, TooLarge> {
        let mut budget = LARGEST;
        expand(node, &mut budget)
    }

    /// Text, numbers and the rest as Python prints them: what Kometa puts inside a longer text.
    pub fn to_python(&self) -> String {
        match &self.data {
            Data::Text(text) => text.clone(),
            _ => self.repr(),
        }
    }

    /// The value as YAML on one line.
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

    /// The entry of a mapping.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match &self.data {
            Data::Map(entries) => entries.iter().find(|(name, _)| name.text == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The entry of a mapping with case-insensitive keys.
    pub fn get_any_case(&self, key: &str) -> Option<&Value> {
        let Data::Map(entries) = &self.data else { return None };
        entries.iter().find(|(name, _)| name.text.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// What kind of value it is, for messages.
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

/// Text without quotes where that is safe on one line.
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

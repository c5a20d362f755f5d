//! Resolves the variables of a template call.

use std::collections::{BTreeSet, HashMap};

use super::condition::{self, Outcome};
use super::substitute::replace;
use super::{Context, TemplateError};
use crate::yaml::{Data, Key, Place, Value};

/// The variables of a template call.
#[derive(Debug, Default)]
pub(super) struct Variables {
    pub(super) values: HashMap<String, Value>,
    pub(super) optional: BTreeSet<String>,
}

type Layer<'a> = &'a [(Key, Value)];

impl Variables {
    /// Resolves the layers, highest precedence first: config.yml, the call, the template's file, the definition.
    pub(super) fn resolve(
        layers: &[Layer<'_>; 4],
        template: &Value,
        title: &str,
        mapping_name: &str,
        context: &Context,
    ) -> Result<Self, TemplateError> {
        let mut variables = Self { values: HashMap::new(), optional: optional(template)? };
        let mut defaults = entries(template, "default")?;
        let mut conditionals = entries(template, "conditionals")?;
        for layer in layers.iter().rev() {
            overlay(layer, "default", &mut defaults);
            overlay(layer, "conditionals", &mut conditionals);
        }
        variables.apply_layers(layers, &mut defaults, &mut conditionals);
        let prefixes = prefixes(template)?;
        variables.built_in(template, title, mapping_name, &prefixes, context);
        for (name, conditional) in &conditionals {
            if !variables.values.contains_key(name) {
                match condition::choose(name, conditional, &variables.values, &defaults)? {
                    Outcome::Value(value) => {
                        variables.values.insert(name.clone(), value);
                    }
                    Outcome::Nothing => {
                        variables.optional.insert(name.clone());
                        defaults.retain(|(default, _)| default != name);
                    }
                }
            }
        }
        variables.defaults(&defaults);
        variables.encoded();
        Ok(variables)
    }

    fn apply_layers(
        &mut self,
        layers: &[Layer<'_>; 4],
        defaults: &mut Vec<(String, Value)>,
        conditionals: &mut Vec<(String, Value)>,
    ) {
        let special = ["name", "default", "conditionals"];
        for (depth, layer) in layers.iter().enumerate().rev() {
            for (key, value) in layer.iter().filter(|(key, _)| !special.contains(&key.text.as_str())) {
                if value.data != Data::Null {
                    self.values.insert(key.text.clone(), value.clone());
                    continue;
                }
                self.optional.insert(key.text.clone());
                defaults.retain(|(name, _)| *name != key.text);
                if depth == 0 {
                    // A null in config.yml also removes the values from all other layers.
                    self.values.remove(&key.text);
                    conditionals.retain(|(name, _)| *name != key.text);
                }
            }
        }
    }

    fn built_in(
        &mut self,
        template: &Value,
        title: &str,
        mapping: &str,
        prefixes: &[String],
        context: &Context,
    ) {
        let at = &template.at;
        let kind = context.library_type;
        let first = self.values.get("key_name").and_then(|name| name.to_python().chars().next());
        let (year, month, day) = context.today;
        let texts = [
            ("collection_name", title.to_owned()),
            ("mapping_name", mapping.to_owned()),
            ("collection_sort", sorted(title, prefixes)),
            ("mapping_sort", sorted(mapping, prefixes)),
            ("library_type", kind.to_owned()),
            ("library_typeU", capital(kind)),
            ("library_name", context.library_name.clone()),
        ];
        for (name, value) in texts {
            self.put(name, Data::Text(value), at);
        }
        for (name, value) in [("current_year", year), ("current_month", month), ("current_day", day)] {
            self.put(name, Data::Int(value), at);
        }
        if let Some(first) = first {
            self.put("key_name_first_letter", Data::Text(first.to_string()), at);
        }
    }

    fn put(&mut self, name: &str, data: Data, at: &Place) {
        self.values.insert(name.to_owned(), Value { data, at: at.clone() });
    }

    /// Applies defaults, which may use variables and each other. A variable with a default is not optional.
    fn defaults(&mut self, defaults: &[(String, Value)]) {
        for (name, value) in defaults {
            // A null does not count as a default.
            if !self.values.contains_key(name) && value.data != Data::Null {
                self.optional.remove(name);
                self.values.insert(name.clone(), value.clone());
            }
        }
        for (name, _) in defaults {
            let Some(value) = self.values.get(name).cloned() else { continue };
            let others: Vec<_> = self.values.iter().filter(|(other, _)| *other != name).collect();
            let filled = replace(&value, &others);
            self.values.insert(name.clone(), filled);
        }
    }

    /// Adds a percent-encoded copy of every variable as `NAME_encoded`.
    fn encoded(&mut self) {
        let encoded = |(name, value): (&String, &Value)| {
            let data = Data::Text(percent_encoded(&value.to_python()));
            (format!("{name}_encoded"), Value { data, at: value.at.clone() })
        };
        let added: Vec<_> = self.values.iter().filter(|(name, _)| *name != "name").map(encoded).collect();
        for (name, value) in added {
            self.values.entry(name).or_insert(value);
        }
    }
}

/// Returns the word with its first letter in upper case.
pub(crate) fn capital(word: &str) -> String {
    let mut capital = word.to_owned();
    if let Some(letter) = capital.get_mut(..1) {
        letter.make_ascii_uppercase();
    }
    capital
}

/// Percent-encodes the text like Python's `quote`: letters, digits, `_.-~` and `/` are kept.
fn percent_encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// Returns the title for sorting: "The Best" becomes "Best, The" if `The` is one of the prefixes to move.
fn sorted(title: &str, prefixes: &[String]) -> String {
    for prefix in prefixes {
        if let Some(rest) = title.strip_prefix(prefix.as_str()).and_then(|rest| rest.strip_prefix(' ')) {
            return format!("{}, {prefix}", rest.trim());
        }
    }
    title.to_owned()
}

/// Returns the entries of a mapping inside the template.
fn entries(template: &Value, part: &str) -> Result<Vec<(String, Value)>, TemplateError> {
    match template.get(part).map(|value| &value.data) {
        None => Ok(Vec::new()),
        Some(Data::Map(map)) => {
            Ok(map.iter().map(|(key, value)| (key.text.clone(), value.clone())).collect())
        }
        Some(_) => Err(TemplateError::WrongShape { part: part.into(), expected: "a mapping" }),
    }
}

/// Replaces single entries of the template's `default` or `conditionals` by those of a layer.
fn overlay(layer: Layer<'_>, part: &str, entries: &mut Vec<(String, Value)>) {
    let map = layer.iter().find(|(key, _)| key.text == part).map(|(_, value)| &value.data);
    let Some(Data::Map(map)) = map else { return };
    for (key, value) in map {
        entries.retain(|(name, _)| *name != key.text);
        entries.push((key.text.clone(), value.clone()));
    }
}

fn optional(template: &Value) -> Result<BTreeSet<String>, TemplateError> {
    names(template, "optional").map(|names| names.into_iter().collect())
}

fn prefixes(template: &Value) -> Result<Vec<String>, TemplateError> {
    match names(template, "move_prefix")? {
        found if found.is_empty() => names(template, "move_collection_prefix"),
        found => Ok(found),
    }
}

/// Reads names: a list, or text with commas.
fn names(template: &Value, part: &str) -> Result<Vec<String>, TemplateError> {
    let Some(value) = template.get(part) else { return Ok(Vec::new()) };
    match &value.data {
        Data::Null => Err(TemplateError::WrongShape { part: part.into(), expected: "a list, not blank" }),
        Data::List(items) => Ok(items.iter().map(Value::to_python).collect()),
        Data::Map(_) => Err(TemplateError::WrongShape { part: part.into(), expected: "a list" }),
        _ => Ok(value.to_python().split(',').map(|name| name.trim().to_owned()).collect()),
    }
}

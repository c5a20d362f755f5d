//! `<<name>>` in config.yml: values from the environment or a `.env` file.

use std::collections::BTreeMap;

use crate::yaml::{Data, Key, Node, Value};

/// The values of placeholders. There is no `Debug`, because they are secrets.
#[derive(Default, Clone)]
pub struct Secrets(BTreeMap<String, String>);

/// A scalar whose placeholders have been replaced.
#[derive(PartialEq, Eq)]
pub enum Filled {
    /// Text, whether or not it contained a placeholder.
    Text(String),
    /// No value, as in the file.
    Null,
    /// The scalar is a single placeholder without a value.
    Unset(String),
}

impl Secrets {
    /// Reads values from environment variables and the text of a `.env` file. The environment takes precedence over
    /// the file, and within each of them `KOMETA_…` over `PMM_…`.
    pub fn new(environment: impl IntoIterator<Item = (String, String)>, dot_env: &str) -> Self {
        let mut secrets = BTreeMap::new();
        let mut add = |variables: Vec<(String, String)>| {
            for prefix in ["KOMETA_", "PMM_"] {
                for (key, value) in &variables {
                    if let Some(name) = key.to_ascii_uppercase().strip_prefix(prefix) {
                        secrets.entry(placeholder_name(name)).or_insert_with(|| value.clone());
                    }
                }
            }
        };
        add(environment.into_iter().collect());
        add(dot_env_variables(dot_env));
        Self(secrets)
    }

    /// Replaces placeholders in all scalars of config.yml except those below `template_variables`. A scalar that
    /// consists of a single unknown placeholder becomes null.
    pub(crate) fn fill_all(&self, value: Value) -> Value {
        let Value { data, at } = value;
        let data = match data {
            Data::Text(text) => match self.fill_text(&text) {
                Filled::Text(text) => Data::Text(text),
                Filled::Null | Filled::Unset(_) => Data::Null,
            },
            Data::List(items) => Data::List(items.into_iter().map(|item| self.fill_all(item)).collect()),
            Data::Map(entries) => {
                let entry = |(key, value): (Key, Value)| {
                    let value = if key.text == "template_variables" { value } else { self.fill_all(value) };
                    (key, value)
                };
                Data::Map(entries.into_iter().map(entry).collect())
            }
            other => other,
        };
        Value { data, at }
    }

    /// Returns the text of a scalar. As in Kometa, only the first known variable is replaced.
    pub fn fill(&self, node: &Node) -> Filled {
        node.text().map_or(Filled::Null, |text| self.fill_text(text))
    }

    fn fill_text(&self, text: &str) -> Filled {
        for (name, value) in &self.0 {
            let mut spellings =
                placeholders(text).filter(|known| placeholder_name(known) == *name).peekable();
            if spellings.peek().is_some() {
                let fill = |text: String, known| text.replace(&format!("<<{known}>>"), value);
                return Filled::Text(spellings.fold(text.to_owned(), fill));
            }
        }
        if is_placeholder(text) { Filled::Unset(text.to_owned()) } else { Filled::Text(text.to_owned()) }
    }
}

/// Returns whether the text consists of a single placeholder.
fn is_placeholder(text: &str) -> bool {
    text.strip_prefix("<<").and_then(|rest| rest.strip_suffix(">>")).is_some_and(|name| !name.is_empty())
}

/// Returns whether the text contains something that looks like a placeholder.
pub(crate) fn has_placeholder(text: &str) -> bool {
    text.find("<<").is_some_and(|start| text[start..].contains(">>"))
}

/// Returns the names between `<<` and `>>`.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("<<").skip(1).filter_map(|rest| Some(rest.split_once(">>")?.0))
}

/// Normalizes a name: `<<trakt-id>>`, `<<TRAKT_ID>>` and `<<trakt_id>>` are the same placeholder.
fn placeholder_name(variable: &str) -> String {
    variable.to_ascii_lowercase().replace('_', "-")
}

/// Returns the environment variable for `<<name>>`.
pub(super) fn variable_of(placeholder: &str) -> String {
    let name = placeholder.trim_start_matches('<').trim_end_matches('>');
    format!("KOMETA_{}", name.to_ascii_uppercase().replace('-', "_"))
}

/// Parses the lines `NAME=value` of a `.env` file. Comments, `export` and quotes are read as python-dotenv reads
/// them.
fn dot_env_variables(text: &str) -> Vec<(String, String)> {
    let line = |line: &str| {
        let line = line.trim_start_matches('\u{feff}').trim();
        let (name, value) = line.strip_prefix("export ").unwrap_or(line).split_once('=')?;
        let value = value.trim();
        let quoted = |quote: char| value.strip_prefix(quote)?.split(quote).next();
        let bare = || value.split(" #").next().unwrap_or_default().trim_end();
        let value = quoted('"').or_else(|| quoted('\'')).unwrap_or_else(bare);
        (!name.starts_with('#')).then(|| (name.trim().to_owned(), value.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

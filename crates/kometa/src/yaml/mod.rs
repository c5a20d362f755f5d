//! YAML with positions: a tree whose nodes know their byte ranges, lines and columns.
//!
//! Kometa reads YAML 1.2 with `ruamel.yaml`, so the rules of that library apply here: duplicate keys are rejected,
//! and only the exact key `<<` is a merge key.

mod error;
mod scalar;
mod tree;
mod value;

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

pub use error::{YamlError, YamlProblem, without_secrets};
pub(crate) use scalar::is_text;
pub use tree::parse;
pub use value::{Data, Key, TooLarge, Value};

/// A position in a file.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file's name, as written by the user or in another file.
    pub source: Arc<str>,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.source, self.line, self.column)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// Without quotes.
    Plain,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `|` or `>`
    Block,
}

/// A node as written in the file. `Debug` shows only its position, because the text may be a secret.
pub struct Node {
    /// Where it begins.
    pub at: Place,
    /// Its byte range in the file, without anchor and tag. Empty for a missing value.
    pub span: Range<usize>,
    /// Its content.
    pub body: Body,
}

/// The content of a node.
pub enum Body {
    /// A single value.
    Scalar {
        /// The text as written, before YAML resolves its type.
        text: String,
        /// How it is quoted.
        quotes: Quotes,
        /// Whether the tag `!!str` makes it text.
        forced_text: bool,
    },
    /// A list.
    List(Vec<Arc<Node>>),
    /// A mapping, in the order of the file.
    Map {
        /// Keys and values.
        entries: Vec<Entry>,
        /// Whether it is written in flow style, with braces.
        flow: bool,
    },
    /// `*name`: the node with that anchor.
    Alias(Arc<Node>),
}

/// A key and its value in a mapping.
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key begins.
    pub at: Place,
    /// The key's byte range.
    pub span: Range<usize>,
    /// The value.
    pub value: Arc<Node>,
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Node({})", self.at)
    }
}

/// The merge key.
const MERGE: &str = "<<";

impl Node {
    /// Returns the node that an alias refers to, or this node itself.
    pub fn target(&self) -> &Node {
        match &self.body {
            Body::Alias(target) => target.target(),
            _ => self,
        }
    }

    /// Returns the text of a scalar as written; `None` for null, lists and mappings.
    pub fn text(&self) -> Option<&str> {
        match &self.target().body {
            Body::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// Returns whether the value is missing, `~` or `null`.
    pub fn is_null(&self) -> bool {
        match &self.target().body {
            Body::Scalar { text, quotes: Quotes::Plain, forced_text: false } => scalar::is_null(text),
            _ => false,
        }
    }

    /// Returns the mapping's own entry with this key, ignoring merged entries.
    pub fn own_entry(&self, key: &str) -> Option<&Entry> {
        match &self.body {
            Body::Map { entries, .. } => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// Returns the entry with this key, including merged entries.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().into_iter().find(|entry| entry.key == key)
    }

    /// Returns all entries of a mapping: its own first, then merged entries with other keys.
    pub fn entries(&self) -> Vec<&Entry> {
        let mut found = Vec::new();
        collect(self.target(), &mut found, &mut HashSet::new(), &mut HashSet::new());
        found
    }
}

/// Adds the entries of `map` whose keys are not known yet. Each mapping is visited once, so that merges cannot
/// multiply.
fn collect<'a>(
    map: &'a Node,
    found: &mut Vec<&'a Entry>,
    keys: &mut HashSet<&'a str>,
    seen: &mut HashSet<*const Node>,
) {
    let Body::Map { entries, .. } = &map.body else { return };
    if !seen.insert(std::ptr::from_ref(map)) {
        return;
    }
    found.extend(entries.iter().filter(|entry| entry.key != MERGE && keys.insert(&entry.key)));
    for merged in entries.iter().filter(|entry| entry.key == MERGE) {
        match &merged.value.target().body {
            Body::List(maps) => maps.iter().for_each(|map| collect(map.target(), found, keys, seen)),
            _ => collect(merged.value.target(), found, keys, seen),
        }
    }
}

#[cfg(test)]
mod tests;

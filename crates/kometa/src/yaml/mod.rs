//! YAML with positions: a tree whose nodes know their bytes, lines and columns.
//!
//! Kometa reads YAML 1.2 with `ruamel.yaml`, so its rules apply here: duplicate keys are rejected, and only the exact
//! key `<<` is a merge key.

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
    /// The file, as given by the user or by another file.
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

/// A node as written. `Debug` shows only its place: the text may be a secret.
pub struct Node {
    /// Where it begins.
    pub at: Place,
    /// Its bytes in the file, without anchor and tag. Empty for a value that is left out.
    pub span: Range<usize>,
    /// What it holds.
    pub body: Body,
}

/// The content of a node.
pub enum Body {
    /// One value.
    Scalar {
        /// The text, whatever YAML would make of it.
        text: String,
        /// How it is quoted.
        quotes: Quotes,
        /// Whether `!!str` makes it text.
        forced_text: bool,
    },
    /// A list.
    List(Vec<Arc<Node>>),
    /// A mapping, in the order of the file.
    Map {
        /// Keys and values.
        entries: Vec<Entry>,
        /// Whether it is written with braces.
        flow: bool,
    },
    /// `*name`: the node that has the anchor.
    Alias(Arc<Node>),
}

/// One line of a mapping.
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key begins.
    pub at: Place,
    /// The key's bytes.
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
    /// The node that an alias stands for, or this one.
    pub fn target(&self) -> &Node {
        match &self.body {
            Body::Alias(target) => target.target(),
            _ => self,
        }
    }

    /// The text of a scalar as it is written, and nothing for a scalar that is null.
    pub fn text(&self) -> Option<&str> {
        match &self.target().body {
            Body::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// Whether the value is missing, `~` or `null`.
    pub fn is_null(&self) -> bool {
        match &self.target().body {
            Body::Scalar { text, quotes: Quotes::Plain, forced_text: false } => scalar::is_null(text),
            _ => false,
        }
    }

    /// The mapping's own entry of this name; merged ones do not count.
    pub fn own_entry(&self, key: &str) -> Option<&Entry> {
        match &self.body {
            Body::Map { entries, .. } => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The entry of this name, including merged ones.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries().into_iter().find(|entry| entry.key == key)
    }

    /// All entries of a mapping: its own first, then merged ones that it does not have itself.
    pub fn entries(&self) -> Vec<&Entry> {
        let mut found = Vec::new();
        collect(self.target(), &mut found, &mut HashSet::new(), &mut HashSet::new());
        found
    }
}

/// Adds the missing entries of `map`. Every mapping counts once, so that merges cannot multiply.
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

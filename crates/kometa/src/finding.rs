//! What is worth telling about a file, apart from what makes it unreadable.

use std::fmt;

use crate::yaml::Place;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know; nothing to do.
    Note,
    /// Something is ignored or differs from what may be expected.
    Warning,
    /// Something does not work until it is mended.
    Error,
}

/// Something about one place in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How much it matters.
    pub level: Level,
    /// Where, when it has one place.
    pub at: Option<Place>,
    /// The way to the value: `trakt.client_id`.
    pub path: String,
    /// What.
    pub problem: Problem,
}

/// What a finding says.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// A key that nothing reads.
    #[error("unknown key {key:?}{}", meant(.nearest))]
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that is spelt most like it.
        nearest: Option<String>,
    },
    /// A value of another type.
    #[error("must be {expected}, not {found}")]
    WrongType {
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A value that must be there is empty.
    #[error("is blank")]
    Blank,
    /// A value that must be there is missing.
    #[error("is missing")]
    Missing,
    /// The words that only Kometa reads.
    #[error("not used by Kinometa: {}", .keys.join(", "))]
    NotOurs {
        /// The keys.
        keys: Vec<String>,
    },
    /// `force_refresh: "true"` and the like.
    #[error("only the word true without quotes switches this on; it is off")]
    NotSwitchedOn,
    /// A placeholder that no variable fills.
    #[error(
        "{placeholder} is not set: set the variable {variable}, or put it into the .env file beside config.yml"
    )]
    UnsetPlaceholder {
        /// As written.
        placeholder: String,
        /// The variable that would fill it.
        variable: String,
    },
}

fn meant(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}

impl Finding {
    /// A finding at a place.
    pub fn new(level: Level, at: &Place, path: impl Into<String>, problem: impl Into<Problem>) -> Self {
        Self { level, at: Some(at.clone()), path: path.into(), problem: problem.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(at) = &self.at {
            write!(f, "{at}: ")?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.problem)
    }
}

/// The known name that is spelt most like `name`, if one is near enough to be meant.
pub fn nearest_name<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let name = name.to_lowercase();
    known
        .into_iter()
        .map(|known| (strsim::damerau_levenshtein(&name, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.len().max(name.len()) / 5)
        .min()
        .map(|(_, known)| known.to_owned())
}

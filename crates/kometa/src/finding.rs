//! Findings: everything reported about a file, except errors that make it unreadable.

use std::fmt;

use crate::schedule::ScheduleError;
use crate::template::TemplateError;
use crate::yaml::{Place, TooLarge, YamlError};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Informational; nothing to do.
    Note,
    /// Something is ignored or differs from what may be expected.
    Warning,
    /// Something does not work until it is fixed.
    Error,
}

/// A finding about one place in a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How severe it is.
    pub level: Level,
    /// Its position; `None` if it concerns the file or library as a whole.
    pub at: Option<Place>,
    /// The path of the value: `trakt.client_id`.
    pub path: String,
    /// What is wrong.
    pub problem: Problem,
}

/// The problem of a finding.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Problem {
    /// An unknown key.
    #[error("unknown key {key:?}{}", did_you_mean(.nearest))]
    UnknownKey {
        /// The key.
        key: String,
        /// The known key with the closest spelling.
        nearest: Option<String>,
    },
    /// A value of the wrong type.
    #[error("must be {expected}, not {found}")]
    WrongType {
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// A required value is empty.
    #[error("is blank")]
    Blank,
    /// A required value is missing.
    #[error("is missing")]
    Missing,
    /// Keys that only Kometa uses.
    #[error("not used by Kinometa: {}", .keys.join(", "))]
    NotUsed {
        /// The keys.
        keys: Vec<String>,
    },
    /// Collections that need an account, although none is authorized.
    #[error(
        "no account is authorized: charts and public lists work, but {count} of the definitions use the account's own \
         lists or recommendations; run `kinometa trakt auth`"
    )]
    NeedsAccount {
        /// How many.
        count: usize,
    },
    /// A value that looks like true but does not enable the option, such as `force_refresh: "true"`.
    #[error("this is off; only the word true without quotes turns it on")]
    NotSwitchedOn,
    /// A value that is not allowed.
    #[error("{value:?} is not one of: {options}{}", did_you_mean(.nearest))]
    NotOneOf {
        /// As written.
        value: String,
        /// The allowed value with the closest spelling.
        nearest: Option<String>,
        /// The allowed values.
        options: String,
    },
    /// A value that is not a whole number within its limits.
    #[error("{value:?} must be a whole number{}", limits(*.low, *.high))]
    NotANumber {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest, if there is one.
        high: Option<i64>,
    },
    /// A value that is not a number within its limits. Decimals are allowed.
    #[error("{value:?} must be a number{}", decimal_limits(*.low, *.high))]
    NotADecimal {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest, if there is one.
        high: Option<i64>,
    },
    /// A value that is not a range within its limits.
    #[error(
        "{value:?} must be a range such as {low}-{high}: two numbers from {low} to {high}, the smaller one first"
    )]
    NotARange {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest.
        high: i64,
    },
    /// A value that is neither a year nor a range of years.
    #[error("{value:?} must be a year such as 1994, or a range such as 1990-1999")]
    NotAYear {
        /// As written.
        value: String,
    },
    /// A value that is not the address of a list.
    #[error("{value:?} is not the address of a list; write https://trakt.tv/users/NAME/lists/LIST{}", several_addresses_hint(.value))]
    NotAList {
        /// As written.
        value: String,
    },
    /// A problem with part of a value.
    #[error("{path}: {problem}")]
    Within {
        /// The path of that part within the value.
        path: String,
        /// What is wrong with it.
        problem: Box<Problem>,
    },
    /// A value that cannot be used, with the reason.
    #[error("{0}")]
    Unusable(&'static str),
    /// A collection without a builder.
    #[error("no builder was found, so it is not clear which titles belong here")]
    NoBuilder,
    /// A deprecated name that still works.
    #[error("runs as {name}")]
    RunsAs {
        /// The current name.
        name: String,
    },
    /// A builder of another service.
    #[error(
        "uses {service}, which Kinometa does not read: it adds no titles, and nothing is removed because of it"
    )]
    OtherService {
        /// The service.
        service: &'static str,
    },
    /// A missing file or folder.
    #[error(
        "there is no file {path:?}; relative paths start at the parent of the folder of config.yml, then at that folder"
    )]
    NoFile {
        /// As written.
        path: String,
    },
    /// A remote file.
    #[error("{kind} files are not fetched: download {what:?} and name it with `file:`")]
    NotFetched {
        /// `url`, `git` or `repo`.
        kind: String,
        /// The address.
        what: String,
    },
    /// A Kometa default file that is not built in.
    #[error("the default file {name:?} is not built in; only `trakt` is")]
    NoDefault {
        /// Its name.
        name: String,
    },
    /// A second collection with the same name in a library.
    #[error("the collection {name:?} is already defined at {first}; this one is skipped")]
    DuplicateCollection {
        /// Its name.
        name: String,
        /// Where it is defined first.
        first: Place,
    },
    /// Several collections of one file that are already defined.
    #[error(
        "the collections {} are already defined, the first at {first}; these are skipped",
        .names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
    )]
    DuplicateCollections {
        /// Their names.
        names: Vec<String>,
        /// Where the first is defined.
        first: Place,
    },
    /// A problem that occurs in several places and is reported once.
    #[error("{problem} (also at {})", first_places(.places))]
    AlsoAt {
        /// What is wrong.
        problem: Box<Problem>,
        /// The other places.
        places: Vec<Place>,
    },
    /// Attributes that only work on Plex.
    #[error(
        "only for Plex, and without effect in Kinometa's own library: {} (in {count} of the collections)",
        .keys.join(", ")
    )]
    OnlyOnPlex {
        /// The attributes.
        keys: Vec<String>,
        /// How many collections use at least one of them.
        count: usize,
    },
    /// A file that cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// A file that is not YAML.
    #[error(transparent)]
    Yaml(#[from] YamlError),
    /// Too many aliases.
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
    /// An invalid template or template call.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// An invalid schedule.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A placeholder whose variable is not set.
    #[error(
        "{placeholder} is not set: set the variable {variable}, or put it into the .env file next to config.yml"
    )]
    UnsetPlaceholder {
        /// As written.
        placeholder: String,
        /// The missing variable.
        variable: String,
    },
}

/// A hint for values that look like several addresses: Kometa treats text with commas, spaces or several lines as
/// one address.
fn several_addresses_hint(value: &str) -> &'static str {
    if value.trim().contains(|c: char| c == ',' || c.is_whitespace()) {
        ", and several addresses as a YAML list, one on each line"
    } else {
        ""
    }
}

fn limits(low: i64, high: Option<i64>) -> String {
    match high {
        Some(high) => format!(" from {low} to {high}"),
        None => format!(", {low} or greater"),
    }
}

fn decimal_limits(low: i64, high: Option<i64>) -> String {
    match high {
        Some(high) => format!(" from {low} to {high}, such as {} or {}.5", high - 3, high - 3),
        None => format!(", {low} or greater"),
    }
}

impl Problem {
    /// Wraps the problem: it concerns the part of the value at `path`.
    pub(crate) fn within(self, path: &str) -> Self {
        Self::Within { path: path.to_owned(), problem: Box::new(self) }
    }
}

/// Lists the first places, and the number of the others.
fn first_places(places: &[Place]) -> String {
    const SHOWN: usize = 3;
    let named: Vec<_> = places.iter().take(SHOWN).map(ToString::to_string).collect();
    match places.len().saturating_sub(SHOWN) {
        0 => named.join(", "),
        more => format!("{} and {more} more places", named.join(", ")),
    }
}

fn did_you_mean(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("; did you mean {name:?}?")).unwrap_or_default()
}

impl Finding {
    /// Creates a finding at a position in a file.
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

//! Problems of a config file, with details for translated messages.

use serde::Serialize;
use utoipa::ToSchema;

/// The reason of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum FindingReason {
    /// An unknown key.
    UnknownKey {
        /// The key.
        key: String,
        /// The known key with the closest spelling.
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<String>,
    },
    /// A value of the wrong type.
    WrongType {
        /// The expected type, in English.
        expected: String,
        /// The actual type, in English.
        found: String,
    },
    /// A required value is empty.
    Blank,
    /// A required value is missing.
    Missing,
    /// Keys that only Kometa uses.
    NotUsed {
        /// The keys.
        keys: Vec<String>,
    },
    /// Definitions that need an account, although none is authorized.
    NeedsAccount {
        /// How many.
        count: i64,
    },
    /// The value does not turn the option on: only `true` without quotes does.
    NotSwitchedOn,
    /// A value that is not allowed.
    NotOneOf {
        /// As written.
        value: String,
        /// The allowed values.
        options: String,
        /// The allowed value with the closest spelling.
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<String>,
    },
    /// Not a whole number within the limits.
    NotWhole {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<i64>,
    },
    /// Not a number within the limits.
    NotANumber {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<i64>,
    },
    /// Not a range within the limits.
    NotARange {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest.
        high: i64,
    },
    /// Not a year or range of years.
    NotAYear {
        /// As written.
        value: String,
    },
    /// Not the address of a list.
    NotAList {
        /// As written.
        value: String,
    },
    /// The collection has no builder.
    NoBuilder,
    /// A deprecated name that still works.
    RunsAs {
        /// The current name.
        name: String,
    },
    /// A builder of another service.
    OtherService {
        /// The service.
        service: String,
    },
    /// A missing file or folder.
    NoFile {
        /// As written.
        file: String,
    },
    /// A remote file.
    NotFetched {
        /// `url`, `git` or `repo`.
        kind: String,
        /// The address.
        what: String,
    },
    /// A Kometa default file that is not built in.
    NoDefault {
        /// Its name.
        name: String,
    },
    /// Collections that are already defined.
    Duplicate {
        /// Their names.
        names: Vec<String>,
        /// Where the first is defined.
        first: String,
    },
    /// Attributes that only work on Plex.
    OnlyOnPlex {
        /// The attributes.
        keys: Vec<String>,
        /// How many collections use at least one of them.
        count: i64,
    },
    /// A placeholder whose variable is not set.
    UnsetPlaceholder {
        /// As written.
        placeholder: String,
        /// The missing variable.
        variable: String,
    },
}

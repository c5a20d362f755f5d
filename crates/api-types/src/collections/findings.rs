//! What is wrong with a config file, with its facts, so that it can be said in other languages.

use serde::Serialize;
use utoipa::ToSchema;

/// What a finding says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum FindingReason {
    /// A key that nothing reads.
    UnknownKey {
        /// The key.
        key: String,
        /// The known key that is spelt most like it.
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<String>,
    },
    /// A value of another type.
    WrongType {
        /// What it must be, in English.
        expected: String,
        /// What it is, in English.
        found: String,
    },
    /// A value that must be there is empty.
    Blank,
    /// A value that must be there is missing.
    Missing,
    /// Words that only Kometa reads.
    NotUsed {
        /// The keys.
        keys: Vec<String>,
    },
    /// Definitions that need an account, when there is none.
    NeedsAccount {
        /// How many.
        count: i64,
    },
    /// Only the word true without quotes switches it on.
    NotSwitchedOn,
    /// A word that is none of the allowed ones.
    NotOneOf {
        /// As written.
        value: String,
        /// The allowed words.
        options: String,
        /// The allowed word that is spelt most like it.
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<String>,
    },
    /// No whole number within its limits.
    NotWhole {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<i64>,
    },
    /// No number within its limits.
    NotANumber {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest, if there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        high: Option<i64>,
    },
    /// No range within its limits.
    NotARange {
        /// As written.
        value: String,
        /// The lowest.
        low: i64,
        /// The highest.
        high: i64,
    },
    /// No year and no range of years.
    NotAYear {
        /// As written.
        value: String,
    },
    /// No address of a list.
    NotAList {
        /// As written.
        value: String,
    },
    /// Nothing says which titles belong into the collection.
    NoBuilder,
    /// An old spelling.
    RunsAs {
        /// Today's.
        name: String,
    },
    /// A builder that asks another service.
    OtherService {
        /// The service.
        service: String,
    },
    /// A file or folder that is not there.
    NoFile {
        /// As written.
        file: String,
    },
    /// A file that is fetched from elsewhere.
    NotFetched {
        /// `url`, `git` or `repo`.
        kind: String,
        /// The address.
        what: String,
    },
    /// A file of Kometa's own that is not built in.
    NoDefault {
        /// Its name.
        name: String,
    },
    /// Collections that are defined before.
    Duplicate {
        /// Their names.
        names: Vec<String>,
        /// Where the first is defined.
        first: String,
    },
    /// Attributes that only Plex can show.
    OnlyOnPlex {
        /// The attributes.
        keys: Vec<String>,
        /// How many collections have any of them.
        count: i64,
    },
    /// A placeholder that no variable fills.
    UnsetPlaceholder {
        /// As written.
        placeholder: String,
        /// The variable that would fill it.
        variable: String,
    },
}

//! Why a file or folder cannot be used completely, as a code with facts. Sentences are created where they are shown.

use std::io;

use db::kinds::ProblemCode;
use db::rows;
use media::probe::Content;
use serde::{Deserialize, Serialize};

/// A problem with a file or folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    /// What is wrong.
    pub code: ProblemCode,
    /// What the code alone does not say.
    pub facts: ProblemFacts,
    /// The sentence that an older version stored instead of facts.
    pub stored_text: Option<String>,
}

/// Facts about a problem, stored as JSON beside its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemFacts {
    /// Why the file could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_error: Option<ReadError>,
    /// What the file contains instead of a video.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Content>,
}

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadError {
    /// The server's user has no read permission.
    PermissionDenied,
    /// It was deleted between listing and reading.
    NotFound,
    /// Another error, with the operating system's error number if it has one.
    Other(Option<i32>),
}

impl ReadError {
    /// The cause of an I/O error.
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::PermissionDenied,
            io::ErrorKind::NotFound => Self::NotFound,
            _ => Self::Other(error.raw_os_error()),
        }
    }
}

impl ProblemFacts {
    /// The column's value; none when there are no facts.
    pub fn to_json(&self) -> Option<db::Json> {
        if *self == Self::default() { None } else { serde_json::to_value(self).ok() }
    }

    fn from_json(json: Option<db::Json>) -> Self {
        json.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default()
    }
}

impl FileProblem {
    /// A problem without facts.
    pub fn new(code: ProblemCode) -> Self {
        Self { code, facts: ProblemFacts::default(), stored_text: None }
    }

    /// The problem that a row's columns describe.
    pub fn from_columns(code: ProblemCode, facts: Option<db::Json>, text: Option<String>) -> Self {
        Self { code, facts: ProblemFacts::from_json(facts), stored_text: text }
    }

    /// The problem of a file, if it has one.
    pub fn of(row: &rows::MediaFile) -> Option<Self> {
        Some(Self::from_columns(row.problem_code?, row.problem_facts.clone(), row.problem.clone()))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(io::ErrorKind::PermissionDenied.into(), ReadError::PermissionDenied)]
    #[case(io::ErrorKind::NotFound.into(), ReadError::NotFound)]
    #[case(io::Error::from_raw_os_error(5), ReadError::Other(Some(5)))]
    #[case(io::ErrorKind::UnexpectedEof.into(), ReadError::Other(None))]
    fn read_errors_survive_a_round_trip(#[case] error: io::Error, #[case] expected: ReadError) {
        assert_eq!(ReadError::of(&error), expected);
        let facts = ProblemFacts { read_error: Some(expected), ..ProblemFacts::default() };
        let stored = FileProblem::from_columns(ProblemCode::Unreadable, facts.to_json(), None);
        assert_eq!(stored.facts, facts);
    }

    #[test]
    fn empty_facts_are_not_stored() {
        assert_eq!(ProblemFacts::default().to_json(), None);
    }
}

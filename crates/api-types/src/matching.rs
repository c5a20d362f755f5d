//! Matches between files and titles on Trakt.

use db::ids::{LibraryId, MatchGroupId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::title::TitleCard;
use db::kinds::TitleKind;

/// State of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    /// No match.
    Unmatched,
    /// Several titles match about equally well.
    Ambiguous,
    /// Decided, by the server or by a user.
    Matched,
    /// Hidden by a user.
    Ignored,
}

/// A movie or show in the folders, with its matched title.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Match {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: MatchGroupId,
    /// Its library.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Movie or show.
    pub kind: TitleKind,
    /// The state of the match.
    pub state: MatchState,
    /// Title parsed from file names.
    pub parsed_title: String,
    /// Year parsed from file names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parsed_year: Option<i32>,
    /// Paths of its files, relative to the library's folder.
    pub paths: Vec<String>,
    /// The matched title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// Candidates, best first.
    pub candidates: Vec<Candidate>,
}

/// A page of matches.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Matches {
    /// The matches.
    pub items: Vec<Match>,
    /// Total number.
    pub total: i64,
}

/// A candidate on Trakt.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Candidate {
    /// Trakt's ID.
    pub trakt_id: i64,
    /// Movie or show.
    pub kind: TitleKind,
    /// Its title.
    pub name: String,
    /// Its year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Its summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// Address of its poster on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster_url: Option<String>,
    /// How well it matches, from 0 to 1.
    pub score: f64,
    /// What its score is based on, in a few words.
    pub why: String,
    /// The same in structured form, for translated messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<CandidateEvidence>,
}

/// What a candidate's score is based on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "compared", rename_all = "snake_case")]
pub enum CandidateEvidence {
    /// An ID in the file name or NFO file leads to the title.
    Id {
        /// The service that the ID belongs to, such as `IMDb`.
        provider: String,
        /// The ID.
        id: String,
    },
    /// Names and years were compared.
    Names {
        /// How the names compare.
        name: NameComparison,
        /// How the years compare.
        year: YearComparison,
        /// The year in the file name, if it differs from the title's year.
        #[serde(skip_serializing_if = "Option::is_none")]
        queried: Option<i32>,
    },
}

/// How the name of a file compares with a title's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameComparison {
    /// Equal, ignoring case, accents and articles.
    Same,
    /// The same as another name of the title.
    SameAlias,
    /// Equal except for a typo.
    NearlySame,
    /// Similar.
    Similar,
    /// Different.
    Different,
}

/// How the year of a file compares with a title's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum YearComparison {
    /// The same.
    Same,
    /// Different.
    Different,
    /// Trakt has no year for the title.
    UnknownOnTrakt,
    /// The file name has no year.
    NotInFileName,
    /// Neither has a year.
    Unknown,
}

//! Matches of files with titles on Trakt.

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
    /// The title chosen.
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
    /// Trakt's id.
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
}

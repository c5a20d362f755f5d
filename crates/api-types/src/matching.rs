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
    /// Nothing fits.
    Unmatched,
    /// Several titles fit about as well.
    Ambiguous,
    /// Settled, by the server or by a person.
    Matched,
    /// Hidden by a person.
    Ignored,
}

/// A movie or show in the folders, with the title that it is matched with.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Match {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: MatchGroupId,
    /// The library that holds it.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Movie or show.
    pub kind: TitleKind,
    /// Whether it is settled.
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

/// A title on Trakt that a match could be.
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
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overview: Option<String>,
    /// Address of its poster on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster_url: Option<String>,
    /// How well it fits, from 0 to 1.
    pub score: f64,
    /// What its score is based on, in a few words.
    pub why: String,
}

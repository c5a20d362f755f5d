//! Which title a folder or file is, and the doubts about it.

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
    /// A person said that this is to be left alone.
    Ignored,
}

/// A movie or show in the folders, with the title that it is taken for.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Match {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: MatchGroupId,
    /// The library it lies in.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// Movie or show.
    pub kind: TitleKind,
    /// Whether it is settled.
    pub state: MatchState,
    /// Title read from the names.
    pub parsed_title: String,
    /// Year read from the names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parsed_year: Option<i32>,
    /// Its files, below the library's folder.
    pub paths: Vec<String>,
    /// The title chosen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// What else it could be, best first.
    pub candidates: Vec<Candidate>,
}

/// Part of the list of matches.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Matches {
    /// The matches.
    pub items: Vec<Match>,
    /// How many there are in all.
    pub total: i64,
}

/// A title at Trakt that a match could be.
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
    /// Address of its poster at Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster_url: Option<String>,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// Why it scores so, in a few words.
    pub why: String,
}

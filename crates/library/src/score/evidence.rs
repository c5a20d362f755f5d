//! What a candidate's score is based on. Stored with the match.

use serde::{Deserialize, Serialize};

/// What a score is based on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The title was found by an id in a file name or NFO file.
    Id(ExternalId),
    /// Name and year were compared.
    Names {
        /// How the names compare.
        name: NameEvidence,
        /// How the years compare.
        year: YearEvidence,
    },
}

/// An id of a title in a provider's database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalId {
    /// The provider.
    pub provider: IdProvider,
    /// The id, such as `603` or `tt0133093`.
    pub id: String,
}

/// The providers of title ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdProvider {
    /// Trakt.
    Trakt,
    /// IMDb.
    Imdb,
    /// TMDB.
    Tmdb,
    /// TheTVDB.
    Tvdb,
}

/// How the name from files compares with a title's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameEvidence {
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

/// How the year from files compares with a title's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearEvidence {
    /// The same.
    Same,
    /// Different.
    Different {
        /// The year from files.
        queried: i32,
        /// The title's year.
        candidate: i32,
    },
    /// Trakt has no year for the title.
    UnknownOnTrakt,
    /// The files contain no year.
    NotInFileName {
        /// The title's year.
        candidate: i32,
    },
    /// Neither has a year.
    Unknown,
}

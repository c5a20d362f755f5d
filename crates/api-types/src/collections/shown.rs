//! Collections as their pages and the grids show them.

use chrono::{DateTime, Utc};
use db::ids::{CollectionId, LibraryId, TitleId};
use db::kinds::{LibraryKind, TitleKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::title::{Image, TitleCard};
use crate::title_detail::TitleIds;

/// A collection's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionLink {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Name shown.
    pub name: String,
}

/// A collection as the grid shows it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionCard {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Name shown.
    pub name: String,
    /// Its library.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// The library's name.
    pub library_name: String,
    /// What the library holds.
    pub kind: LibraryKind,
    /// How many titles it has.
    pub title_count: i64,
    /// Whether it is a playlist, over several libraries. Its library is one of them.
    pub playlist: bool,
    /// The poster that its definition names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Posters of its first titles, at most four, to compose one from where it has none of its own.
    pub posters: Vec<Image>,
    /// Its labels.
    pub labels: Vec<String>,
}

/// A collection's own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionDetail {
    /// What the grid shows of it.
    #[serde(flatten)]
    pub card: CollectionCard,
    /// What it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The wide picture that its definition names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Image>,
    /// Its titles, in its order.
    pub titles: Vec<TitleCard>,
    /// How many titles its lists name and the library lacks.
    pub missing_count: i64,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// A collection as a row of another page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionRow {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Name shown.
    pub name: String,
    /// Its first titles.
    pub titles: Vec<TitleCard>,
}

/// What a missing title is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// A movie.
    Movie,
    /// A show.
    Show,
    /// A season of a show.
    Season,
    /// An episode of a show.
    Episode,
}

/// A title that the lists of a collection name and the library lacks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MissingTitle {
    /// What it is.
    pub kind: MissingKind,
    /// The name of the movie or show.
    pub title: String,
    /// The year of the movie or show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i64>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i64>,
    /// The ids of the movie or show.
    pub ids: TitleIds,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
    /// Whether it is on this person's watchlist.
    pub in_watchlist: bool,
}

/// A missing title, once it is on the watchlist.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WatchlistedTitle {
    /// Its title here.
    #[schema(value_type = i64)]
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
}

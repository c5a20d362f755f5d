//! Collections in grids and on their own pages.

use chrono::{DateTime, Utc};
use db::ids::{CollectionId, LibraryId, TitleId};
use db::kinds::{LibraryKind, TitleKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::title::{Image, TitleCard};
use crate::title_detail::TitleIds;

/// A link to a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionLink {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Display name.
    pub name: String,
}

/// A collection in the grid.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionCard {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionId,
    /// Display name.
    pub name: String,
    /// Its library.
    #[schema(value_type = i64)]
    pub library_id: LibraryId,
    /// The library's name.
    pub library_name: String,
    /// The library's media type.
    pub kind: LibraryKind,
    /// How many titles it has.
    pub title_count: i64,
    /// Whether it is a playlist across several libraries. Its library is one of them.
    pub playlist: bool,
    /// The poster from its definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Posters of its first titles, at most four, from which a poster is composed if it has none of its own.
    pub posters: Vec<Image>,
    /// Its labels.
    pub labels: Vec<String>,
}

/// A collection's own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionDetail {
    /// Its entry in the grid.
    #[serde(flatten)]
    pub card: CollectionCard,
    /// Its summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The background from its definition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<Image>,
    /// Its titles, in order.
    pub titles: Vec<TitleCard>,
    /// How many titles of its lists are missing from the library.
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
    /// Display name.
    pub name: String,
    /// Its first titles.
    pub titles: Vec<TitleCard>,
}

/// The kind of a missing title.
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

/// A title on a collection's lists that is missing from the library.
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
    /// The IDs of the movie or show.
    pub ids: TitleIds,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_url: Option<String>,
    /// Whether it is on the user's watchlist.
    pub in_watchlist: bool,
}

/// A missing title that was added to the watchlist.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WatchlistedTitle {
    /// The title's identity on this server.
    #[schema(value_type = i64)]
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
}

//! A user's sync settings.

use db::ids::LibraryId;
use db::kinds::LibraryKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// A user's sync settings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktSettings {
    /// What is synced, in both directions.
    pub switches: TraktSwitches,
    /// The threshold for counting a viewing as watched, in percent.
    pub watched_percent: i32,
    /// The lowest allowed threshold. Trakt counts every stop at or above this percentage as a play.
    pub lowest_watched_percent: i32,
    /// All libraries, with whether they are excluded from syncing.
    pub libraries: Vec<TraktLibrary>,
    /// Titles that are excluded from syncing. Their seasons and episodes are excluded as well.
    pub excluded_titles: Vec<TitleCard>,
}

/// What is synced. Each switch applies to both directions; off also disables the daily comparison of that category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSwitches {
    /// Scrobbling: what is being watched now.
    pub scrobbling: bool,
    /// Plays.
    pub history: bool,
    /// Ratings.
    pub ratings: bool,
    /// The watchlist.
    pub watchlist: bool,
    /// The collection: titles with files.
    pub collection: bool,
    /// Resume points.
    pub playback: bool,
    /// Recommendations.
    pub recommendations: bool,
    /// Dropped shows.
    pub dropped: bool,
}

/// A library that can be excluded from syncing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktLibrary {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: LibraryId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: LibraryKind,
    /// Whether it is excluded: nothing about its titles is sent to Trakt.
    pub excluded: bool,
}

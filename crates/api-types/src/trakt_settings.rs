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
    /// The lowest possible threshold: from here on, Trakt counts every stop.
    pub lowest_watched_percent: i32,
    /// Every library, and whether its titles are kept from Trakt.
    pub libraries: Vec<TraktLibrary>,
    /// Titles that are kept from Trakt, including their seasons and episodes.
    pub excluded_titles: Vec<TitleCard>,
}

/// What is synced, in both directions. Off disables everything, including the daily comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSwitches {
    /// What is being watched now.
    pub scrobbling: bool,
    /// Plays.
    pub history: bool,
    /// Ratings.
    pub ratings: bool,
    /// The watchlist.
    pub watchlist: bool,
    /// Titles with files.
    pub collection: bool,
    /// Resume points.
    pub playback: bool,
    /// Recommendations.
    pub recommendations: bool,
    /// Dropped shows.
    pub dropped: bool,
}

/// A library that can be kept from Trakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktLibrary {
    /// Which.
    #[schema(value_type = i64)]
    pub id: LibraryId,
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: LibraryKind,
    /// Whether nothing about its titles leaves the server.
    pub excluded: bool,
}

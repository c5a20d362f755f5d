//! What a person lets flow between here and Trakt.

use db::ids::LibraryId;
use db::kinds::LibraryKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// What a person lets flow between here and Trakt.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktSettings {
    /// What flows at all, in both directions.
    pub switches: TraktSwitches,
    /// From where a viewing counts as watched, in percent.
    pub watched_percent: i32,
    /// The lowest that this can be: from here on Trakt counts every stop.
    pub lowest_watched_percent: i32,
    /// Every library, and whether its titles are kept from Trakt.
    pub libraries: Vec<TraktLibrary>,
    /// Single titles that are kept from Trakt, with what is below them.
    pub excluded_titles: Vec<TitleCard>,
}

/// What flows, in both directions. Off is off for everything, the daily comparison included.
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
    /// The titles that there are files for.
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
    /// Nothing of its titles leaves the server.
    pub excluded: bool,
}

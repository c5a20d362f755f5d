//! Cards of movies, shows, seasons and episodes, and their filters.

use chrono::{DateTime, Utc};
use db::ids::TitleId;
use serde::Serialize;
use utoipa::ToSchema;

use db::kinds::TitleKind;

/// An image, served in any width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Image {
    /// URL on this server; add `&width=` for a smaller version.
    pub url: String,
    /// Dominant colour as `#rrggbb`, for the placeholder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Width of the original in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<i32>,
    /// Height of the original in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<i32>,
}

/// The card of a title, for the current user.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleCard {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: TitleId,
    /// What it is.
    pub kind: TitleKind,
    /// Its title.
    pub name: String,
    /// Year of release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i32>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i32>,
    /// The show's title (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_name: Option<String>,
    /// The show (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub show_id: Option<TitleId>,
    /// Portrait image; an episode has its season's or show's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Landscape image; an episode has its show's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backdrop: Option<Image>,
    /// Frame of an episode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub still: Option<Image>,
    /// Running time in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runtime_minutes: Option<i32>,
    /// Trakt's rating, 0 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rating: Option<f64>,
    /// Best resolution of its files, such as `1080p`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<String>,
    /// HDR kind of its files, such as `HDR10`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hdr: Option<String>,
    /// The number of versions.
    pub versions: i64,
    /// Whether the user has watched it (for a show: every aired episode).
    pub watched: bool,
    /// How many times the user has played it.
    pub plays: i64,
    /// The user's progress, 0 to 100, if there is a resume point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_percent: Option<f64>,
    /// The number of unwatched episodes (shows and seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unwatched_episodes: Option<i64>,
    /// The number of episodes in the library (shows and seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_count: Option<i64>,
    /// When its newest file was added.
    pub added_at: DateTime<Utc>,
    /// Whether all its files are missing.
    pub missing: bool,
    /// Whether it is matched with Trakt.
    pub matched: bool,
    /// The user's rating, 1 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_rating: Option<i32>,
    /// Whether it is on the user's watchlist.
    pub in_watchlist: bool,
    /// Whether the user has dropped the show. Its episodes are then left out of Up next.
    pub dropped: bool,
}

/// Part of the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Titles {
    /// The titles.
    pub items: Vec<TitleCard>,
    /// The total number.
    pub total: i64,
    /// The offset of this part.
    pub offset: i64,
}

/// Every title of a list, in order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedTitles {
    /// Their identities.
    #[schema(value_type = Vec<i64>)]
    pub ids: Vec<TitleId>,
}

/// Titles that have changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangedTitles {
    /// Their identities.
    #[schema(value_type = Vec<i64>)]
    pub title_ids: Vec<TitleId>,
}

/// A filter value, with the number of titles that have it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Facet {
    /// The value of the filter.
    pub value: String,
    /// The display name, if different from the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The number of titles with this value.
    pub count: i64,
}

/// All filter values.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleFacets {
    /// Genres.
    pub genres: Vec<Facet>,
    /// Decades, such as `1990`.
    pub decades: Vec<Facet>,
    /// Resolutions.
    pub resolutions: Vec<Facet>,
    /// Libraries, by ID.
    pub libraries: Vec<Facet>,
}

/// Search results.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchResults {
    /// Movies, best first.
    pub movies: Vec<TitleCard>,
    /// Shows, best first.
    pub shows: Vec<TitleCard>,
    /// Episodes, best first.
    pub episodes: Vec<TitleCard>,
    /// People who worked on a title in the library, best first.
    pub people: Vec<super::people::FoundPerson>,
}

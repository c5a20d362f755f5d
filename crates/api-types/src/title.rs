//! Movies, shows, seasons and episodes as grids and rows show them, and what they can be filtered by.

use chrono::{DateTime, Utc};
use db::ids::TitleId;
use serde::Serialize;
use utoipa::ToSchema;

use db::kinds::TitleKind;

/// A picture, served by us in any width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Image {
    /// Address on this server; add `&width=` to get it smaller.
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

/// A title as grids and rows show it, seen by the person asking.
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
    /// Upright picture; an episode has its season's or show's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Wide picture; an episode has its show's.
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
    /// How many versions there are.
    pub versions: i64,
    /// Whether this person has watched it (a show: every aired episode).
    pub watched: bool,
    /// How often this person has played it.
    pub plays: i64,
    /// How far this person is, 0 to 100, when there is a resume point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress_percent: Option<f64>,
    /// Episodes left to watch (shows and seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unwatched_episodes: Option<i64>,
    /// Episodes in the library (shows and seasons).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_count: Option<i64>,
    /// When its newest file came.
    pub added_at: DateTime<Utc>,
    /// All its files have vanished.
    pub missing: bool,
    /// Known at Trakt.
    pub matched: bool,
    /// This person's rating, 1 to 10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub my_rating: Option<i32>,
    /// On this person's watchlist.
    pub in_watchlist: bool,
    /// A show that this person has dropped: its episodes are not up next.
    pub dropped: bool,
}

/// Part of the library.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Titles {
    /// The titles.
    pub items: Vec<TitleCard>,
    /// How many there are in all.
    pub total: i64,
    /// Where this part begins.
    pub offset: i64,
}

/// Every title of a list, in its order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SelectedTitles {
    /// Their identities.
    #[schema(value_type = Vec<i64>)]
    pub ids: Vec<TitleId>,
}

/// Titles of which something has changed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ChangedTitles {
    /// Their identities.
    #[schema(value_type = Vec<i64>)]
    pub title_ids: Vec<TitleId>,
}

/// One value to filter by, with how many titles have it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Facet {
    /// The value to send back.
    pub value: String,
    /// What to show, when it differs from the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many titles have it.
    pub count: i64,
}

/// Everything to filter by.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TitleFacets {
    /// Genres.
    pub genres: Vec<Facet>,
    /// Decades, such as `1990`.
    pub decades: Vec<Facet>,
    /// Resolutions.
    pub resolutions: Vec<Facet>,
    /// Libraries by id.
    pub libraries: Vec<Facet>,
}

/// What a search found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SearchResults {
    /// Movies, best first.
    pub movies: Vec<TitleCard>,
    /// Shows, best first.
    pub shows: Vec<TitleCard>,
    /// Episodes, best first.
    pub episodes: Vec<TitleCard>,
    /// People with a part in a title of the library, best first.
    pub people: Vec<super::people::FoundPerson>,
}

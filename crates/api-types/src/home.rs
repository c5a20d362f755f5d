//! The home page.

use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// The home page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Home {
    /// The featured title, shown above the rows; absent if the library is empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hero: Option<TitleCard>,
    /// Titles that were started but not finished, latest first.
    pub continue_watching: Vec<TitleCard>,
    /// The next episode of each show in progress.
    pub up_next: Vec<TitleCard>,
    /// Recently added titles, newest first.
    pub recently_added: Vec<TitleCard>,
    /// The size of the library.
    pub counts: LibraryCounts,
}

/// The size of the library.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct LibraryCounts {
    /// Movies.
    pub movies: i64,
    /// Shows.
    pub shows: i64,
    /// Episodes.
    pub episodes: i64,
}

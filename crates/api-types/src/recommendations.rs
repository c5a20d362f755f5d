//! Recommendations from Trakt.

use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// Trakt's recommendations for the user, those in the library first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Recommendations {
    /// Movies and shows.
    pub items: Vec<Recommendation>,
}

/// A movie or show that Trakt recommends.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Recommendation {
    /// The title.
    pub title: TitleCard,
    /// Whether it has files.
    pub in_library: bool,
}

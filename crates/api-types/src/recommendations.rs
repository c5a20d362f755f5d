//! What Trakt recommends.

use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// What Trakt recommends to this person, those in the library first.
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
    /// Whether there are files for it.
    pub in_library: bool,
}

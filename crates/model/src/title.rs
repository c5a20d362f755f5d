//! Kinds of images.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Kind of image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    /// Upright cover, 2:3.
    Poster,
    /// Wide image behind a page, 16:9.
    Backdrop,
    /// Frame of an episode, 16:9.
    Still,
    /// Title lettering on a transparent background.
    Logo,
    /// Small wide image, 16:9.
    Thumb,
}

impl ImageKind {
    /// Returns its name in JSON and in URLs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Poster => "poster",
            Self::Backdrop => "backdrop",
            Self::Still => "still",
            Self::Logo => "logo",
            Self::Thumb => "thumb",
        }
    }
}

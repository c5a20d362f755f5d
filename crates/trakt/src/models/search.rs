//! Search results.

use serde::Deserialize;

use super::Media;
use super::lenient::invalid_is_none;

/// One search result, best first.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SearchHit {
    /// How well it matches; larger is better, the scale is Trakt's own.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub score: Option<f64>,
    /// What was found.
    #[serde(flatten)]
    pub media: Media,
}

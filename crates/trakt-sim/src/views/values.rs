//! Single values as written by Trakt.

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

use crate::clock::stamp;

/// A time as written by Trakt.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp(pub DateTime<Utc>);

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&stamp(self.0))
    }
}

/// Rounds a rating to five decimals, as on Trakt.
pub(crate) fn rounded(rating: f32) -> f64 {
    (f64::from(rating) * 100_000.0).round() / 100_000.0
}

//! Members of Trakt.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::lenient::{counts, invalid_is_none, null_is_default};
use super::{ImageUrl, Media, TraktId};

/// A member of Trakt. Fields below `private` need [`Extended::FULL`](crate::Extended::FULL).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct User {
    #[serde(default, deserialize_with = "null_is_default")]
    pub username: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub private: bool,
    #[serde(default, deserialize_with = "null_is_default")]
    pub deleted: bool,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub vip: bool,
    #[serde(default, deserialize_with = "null_is_default")]
    pub vip_ep: bool,
    #[serde(default)]
    pub ids: UserIds,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub joined_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub location: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub about: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<UserImages>,
}

/// A member's ids.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct UserIds {
    /// Used in paths; `me` stands for the connected account.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub slug: Option<String>,
    /// Trakt's number, if given.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub trakt: Option<TraktId>,
    /// Only in settings.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub uuid: Option<String>,
}

/// A member's pictures.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct UserImages {
    /// The avatar.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub avatar: Option<Avatar>,
}

/// A member's avatar.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Avatar {
    /// Its address.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub full: Option<ImageUrl>,
}

/// What a member is watching now. It ends automatically when the remaining runtime is over.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Watching {
    /// When it ends automatically.
    pub expires_at: DateTime<Utc>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// How it was reported: `scrobble` or `checkin`.
    pub action: String,
    /// What is being watched.
    #[serde(flatten)]
    pub media: Media,
}

/// Activity counts of a member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct UserStats {
    pub movies: StatCounts,
    pub shows: StatCounts,
    pub seasons: StatCounts,
    pub episodes: StatCounts,
    pub ratings: RatingCounts,
}

/// Counts for one media type. Counts that Trakt does not have for it are 0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct StatCounts {
    pub plays: u64,
    pub watched: u64,
    /// Minutes watched.
    pub minutes: u64,
    pub collected: u64,
    pub ratings: u64,
    pub comments: u64,
}

/// How many ratings of each value a member gave.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RatingCounts {
    /// All ratings.
    pub total: u64,
    /// By value, `1` to `10`.
    #[serde(deserialize_with = "counts")]
    pub distribution: std::collections::BTreeMap<String, u64>,
}

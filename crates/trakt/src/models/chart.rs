//! Charts, calendars, updates and vocabularies.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::lenient::{counts, invalid_is_none, null_is_default};
use super::{Episode, Movie, Show};

/// A movie's or show's entry in a chart. Each chart counts something different; the other counts are `None`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are Trakt's")]
pub struct Charted<T> {
    /// Watching now (trending).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub watchers: Option<u64>,
    /// Members who watched it (watched, played, collected).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub watcher_count: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub play_count: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub collected_count: Option<u64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub collector_count: Option<u64>,
    /// Members who made it a favorite (favorited).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub user_count: Option<u64>,
    /// Lists it is on (anticipated).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub list_count: Option<u64>,
    /// Revenue in US dollars (box office).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub revenue: Option<u64>,
    /// The movie or show.
    #[serde(alias = "movie", alias = "show")]
    pub item: T,
}

/// A change in the updates feed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Update<T> {
    /// When it changed.
    pub updated_at: DateTime<Utc>,
    /// What changed.
    #[serde(alias = "movie", alias = "show")]
    pub item: T,
}

/// An episode on a calendar.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CalendarEpisode {
    pub first_aired: DateTime<Utc>,
    pub episode: Episode,
    pub show: Show,
}

/// A movie on a calendar.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CalendarMovie {
    pub released: NaiveDate,
    pub movie: Movie,
}

/// A movie's release in a country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Release {
    pub country: String,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub certification: Option<String>,
    pub release_date: NaiveDate,
    /// `premiere`, `limited`, `theatrical`, `digital`, `physical`, `tv`, ...
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub release_type: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub note: Option<String>,
}

/// Trakt's rating of an item.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct CommunityRating {
    /// 0 to 10.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub rating: Option<f64>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub votes: Option<u64>,
    /// By value, `1` to `10`.
    #[serde(default, deserialize_with = "counts")]
    pub distribution: std::collections::BTreeMap<String, u64>,
}

/// Activity counts of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct ItemStats {
    pub watchers: u64,
    pub plays: u64,
    pub collectors: u64,
    pub comments: u64,
    pub lists: u64,
    pub votes: u64,
    pub favorited: u64,
}

/// A genre.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Genre {
    pub name: String,
    pub slug: String,
    /// With [`Extended::SUBGENRES`](crate::Extended::SUBGENRES).
    #[serde(default, deserialize_with = "null_is_default")]
    pub subgenres: Vec<Subgenre>,
}

/// A subgenre.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Subgenre {
    pub name: String,
    pub slug: String,
}

/// A language or country.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Coded {
    /// Its name in English.
    pub name: String,
    /// Its two-letter code.
    pub code: String,
}

/// A broadcaster.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Network {
    pub name: String,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub country: Option<String>,
}

/// Certifications by country code.
pub type Certifications = std::collections::BTreeMap<String, Vec<Certification>>;

/// A certification.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Certification {
    pub name: String,
    pub slug: String,
    #[serde(default, deserialize_with = "null_is_default")]
    pub description: String,
}

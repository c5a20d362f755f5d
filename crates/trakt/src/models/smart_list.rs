//! Smart lists: saved filters whose results Trakt keeps up to date.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lenient::{invalid_is_none, null_is_default};
use super::{Images, ListIds, Privacy};

open_enum! {
    /// The source of a smart list.
    SmartSource {
        /// Trending.
        Trending = "trending",
        /// Popular.
        Popular = "popular",
        /// Anticipated.
        Anticipated = "anticipated",
        /// Recommendations for the account.
        Recommendations = "recommendations",
        /// Everything.
        Discover = "discover",
        /// The account's watchlist.
        Watchlist = "watchlist",
        /// The account's collection.
        Library = "library",
    }
}

open_enum! {
    /// The media type of a smart list.
    SmartMedia {
        /// Movies.
        Movies = "movies",
        /// Shows.
        Shows = "shows",
        /// Both.
        Both = "media",
    }
}

/// The filters of a smart list by name, as Trakt writes them (`genres`, `years`, `ignore_watched`, ...).
pub type SmartFilters = BTreeMap<String, Value>;

/// A smart list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct SmartList {
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    pub ids: ListIds,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub privacy: Option<Privacy>,
    pub source: SmartSource,
    pub media_type: SmartMedia,
    #[serde(default, deserialize_with = "null_is_default")]
    pub filters: SmartFilters,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
}

/// A new smart list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct NewSmartList {
    pub name: String,
    pub source: SmartSource,
    pub media_type: SmartMedia,
    pub filters: Option<SmartFilters>,
    pub privacy: Option<Privacy>,
}

/// A change to a smart list; `None` leaves a field unchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct SmartListChange {
    pub name: Option<String>,
    pub source: Option<SmartSource>,
    pub media_type: Option<SmartMedia>,
    pub filters: Option<SmartFilters>,
    pub privacy: Option<Privacy>,
}

/// The response to creating a smart list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SmartListCreated {
    /// Its ids.
    pub ids: ListIds,
}

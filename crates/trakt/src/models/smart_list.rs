//! Smart lists: saved filters that Trakt keeps filled.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lenient::{null_is_default, odd_is_none};
use super::{Images, ListIds, Privacy};

open_enum! {
    /// What a smart list draws from.
    SmartSource {
        /// What is watched now.
        Trending = "trending",
        /// What is liked best.
        Popular = "popular",
        /// What is waited for.
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
    /// What a smart list holds.
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
    #[serde(default, deserialize_with = "odd_is_none")]
    pub privacy: Option<Privacy>,
    pub source: SmartSource,
    pub media_type: SmartMedia,
    #[serde(default, deserialize_with = "null_is_default")]
    pub filters: SmartFilters,
    #[serde(default, deserialize_with = "odd_is_none")]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "odd_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "odd_is_none")]
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

/// A change of a smart list; what is `None` stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct SmartListChange {
    pub name: Option<String>,
    pub source: Option<SmartSource>,
    pub media_type: Option<SmartMedia>,
    pub filters: Option<SmartFilters>,
    pub privacy: Option<Privacy>,
}

/// The answer to a new smart list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SmartListCreated {
    /// Its ids.
    pub ids: ListIds,
}

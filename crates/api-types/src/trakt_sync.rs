//! Reading from Trakt: what an import would do, and how far it is.

use chrono::{DateTime, Utc};
use db::kinds::SyncCategory;
use serde::Serialize;
use utoipa::ToSchema;

/// What an import would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktImport {
    /// What is at Trakt.
    pub counts: TraktCounts,
    /// Plays at Trakt that would be added here.
    pub add: i64,
    /// Plays here that would be sent to Trakt.
    pub push: i64,
    /// Plays here that cannot be sent, because their titles are not matched.
    pub unmatched: i64,
    /// What would happen to ratings.
    pub ratings: TraktForecast,
    /// What would happen to the watchlist.
    pub watchlist: TraktForecast,
    /// What would happen to dropped shows.
    pub dropped: TraktForecast,
    /// What would happen to the collection, which goes to Trakt only.
    pub collection: TraktForecast,
    /// What the account has no room for.
    pub limits: Vec<TraktImportLimit>,
    /// What to look at before importing.
    pub warnings: Vec<TraktImportWarning>,
}

/// A limit of the account on Trakt that an import would meet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktImportLimit {
    /// Of what.
    pub category: SyncCategory,
    /// How many items the account may hold.
    pub limit: i64,
    /// How many items Trakt would not take.
    pub left: i64,
    /// The same in a sentence.
    pub message: String,
}

/// Something to look at before importing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktImportWarning {
    /// What it is.
    pub code: TraktImportWarningCode,
    /// What it means and what to do, in a sentence.
    pub message: String,
}

/// What to look at before importing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktImportWarningCode {
    /// Trakt pulls plays from a Plex server by itself.
    PlexSync,
}

/// What an import would do to a category besides the plays.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TraktForecast {
    /// Items that would be added or changed here.
    pub add: i64,
    /// Items that would be sent to Trakt.
    pub push: i64,
}

/// What is at Trakt.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TraktCounts {
    /// Watched movies.
    pub movies: i64,
    /// Watched episodes.
    pub episodes: i64,
    /// Plays of both, rewatches included.
    pub plays: i64,
    /// Ratings.
    pub ratings: i64,
    /// Items on the watchlist.
    pub watchlist: i64,
    /// Dropped shows.
    pub dropped: i64,
    /// Resume points.
    pub playback: i64,
}

/// How far each category has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSync {
    /// One for each category.
    pub categories: Vec<TraktSyncCategory>,
    /// What is not in step, because Trakt will not take it.
    pub problems: Vec<TraktSyncProblem>,
    /// The requests that the account has used up; absent while none is connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<TraktRequests>,
}

/// How many requests of the current window are used up, those of other apps of the account included. Only reading is counted
/// in windows: of five minutes, at present. Writing is one request a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktRequests {
    /// Requests in this window.
    pub used: i64,
    /// Requests that a window allows.
    pub limit: i64,
    /// When the window ends; absent while nothing is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<DateTime<Utc>>,
}

/// Something that Trakt will not take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSyncProblem {
    /// Of what.
    pub category: SyncCategory,
    /// Why, in a sentence.
    pub message: String,
    /// How many items were not sent.
    pub left: i64,
}

/// What is happening with a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktSyncState {
    /// This person has not decided yet whether to import.
    Undecided,
    /// Being imported.
    Importing,
    /// What is at Trakt is being noted, so that it is never imported.
    Skipping,
    /// In step: changes are followed.
    Following,
    /// Changes are followed; removals at Trakt wait, because they are many.
    Waiting,
    /// The import was given up; nothing is read.
    Cancelled,
    /// Switched off: nothing is read, and nothing is sent.
    Off,
}

/// How far a category has been read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSyncCategory {
    /// Which.
    pub category: SyncCategory,
    /// What is happening.
    pub state: TraktSyncState,
    /// The state in a sentence.
    pub message: String,
    /// When it was last read to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<DateTime<Utc>>,
    /// When it is read next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<DateTime<Utc>>,
    /// Items that are known.
    pub done: i64,
    /// Items that there are, once Trakt has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// Requests of the last read.
    pub requests: i64,
    /// Removals that wait.
    pub held: i64,
}

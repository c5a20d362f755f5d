//! Reading from Trakt: what an import would do, and its progress.

use chrono::{DateTime, Utc};
use db::kinds::SyncCategory;
use serde::Serialize;
use utoipa::ToSchema;

use crate::trakt::FailureCode;

/// What an import would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktImport {
    /// What is on Trakt.
    pub counts: TraktCounts,
    /// Plays on Trakt that would be added here.
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
    /// What would happen to the collection, which is only sent to Trakt.
    pub collection: TraktForecast,
    /// Limits of the account that would be exceeded.
    pub limits: Vec<TraktImportLimit>,
    /// Warnings to review before importing.
    pub warnings: Vec<TraktImportWarning>,
}

/// A limit of the Trakt account that an import would exceed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktImportLimit {
    /// The category with the limit.
    pub category: SyncCategory,
    /// How many items Trakt allows in the account.
    pub limit: i64,
    /// How many items would exceed the limit and not be accepted.
    pub left: i64,
    /// The same in a sentence.
    pub message: String,
}

/// A warning to review before importing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktImportWarning {
    /// Its code.
    pub code: TraktImportWarningCode,
    /// What it means and what to do, in a sentence.
    pub message: String,
}

/// Warnings to review before importing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktImportWarningCode {
    /// Trakt itself imports plays from a Plex server.
    PlexSync,
}

/// What an import would do to a category other than plays.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TraktForecast {
    /// Items that would be added or changed here.
    pub add: i64,
    /// Items that would be sent to Trakt.
    pub push: i64,
}

/// What is on Trakt.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct TraktCounts {
    /// Watched movies.
    pub movies: i64,
    /// Watched episodes.
    pub episodes: i64,
    /// Plays of both, including rewatches.
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

/// The sync status of each category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSync {
    /// One for each category.
    pub categories: Vec<TraktSyncCategory>,
    /// Items that Trakt rejects and that are therefore not in sync.
    pub problems: Vec<TraktSyncProblem>,
    /// The account's request usage; absent if none is connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requests: Option<TraktRequests>,
}

/// The use of Trakt's rate limit in the current window, including requests by other apps of the account. Only read
/// requests are counted per window (currently five minutes); write requests are limited to one per second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktRequests {
    /// Requests in this window.
    pub used: i64,
    /// Requests that a window allows.
    pub limit: i64,
    /// When the window ends; absent if no requests were made in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resets_at: Option<DateTime<Utc>>,
}

/// Items of a category that Trakt does not accept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSyncProblem {
    /// The category of the items.
    pub category: SyncCategory,
    /// Why Trakt does not accept them, in a sentence.
    pub message: String,
    /// The code of the reason.
    pub code: FailureCode,
    /// How many items were not sent.
    pub left: i64,
}

/// The sync state of a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TraktSyncState {
    /// The user has not decided yet whether to import.
    Undecided,
    /// Being imported.
    Importing,
    /// Existing items on Trakt are being recorded, so that they are never imported.
    Skipping,
    /// In sync: changes are followed.
    Following,
    /// A check for changes is due. If Trakt's request limit is reached, `next` is when more requests are allowed.
    Due,
    /// Changes are followed; many removals wait for confirmation.
    Waiting,
    /// The import was cancelled; nothing is read.
    Cancelled,
    /// Switched off: nothing is read, and nothing is sent.
    Off,
}

/// The sync status of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktSyncCategory {
    /// The category.
    pub category: SyncCategory,
    /// Its state.
    pub state: TraktSyncState,
    /// The state in a sentence.
    pub message: String,
    /// When it was last read completely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<DateTime<Utc>>,
    /// When it is read next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<DateTime<Utc>>,
    /// The number of items known so far.
    pub done: i64,
    /// The total number of items, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// How many requests the last read took.
    pub requests: i64,
    /// The number of removals that wait for confirmation.
    pub held: i64,
}

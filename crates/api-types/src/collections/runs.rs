//! Runs of config files: progress, results, and removals that wait for confirmation.

use chrono::{DateTime, Utc};
use db::ids::{CollectionConfigId, CollectionId, CollectionPlanId, CollectionResultId, CollectionRunId};
use db::kinds::{CollectionPlanState, CollectionRunReason, CollectionRunState};
use serde::Serialize;
use utoipa::ToSchema;

use crate::title::TitleCard;

/// A phase of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CollectionRunPhase {
    /// Waiting for other runs.
    Queued,
    /// The file and its libraries are being read.
    Starting,
    /// Trakt's lists and charts are being read.
    Reading,
    /// Collections are being built.
    Building,
    /// Finished.
    Over,
}

/// The progress of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CollectionRunProgress {
    /// The file.
    #[schema(value_type = i64)]
    pub config_id: CollectionConfigId,
    /// Its ID in the history, once it has begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub run_id: Option<CollectionRunId>,
    /// Why it was started.
    pub reason: CollectionRunReason,
    /// The collection, for a run of a single one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collection: Option<String>,
    /// Its phase.
    pub phase: CollectionRunPhase,
    /// Lists read, or collections built.
    pub done: i64,
    /// The total, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The list that is being read, or the collection that was built.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current: Option<String>,
}

/// A run of a config file.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionRun {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionRunId,
    /// The file.
    #[schema(value_type = i64)]
    pub config_id: CollectionConfigId,
    /// Why it was started.
    pub reason: CollectionRunReason,
    /// Whether it is running, and how it ended.
    pub state: CollectionRunState,
    /// Problems of the run as a whole.
    pub problems: Vec<String>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<DateTime<Utc>>,
    /// The results of the collections, in order.
    pub results: Vec<CollectionResult>,
}

/// The result of a collection in a run.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionResult {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionResultId,
    /// The collection, if it exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub collection_id: Option<CollectionId>,
    /// The library's name in the file.
    pub library: String,
    /// The collection's name.
    pub name: String,
    /// The status in Kometa's terms, such as `Modified`.
    pub status: String,
    /// Whether something went wrong.
    pub failed: bool,
    /// Titles that were added.
    pub added: i32,
    /// Titles that were already in the collection and are kept.
    pub kept: i32,
    /// Titles that were removed.
    pub removed: i32,
    /// Titles missing from the library.
    pub missing: i32,
    /// Titles that were filtered out.
    pub filtered: i32,
    /// What went wrong.
    pub errors: Vec<String>,
    /// How long it took, in milliseconds.
    pub duration_ms: i64,
}

/// Removals from a collection that wait for confirmation.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CollectionPlan {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: CollectionPlanId,
    /// The file that defines the collection.
    #[schema(value_type = i64)]
    pub config_id: CollectionConfigId,
    /// The library's name in the file.
    pub library: String,
    /// The collection's name.
    pub name: String,
    /// The user's decision.
    pub state: CollectionPlanState,
    /// Whether the whole collection would be deleted.
    pub deletes: bool,
    /// Whether a manually created collection would be taken over.
    pub adopts: bool,
    /// How many titles would be kept.
    pub kept: i32,
    /// How many titles would be added.
    pub added: i32,
    /// How many titles would be removed.
    pub removed: i64,
    /// Why it needs confirmation.
    pub reasons: Vec<String>,
    /// When it was created.
    pub made_at: DateTime<Utc>,
    /// The titles that would be removed, if they are in the library.
    pub titles: Vec<TitleCard>,
    /// The affected Trakt list; absent if the collection here is affected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trakt_list: Option<String>,
    /// What would be removed from that list, or from a collection on another server.
    pub entries: Vec<ListedTitle>,
    /// Whether it is being carried out.
    pub applying: bool,
}

/// A title on a list on Trakt.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListedTitle {
    /// The name of the movie or show.
    pub title: String,
    /// The year of the movie or show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i64>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i64>,
}

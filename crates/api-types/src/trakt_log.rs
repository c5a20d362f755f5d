//! The sync log, and removals that wait for confirmation.

use chrono::{DateTime, Utc};
use db::ids::{SyncChangeId, SyncPlanId};
use db::kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat};
use serde::Serialize;
use utoipa::ToSchema;

use super::title::TitleCard;

/// Part of the sync log, newest first.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktLog {
    /// The changes.
    pub items: Vec<TraktLogItem>,
    /// The total number.
    pub total: i64,
}

/// A change made by syncing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktLogItem {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: SyncChangeId,
    /// The category of the changed item.
    pub category: SyncCategory,
    /// Which side changed.
    pub direction: SyncDirection,
    /// What happened.
    pub what: SyncWhat,
    /// Why it was changed.
    pub reason: SyncReason,
    /// The change in a sentence.
    pub message: String,
    /// The title; absent for a whole import.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// How many items were changed.
    pub count: i64,
    /// The item before the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub before: Option<serde_json::Value>,
    /// The item after the change.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub after: Option<serde_json::Value>,
    /// When the sync run that made the change began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run_at: Option<DateTime<Utc>>,
    /// When it was changed.
    pub changed_at: DateTime<Utc>,
    /// When it was undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undone_at: Option<DateTime<Utc>>,
    /// Whether it can be undone.
    pub can_undo: bool,
}

/// The result of undoing one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UndoneTraktRun {
    /// How many changes were undone.
    pub undone: i64,
    /// How many changes can no longer be undone and are kept.
    pub kept: i64,
}

/// A large number of removals that wait for confirmation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TraktPlan {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: SyncPlanId,
    /// The category of the items.
    pub category: SyncCategory,
    /// From Trakt: items would be removed here. To Trakt: items would be removed there.
    pub direction: SyncDirection,
    /// Whether the removals were confirmed and are being carried out.
    pub confirmed: bool,
    /// The plan in a sentence.
    pub message: String,
    /// When the removals were detected.
    pub made_at: DateTime<Utc>,
    /// How many items would be removed.
    pub items: i64,
    /// How many items of the category there are in total.
    pub total: i64,
}

/// Some of the items that would be removed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktPlanItems {
    /// The items.
    pub items: Vec<TraktPlanItem>,
    /// The total number.
    pub total: i64,
}

/// An item that would be removed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TraktPlanItem {
    /// The title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<TitleCard>,
    /// When it was watched (history only).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watched_at: Option<DateTime<Utc>>,
}

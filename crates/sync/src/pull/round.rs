//! A check of `/sync/last_activities`, and the categories that are compared with it.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    kinds::{SyncCategory, SyncState},
    rows::SyncCursor,
};
use trakt::models::LastActivities;

/// How often Trakt is checked for changes.
pub(super) const EVERY: TimeDelta = TimeDelta::minutes(5);
/// How often everything is compared, even if unchanged.
const FULL_EVERY: TimeDelta = TimeDelta::hours(24);

/// A check of what has changed on Trakt, for all followed categories.
pub(super) struct Round {
    /// When Trakt last changed each category.
    pub(super) activities: LastActivities,
    /// When the check was made.
    pub(super) began: DateTime<Utc>,
    /// The categories that are finished.
    pub(super) done: HashSet<SyncCategory>,
}

impl Round {
    pub(super) fn new(activities: LastActivities, began: DateTime<Utc>) -> Self {
        Self { activities, began, done: HashSet::new() }
    }

    /// Marks a category as finished.
    pub(super) fn finish(&mut self, category: SyncCategory) {
        self.done.insert(category);
    }

    /// Returns whether a category is compared regardless of what Trakt reports: for the first time, or because a day
    /// has passed.
    pub(super) fn is_full(&self, cursor: &SyncCursor) -> bool {
        let is_due = cursor.full_at.is_none_or(|full_at| self.began - full_at.0 >= FULL_EVERY);
        is_due || cursor.state != SyncState::Following
    }

    /// Returns when the next check is due. It is the same for all categories, so that one request serves all of them.
    pub(super) fn next_at(&self) -> DateTime<Utc> {
        self.began + EVERY
    }
}

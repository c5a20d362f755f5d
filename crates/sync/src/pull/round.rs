//! One look at `/sync/last_activities`, and the categories that are compared with it.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use db::{
    kinds::{SyncCategory, SyncState},
    rows::SyncCursor,
};
use trakt::models::LastActivities;

/// How often Trakt is checked for changes.
pub(super) const EVERY: TimeDelta = TimeDelta::minutes(5);
/// How often everything is compared, changed or not.
const FULL_EVERY: TimeDelta = TimeDelta::hours(24);

/// One look at what Trakt has changed, for every category that is followed.
pub(super) struct Round {
    /// When Trakt last changed each category.
    pub(super) activities: LastActivities,
    /// When it was asked.
    pub(super) began: DateTime<Utc>,
    /// The categories that need nothing more.
    pub(super) done: HashSet<SyncCategory>,
}

impl Round {
    pub(super) fn new(activities: LastActivities, began: DateTime<Utc>) -> Self {
        Self { activities, began, done: HashSet::new() }
    }

    /// Nothing more of this category is read.
    pub(super) fn finish(&mut self, category: SyncCategory) {
        self.done.insert(category);
    }

    /// Whether a category is compared whatever Trakt says of it: for the first time, or because a day has passed.
    pub(super) fn is_full(&self, cursor: &SyncCursor) -> bool {
        let is_due = cursor.full_at.is_none_or(|full_at| self.began - full_at.0 >= FULL_EVERY);
        is_due || cursor.state != SyncState::Following
    }

    /// When the next one is due. It is the same for every category, so that one request serves them all.
    pub(super) fn next_at(&self) -> DateTime<Utc> {
        self.began + EVERY
    }
}

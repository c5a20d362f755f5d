//! What Trakt rejects.

use db::{
    ids::UserId,
    kinds::{SyncCategory, SyncState},
    sync_cursors, trakt_accounts,
};
use serde::{Deserialize, Serialize};

use crate::{Engine, Result, account::profile, status::Failure};

/// Something that is out of sync because Trakt rejects it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncProblem {
    /// The affected category.
    pub category: SyncCategory,
    /// The reason.
    pub failure: Failure,
    /// The number of items that were not sent.
    pub left: usize,
}

/// The form stored in the cursor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Problem {
    pub(super) failure: Failure,
    pub(super) left: usize,
}

impl Engine {
    /// Returns what is out of sync because Trakt rejects it. Single failed messages are in the queue.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn sync_problems(&self, user_id: UserId) -> Result<Vec<SyncProblem>> {
        let db = &self.core.db;
        let stored = trakt_accounts::find(db, user_id).await?;
        let Some(account) = stored.as_ref().and_then(profile::slug) else { return Ok(Vec::new()) };
        let cursor = sync_cursors::find(db, user_id, account, SyncCategory::Collection).await?;
        let problem = cursor
            .filter(|cursor| cursor.state != SyncState::Cancelled)
            .and_then(|cursor| Problem::deserialize(&cursor.activity["problem"]).ok());
        let shown =
            |Problem { failure, left }| SyncProblem { category: SyncCategory::Collection, failure, left };
        Ok(problem.into_iter().map(shown).collect())
    }
}

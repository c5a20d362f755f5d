//! Trakt's recommendations for a user, as last read.

use std::collections::HashSet;

use db::{
    ids::{TitleId, UserId},
    kinds::{SyncCategory, SyncSwitch},
    preferences, recommendations, trakt_accounts,
};

use crate::{Engine, Result, account::profile, policy::Policy};

impl Engine {
    /// The movies and shows that Trakt recommends to a user, best first, without hidden ones. Empty if no account is
    /// connected or recommendations are switched off. Does not call Trakt.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn recommendations(&self, user_id: UserId) -> Result<Vec<TitleId>> {
        let db = &self.core.db;
        let stored = trakt_accounts::find(db, user_id).await?.filter(|stored| stored.token.is_some());
        let Some(account) = stored.as_ref().and_then(profile::slug) else { return Ok(Vec::new()) };
        if !Policy::of(db, user_id).await?.is_on(SyncSwitch::Recommendations) {
            return Ok(Vec::new());
        }
        let hidden = preferences::of_category(db, user_id, SyncCategory::Recommendations).await?;
        let hidden: HashSet<TitleId> =
            hidden.into_iter().filter(|row| row.value.is_some()).map(|row| row.title_id).collect();
        let recommended = recommendations::of_account(db, user_id, account).await?;
        Ok(recommended.into_iter().map(|row| row.title_id).filter(|id| !hidden.contains(id)).collect())
    }
}

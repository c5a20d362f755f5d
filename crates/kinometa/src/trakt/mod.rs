//! Trakt as the interface sees it: the application key, each person's connection, connecting, the queue.
//!
//! The work itself is done in the `sync` crate.

mod state;

use db::Db;

use crate::model::user::UserTrakt;

/// Trakt for the interface.
pub struct Trakt {
    db: Db,
}

impl Trakt {
    /// Trakt with what this database knows.
    pub fn new(db: Db) -> Self {
        Self { db }
    }

    /// A person's connection in one glance; none when there has never been one.
    pub async fn glance(&self, user_id: i64) -> db::Result<Option<UserTrakt>> {
        let account = db::trakt_accounts::find(&self.db, user_id).await?;
        Ok(account.map(|account| UserTrakt {
            state: state::of_account(account.state),
            username: account.username,
            avatar_url: account.avatar_url,
        }))
    }
}

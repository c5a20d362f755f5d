//! A user's connection to Trakt.

use db::ids::UserId;
use db::kinds::AccountState;
use db::outbox::Counts;
use db::rows::TraktAccount;
use sync::AccountStatus;

use super::{Trakt, TraktResult};

/// A user's connection to Trakt.
#[derive(Debug)]
pub struct Connection {
    /// The current state of the connection.
    pub status: AccountStatus,
    /// The account; `None` when the user is not connected.
    pub account: Option<TraktAccount>,
    /// Whether the user has ever connected.
    pub has_ever_connected: bool,
}

impl Connection {
    /// The account's user name on Trakt. It is empty in the database until it has been read from Trakt.
    pub fn username(&self) -> Option<&str> {
        self.account.as_ref()?.username.as_deref().filter(|name| !name.is_empty())
    }
}

impl Trakt {
    /// The user's connection.
    pub async fn connection(&self, user_id: UserId) -> TraktResult<Connection> {
        let account = db::trakt_accounts::find(&self.db, user_id).await?;
        Ok(Connection {
            has_ever_connected: account.is_some(),
            status: self.engine.account_status(user_id).await?,
            account: account.filter(|account| account.state != AccountState::Disconnected),
        })
    }

    /// The number of entries queued for the user's account.
    pub async fn queue_counts(&self, user_id: UserId) -> TraktResult<Counts> {
        Ok(db::outbox::counts(&self.db, user_id).await?)
    }

    /// Ends the connection. Deletes everything stored about it except the timeline, even if revoking the token at
    /// Trakt fails.
    pub async fn disconnect(&self, user_id: UserId) -> TraktResult<()> {
        if self.engine.account_status(user_id).await? != AccountStatus::Disconnected {
            self.engine.disconnect(user_id).await?;
        }
        Ok(())
    }
}

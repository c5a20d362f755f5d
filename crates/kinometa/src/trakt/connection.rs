//! A person's connection.

use db::ids::UserId;
use db::kinds::AccountState;
use db::outbox::Counts;
use db::rows::TraktAccount;
use sync::AccountStatus;

use super::{Trakt, TraktResult};

/// A user's connection to Trakt.
#[derive(Debug)]
pub struct Connection {
    /// How it stands.
    pub status: AccountStatus,
    /// The account; none when the person is not connected.
    pub account: Option<TraktAccount>,
    /// Whether the person has ever connected.
    pub was_made: bool,
}

impl Connection {
    /// The name of the account. It is empty in the database until Trakt has said whose account it is.
    pub fn username(&self) -> Option<&str> {
        self.account.as_ref()?.username.as_deref().filter(|name| !name.is_empty())
    }
}

impl Trakt {
    /// The connection of a person.
    pub async fn connection(&self, user_id: UserId) -> TraktResult<Connection> {
        let account = db::trakt_accounts::find(&self.db, user_id).await?;
        Ok(Connection {
            was_made: account.is_some(),
            status: self.engine.account_status(user_id).await?,
            account: account.filter(|account| account.state != AccountState::Disconnected),
        })
    }

    /// How much is queued for a person's account.
    pub async fn queue_counts(&self, user_id: UserId) -> TraktResult<Counts> {
        Ok(db::outbox::counts(&self.db, user_id).await?)
    }

    /// Ends the connection. Nothing of it is kept here but the timeline, whether Trakt could be told or not.
    pub async fn disconnect(&self, user_id: UserId) -> TraktResult<()> {
        if self.engine.account_status(user_id).await? != AccountStatus::Disconnected {
            self.engine.disconnect(user_id).await?;
        }
        Ok(())
    }
}

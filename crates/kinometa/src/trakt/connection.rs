//! A person's connection.

use db::ids::UserId;
use db::kinds::AccountState;
use db::rows::TraktAccount;
use sync::AccountStatus;

use super::{Trakt, TraktResult};
use crate::messages::trakt as messages;
use api_types::trakt::{TraktQueueCounts, TraktStatus};
use api_types::user::UserTrakt;

impl Trakt {
    /// The connection in full.
    pub async fn status(&self, user_id: UserId) -> TraktResult<TraktStatus> {
        let status = self.engine.account_status(user_id).await?;
        let account = db::trakt_accounts::find(&self.db, user_id).await?;
        let counts = db::outbox::counts(&self.db, user_id).await?;
        let (message, action) = messages::of_status(status);
        let mut shown = TraktStatus {
            state: messages::state(status),
            message,
            action,
            username: None,
            name: None,
            avatar_url: None,
            vip: None,
            connected_at: None,
            queue: TraktQueueCounts {
                pending: i64::try_from(counts.pending).unwrap_or(i64::MAX),
                failed: i64::try_from(counts.failed).unwrap_or(i64::MAX),
            },
        };
        if let Some(account) = account.filter(is_connected) {
            shown.username = account.username.filter(|name| is_known(name));
            shown.name = account.name;
            shown.avatar_url = account.avatar_url;
            shown.vip = Some(account.is_vip);
            shown.connected_at = account.connected_at.map(|at| at.0);
        }
        Ok(shown)
    }

    /// The connection in one glance; none when there has never been one.
    pub async fn glance(&self, user_id: UserId) -> TraktResult<Option<UserTrakt>> {
        let Some(account) = db::trakt_accounts::find(&self.db, user_id).await? else { return Ok(None) };
        let state = messages::state(self.engine.account_status(user_id).await?);
        let connected = is_connected(&account);
        Ok(Some(UserTrakt {
            state,
            username: account.username.filter(|name| connected && is_known(name)),
            avatar_url: account.avatar_url.filter(|_| connected),
        }))
    }

    /// Ends the connection. Whether Trakt heard of it or not, nothing is kept of it here but the timeline.
    pub async fn disconnect(&self, user_id: UserId) -> TraktResult<TraktStatus> {
        if self.engine.account_status(user_id).await? != AccountStatus::Disconnected {
            self.engine.disconnect(user_id).await?;
        }
        self.status(user_id).await
    }
}

/// The name is empty until Trakt has said whose account it is.
fn is_known(name: &str) -> bool {
    !name.is_empty()
}

fn is_connected(account: &TraktAccount) -> bool {
    account.state != AccountState::Disconnected
}

//! The loop that reads the lists of one user, alongside the loops of their account.

use std::time::Duration;

use chrono::{DateTime, Utc};
use clock::until;
use db::{ids::UserId, kinds::AccountState, lists, trakt_accounts};
use tokio_util::sync::CancellationToken;
use trakt::limits::Priority;

use super::refresh::refresh;
use crate::{
    Engine, Error, Result,
    account::{LEASE_RETRY, profile},
};

/// The maximum sleep of the loop: following a list does not wake it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The wait after an internal failure.
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// Reads the lists of a user whenever one is due, until `stop`. Dropping it during a call loses nothing.
pub(crate) async fn run(engine: &Engine, user_id: UserId, stop: &CancellationToken) {
    loop {
        let work = async {
            match engine.refresh_due_lists(user_id).await {
                Ok(Some(moment)) => until(engine.core.clock.now(), moment).min(LONGEST_SLEEP),
                Ok(None) | Err(Error::NotConfigured) => LONGEST_SLEEP,
                Err(error) => {
                    tracing::warn!(user_id = user_id.0, %error, "the lists could not be read");
                    AFTER_FAILURE
                }
            }
        };
        let rest = async { engine.core.clock.sleep(work.await).await };
        tokio::select! {
            () = stop.cancelled() => return,
            () = rest => {}
        }
    }
}

impl Engine {
    /// Reads all lists of a user that are due; returns when the next one is. The schedule does this
    /// automatically; this is for tests and the command line.
    pub async fn refresh_due_lists(&self, user_id: UserId) -> Result<Option<DateTime<Utc>>> {
        loop {
            let Some(row) = lists::next(&self.core.db, user_id).await? else { return Ok(None) };
            let now = self.core.clock.now();
            if row.next_at.0 > now {
                return Ok(Some(row.next_at.0));
            }
            let stored = trakt_accounts::find(&self.core.db, user_id).await?;
            let is_connected = stored.is_some_and(|account| {
                account.state == AccountState::Connected && profile::slug(&account).is_some()
            });
            if !is_connected {
                return Ok(None);
            }
            let account = self.core.accounts.get(user_id)?;
            if !account.hold_lease().await? {
                return Ok(Some(now + LEASE_RETRY));
            }
            refresh(self, &account.client.with_priority(Priority::Bulk), row).await?;
        }
    }
}

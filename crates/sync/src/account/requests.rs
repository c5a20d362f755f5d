//! How much of an account's request limit at Trakt is used up. Each node knows what Trakt reported to its own
//! client, which counts all requests of the account. These numbers are stored from time to time for the other
//! nodes and for the command line.

use chrono::{DateTime, Utc};
use db::{Conn, Db, Tx, ids::UserId, settings};
use serde::{Deserialize, Serialize};
use trakt::{
    Client,
    limits::{LONGEST_PAUSE, Lane, Usage},
};

use crate::{Engine, Result, account::profile};

/// The numbers as stored in the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredUsage {
    used: u32,
    limit: u32,
    resets_at: DateTime<Utc>,
}

impl Engine {
    /// How many requests of the current window are used up. These are reads, of which Trakt allows 500 in five
    /// minutes. `None` without a connected account whose profile is known.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn requests(&self, user_id: UserId) -> Result<Option<Usage>> {
        let stored = db::trakt_accounts::find(&self.core.db, user_id).await?;
        let is_known = stored.as_ref().is_some_and(|stored| stored.token.is_some());
        if !is_known || stored.as_ref().and_then(profile::slug).is_none() {
            return Ok(None);
        }
        let Ok(account) = self.core.accounts.get(user_id) else { return Ok(None) };
        let now = self.core.clock.now();
        let own = account.client.budget(Lane::Read).usage(now);
        Ok(Some(latest(own, stored_usage(&self.core.db, user_id).await?, now)))
    }

    /// Stores what this node's client knows, for the other nodes.
    pub(crate) async fn note_requests(&self, user_id: UserId) -> Result<()> {
        let account = self.core.accounts.get(user_id)?;
        let tx = self.core.db.begin().await?;
        note(&tx, user_id, &account.client, self.core.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Stores what this node's client knows.
pub(super) async fn note(tx: &Tx, user_id: UserId, client: &Client, now: DateTime<Utc>) -> Result<()> {
    let Usage { used, limit, resets_at } = client.budget(Lane::Read).usage(now);
    let Some(resets_at) = resets_at else { return Ok(()) };
    Ok(settings::put(tx, &key(user_id), &StoredUsage { used, limit, resets_at }).await?)
}

/// Deletes the stored numbers, because the account has changed or was disconnected.
pub(crate) async fn forget(tx: &Tx, user_id: UserId) -> Result<()> {
    settings::delete(tx, &key(user_id)).await?;
    Ok(())
}

async fn stored_usage(db: &Db, user_id: UserId) -> Result<Option<StoredUsage>> {
    Ok(settings::get(db as &dyn Conn, &key(user_id)).await?)
}

fn key(user_id: UserId) -> String {
    format!("trakt.requests.{user_id}")
}

/// Within one window, the larger number is the newer one. A window that ends later than is possible was stored
/// before the clock was set back.
fn latest(own: Usage, stored_usage: Option<StoredUsage>, now: DateTime<Utc>) -> Usage {
    let is_current = |stored_usage: &StoredUsage| {
        stored_usage.resets_at > now && stored_usage.resets_at <= clock::after(now, LONGEST_PAUSE)
    };
    match stored_usage.filter(is_current) {
        Some(StoredUsage { used, limit, resets_at }) if used > own.used => {
            Usage { used, limit, resets_at: Some(resets_at) }
        }
        Some(_) | None => own,
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::nothing_is_stored(None, 5)]
    #[case::another_node_has_read_more(Some((37, 180)), 37)]
    #[case::this_node_has_read_more(Some((3, 180)), 5)]
    #[case::the_window_is_over(Some((37, 0)), 5)]
    #[case::the_clock_was_set_back(Some((37, 86_400)), 5)]
    fn the_newest_number_of_the_current_window_is_used(
        #[case] written: Option<(u32, i64)>,
        #[case] used: u32,
    ) {
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let ends = |seconds| now + TimeDelta::seconds(seconds);
        let own = Usage { used: 5, limit: 500, resets_at: Some(ends(180)) };
        let stored_usage =
            written.map(|(used, seconds)| StoredUsage { used, limit: 500, resets_at: ends(seconds) });
        assert_eq!(latest(own, stored_usage, now).used, used);
    }
}

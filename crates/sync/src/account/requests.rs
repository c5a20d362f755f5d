//! How many of the requests that Trakt allows an account are used up. Each node knows what its own client was told, which
//! counts all requests of the account; now and then it is written down for the others and for the command line.

use chrono::{DateTime, Utc};
use db::{Conn, Db, Tx, ids::UserId, settings};
use serde::{Deserialize, Serialize};
use trakt::{
    Client,
    limits::{LONGEST_PAUSE, Lane, Usage},
};

use crate::{Engine, Result, account::profile};

/// As it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Noted {
    used: u32,
    limit: u32,
    resets_at: DateTime<Utc>,
}

impl Engine {
    /// How many requests of the current window are used up: reads, of which Trakt allows 500 in five minutes. None without
    /// a connected account that is known by name.
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
        Ok(Some(latest(own, noted(&self.core.db, user_id).await?, now)))
    }

    /// Writes down for the others what this node's client knows.
    pub(crate) async fn note_requests(&self, user_id: UserId) -> Result<()> {
        let account = self.core.accounts.get(user_id)?;
        let tx = self.core.db.begin().await?;
        note(&tx, user_id, &account.client, self.core.clock.now()).await?;
        Ok(tx.commit().await?)
    }
}

/// Writes down what this node's client knows.
pub(super) async fn note(tx: &Tx, user_id: UserId, client: &Client, now: DateTime<Utc>) -> Result<()> {
    let Usage { used, limit, resets_at } = client.budget(Lane::Read).usage(now);
    let Some(resets_at) = resets_at else { return Ok(()) };
    Ok(settings::put(tx, &key(user_id), &Noted { used, limit, resets_at }).await?)
}

/// The account has changed or been disconnected.
pub(crate) async fn forget(tx: &Tx, user_id: UserId) -> Result<()> {
    settings::delete(tx, &key(user_id)).await?;
    Ok(())
}

async fn noted(db: &Db, user_id: UserId) -> Result<Option<Noted>> {
    Ok(settings::get(db as &dyn Conn, &key(user_id)).await?)
}

fn key(user_id: UserId) -> String {
    format!("trakt.requests.{user_id}")
}

/// Within one window the larger number is the newer one. A window that ends later than any can was written down before the
/// clock was set back.
fn latest(own: Usage, noted: Option<Noted>, now: DateTime<Utc>) -> Usage {
    let is_current =
        |noted: &Noted| noted.resets_at > now && noted.resets_at <= clock::after(now, LONGEST_PAUSE);
    match noted.filter(is_current) {
        Some(Noted { used, limit, resets_at }) if used > own.used => {
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
    #[case::nothing_is_written_down(None, 5)]
    #[case::another_node_has_read_more(Some((37, 180)), 37)]
    #[case::this_node_has_read_more(Some((3, 180)), 5)]
    #[case::the_window_is_over(Some((37, 0)), 5)]
    #[case::the_clock_was_set_back(Some((37, 86_400)), 5)]
    fn the_newest_number_of_the_window_counts(#[case] written: Option<(u32, i64)>, #[case] used: u32) {
        let now = DateTime::from_timestamp(1_760_000_000, 0).unwrap();
        let ends = |seconds| now + TimeDelta::seconds(seconds);
        let own = Usage { used: 5, limit: 500, resets_at: Some(ends(180)) };
        let noted = written.map(|(used, seconds)| Noted { used, limit: 500, resets_at: ends(seconds) });
        assert_eq!(latest(own, noted, now).used, used);
    }
}

//! The lease of an account: of all nodes on one database, one at a time works on an account.

use chrono::{DateTime, TimeDelta, Utc};
use db::{Db, Millis, ids::UserId, leases, outbox};

use super::Account;
use crate::Result;

/// Longer than a step can take: a call waits 10 s for its budget and 25 s for its answer, and a step makes two or three.
const LEASE: TimeDelta = TimeDelta::seconds(180);
/// How soon another node's lease is asked for again.
pub(crate) const LEASE_RETRY: TimeDelta = TimeDelta::seconds(30);

impl Account {
    /// Takes or extends the lease; false when another node has it. Whoever holds it is alone, so messages that are in
    /// flight now belong to a process that died: whether they arrived is unknown.
    pub(crate) async fn take_lease(&self, now: DateTime<Utc>) -> Result<bool> {
        let tx = self.db.begin().await?;
        let until = Millis::from(now + LEASE);
        if !leases::acquire(&tx, &name(self.user_id), &self.node, until, Millis::from(now)).await? {
            return Ok(false);
        }
        let lost = outbox::recover(&tx, self.user_id, Millis::from(now)).await?;
        tx.commit().await?;
        if lost > 0 {
            tracing::info!(user_id = self.user_id.0, lost, "messages were in flight when their sender died");
        }
        Ok(true)
    }
}

/// Gives the lease back, if this node has it.
pub(crate) async fn release_lease(db: &Db, node: &str, user_id: UserId) -> Result<()> {
    let tx = db.begin().await?;
    leases::release(&tx, &name(user_id), node).await?;
    Ok(tx.commit().await?)
}

fn name(user_id: UserId) -> String {
    format!("trakt/{user_id}")
}

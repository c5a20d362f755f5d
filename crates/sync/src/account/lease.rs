//! The lease of an account: only one of the nodes on a database works on an account at a time.

use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use clock::Deadline;
use db::{
    Db, Millis, Tx,
    ids::UserId,
    leases::{self, Hold},
    outbox::{self, Lane},
};

use super::{Account, backoff};
use crate::{Result, outbox::SETTLE};

/// How long a lease lasts without being extended. Its holder extends it with every step of work and with every
/// round in [`schedule`](crate::schedule). If a node dies, another takes over within a minute.
pub(crate) const LEASE: TimeDelta = TimeDelta::seconds(40);
/// How soon another node's lease is checked again.
pub(crate) const LEASE_RETRY: TimeDelta = TimeDelta::seconds(10);
/// The prefix of these leases' names.
const PREFIX: &str = "trakt/";

/// What this node knows about the lease of an account.
#[derive(Debug, Default)]
pub(super) struct LeaseState(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// The epoch in which this node holds it.
    epoch: Option<i64>,
    /// The last seen lease of another node, and until when it must change to belong to a live node.
    other: Option<(Hold, Deadline)>,
}

impl Account {
    /// Acquires or extends the lease; returns false if another node has it. Only the holder works on the lane,
    /// so messages of the lane that are still marked as in flight belong to a process that died: whether they
    /// arrived is unknown.
    pub(crate) async fn take_lease(&self, lane: Lane) -> Result<bool> {
        let now = self.clock.now();
        let at = Millis::from(now);
        let tx = self.db.begin().await?;
        if !self.hold(&tx, at).await? {
            tx.commit().await?;
            return Ok(false);
        }
        let lost = outbox::recover(&tx, self.user_id, lane, at).await?;
        let longest = Millis::from(now + backoff::LONGEST_WAIT);
        outbox::catch_up(&tx, self.user_id, at, longest, Millis::from(now + SETTLE)).await?;
        tx.commit().await?;
        if lost > 0 {
            tracing::info!(
                user_id = self.user_id.0,
                lost,
                "requests to Trakt were in flight when the server that sent them stopped"
            );
        }
        Ok(true)
    }

    /// Acquires or extends the lease for reading; returns false if another node has it.
    pub(crate) async fn hold_lease(&self) -> Result<bool> {
        let tx = self.db.begin().await?;
        let held = self.hold(&tx, Millis::from(self.clock.now())).await?;
        tx.commit().await?;
        Ok(held)
    }

    async fn hold(&self, tx: &Tx, now: Millis) -> Result<bool> {
        let expired = self.expired();
        let hold = leases::hold(tx, &name(self.user_id), &self.node, LEASE, expired, now).await?;
        self.note(hold);
        Ok(matches!(hold, Hold::Held(_)))
    }

    /// Begins a transaction that claims messages; `None` if another node has taken over. No node can take over
    /// during the transaction.
    pub(crate) async fn begin_claim(&self) -> Result<Option<Tx>> {
        let Some(epoch) = self.lease.lock().epoch else { return Ok(None) };
        let tx = self.db.begin().await?;
        let held = leases::is_held(&tx, &name(self.user_id), &self.node, epoch).await?;
        Ok(held.then_some(tx))
    }

    /// The lease of another node that has expired: it was not extended for longer than leases last.
    fn expired(&self) -> Option<Hold> {
        let (seen, until) = self.lease.lock().other?;
        until.left(&*self.clock).is_zero().then_some(seen)
    }

    fn note(&self, hold: Hold) {
        let mut known = self.lease.lock();
        match hold {
            Hold::Held(epoch) => *known = Known { epoch: Some(epoch), other: None },
            Hold::Taken { .. } if known.other.is_some_and(|(seen, _)| seen == hold) => known.epoch = None,
            Hold::Taken { .. } => {
                let patience = LEASE.to_std().unwrap_or_default();
                let until = Deadline::after(&*self.clock, patience);
                *known = Known { epoch: None, other: Some((hold, until)) };
            }
        }
    }
}

impl LeaseState {
    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Extends the leases that this node has.
pub(crate) async fn extend_leases(db: &Db, node: &str, now: Millis) -> Result<()> {
    let tx = db.begin().await?;
    leases::extend_all(&tx, PREFIX, node, LEASE, now).await?;
    Ok(tx.commit().await?)
}

/// Releases the lease, if this node has it.
pub(crate) async fn release_lease(db: &Db, node: &str, user_id: UserId) -> Result<()> {
    let tx = db.begin().await?;
    leases::give_back(&tx, &name(user_id), node).await?;
    Ok(tx.commit().await?)
}

fn name(user_id: UserId) -> String {
    format!("{PREFIX}{user_id}")
}

//! One scan of a library at a time, also when several servers share the database.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use clock::Clock;
use db::Db;
use db::ids::LibraryId;

/// A server that was killed holds its lease for this long at most.
const HELD: TimeDelta = TimeDelta::seconds(10);
/// How often it is extended, or tried for.
const EVERY: Duration = Duration::from_secs(2);

/// The right to scan a library.
pub(super) struct ScanLease {
    db: Db,
    clock: Arc<dyn Clock>,
    name: String,
    holder: String,
}

impl ScanLease {
    /// Of a library, for the server of this name: one that was killed and comes back under its name takes it up.
    pub(super) fn new(db: Db, clock: Arc<dyn Clock>, library_id: LibraryId, server: &str) -> Self {
        Self { db, clock, name: format!("scan/{library_id}"), holder: server.to_owned() }
    }

    /// Waits until no other server scans the library.
    pub(super) async fn wait(&self) -> db::Result<()> {
        while !self.take().await? {
            self.clock.sleep(EVERY).await;
        }
        Ok(())
    }

    /// Keeps it for as long as this is polled. A scan that lost its lease goes on: two of them are a waste, no harm.
    pub(super) async fn keep(&self) -> std::convert::Infallible {
        loop {
            self.clock.sleep(EVERY).await;
            if let Err(error) = self.take().await {
                tracing::debug!(%error, "the lease could not be extended");
            }
        }
    }

    /// Lets others scan.
    pub(super) async fn give_back(&self) {
        let release = async {
            let tx = self.db.begin().await?;
            db::leases::release(&tx, &self.name, &self.holder).await?;
            tx.commit().await
        };
        if let Err(error) = release.await {
            tracing::debug!(%error, "the lease ends by itself in a moment");
        }
    }

    async fn take(&self) -> db::Result<bool> {
        let now = self.clock.now();
        let tx = self.db.begin().await?;
        let taken =
            db::leases::acquire(&tx, &self.name, &self.holder, (now + HELD).into(), now.into()).await?;
        tx.commit().await?;
        Ok(taken)
    }
}

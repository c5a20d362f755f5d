//! The lease that keeps several servers on one database from scanning a library at the same time.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use clock::Clock;
use db::Db;
use db::ids::LibraryId;

/// Time until the lease of a killed server expires.
const HELD: TimeDelta = TimeDelta::seconds(10);
/// How often the lease is renewed, or tried to be acquired.
const EVERY: Duration = Duration::from_secs(2);

/// The right to scan a library.
pub(super) struct ScanLease {
    db: Db,
    clock: Arc<dyn Clock>,
    name: String,
    holder: String,
}

impl ScanLease {
    /// The lease of a library for the server of this name. A killed server that restarts under its name still
    /// holds it.
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

    /// Renews the lease for as long as this is polled. A scan that lost its lease continues: two scans at
    /// once waste time but do no harm.
    pub(super) async fn keep(&self) -> std::convert::Infallible {
        loop {
            self.clock.sleep(EVERY).await;
            if let Err(error) = self.take().await {
                tracing::debug!(%error, "scan lease could not be renewed");
            }
        }
    }

    /// Releases the lease.
    pub(super) async fn release(&self) {
        let released = async {
            let tx = self.db.begin().await?;
            db::leases::release(&tx, &self.name, &self.holder).await?;
            tx.commit().await
        };
        if let Err(error) = released.await {
            tracing::debug!(%error, "scan lease could not be released; it expires soon");
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

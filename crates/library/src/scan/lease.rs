//! The lease that keeps several servers on one database from scanning a library at the same time.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use clock::Clock;
use db::Db;
use db::ids::LibraryId;

/// Time until the lease of a killed server expires.
const DURATION: TimeDelta = TimeDelta::seconds(10);
/// Interval of attempts to acquire or renew the lease.
const INTERVAL: Duration = Duration::from_secs(2);

/// The right to scan a library.
pub(super) struct ScanLease {
    db: Db,
    clock: Arc<dyn Clock>,
    name: String,
    holder: String,
}

impl ScanLease {
    /// The lease of a library for the server `server`. A killed server still holds it after a restart under
    /// the same name.
    pub(super) fn new(db: Db, clock: Arc<dyn Clock>, library_id: LibraryId, server: &str) -> Self {
        Self { db, clock, name: format!("scan/{library_id}"), holder: server.to_owned() }
    }

    /// Waits until no other server scans the library.
    pub(super) async fn wait(&self) -> db::Result<()> {
        while !self.take().await? {
            self.clock.sleep(INTERVAL).await;
        }
        Ok(())
    }

    /// Renews the lease as long as this is polled. A scan that lost its lease continues, because two
    /// simultaneous scans waste time but do no harm.
    pub(super) async fn keep(&self) -> std::convert::Infallible {
        loop {
            self.clock.sleep(INTERVAL).await;
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
            db::leases::acquire(&tx, &self.name, &self.holder, (now + DURATION).into(), now.into()).await?;
        tx.commit().await?;
        Ok(taken)
    }
}

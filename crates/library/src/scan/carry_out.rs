//! Runs one scan while holding its lease, and reports progress and outcome.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use db::rows::Library;
use futures::FutureExt as _;
use tokio::sync::watch;

use super::lease::ScanLease;
use super::progress::Progress;
use super::run::{Ending, Scan};
use super::{Handle, RegisteredScan, Scanner};
use model::scan::{IncompleteScan, ScanPhase};

/// How often progress is published.
const PUBLISH_EVERY: Duration = Duration::from_millis(500);

impl Scanner {
    /// Runs a scan. Returns the next scan if one was requested in the meantime.
    pub(super) async fn carry_out(
        &self,
        library: Library,
        handle: Handle,
        end: watch::Sender<bool>,
    ) -> Option<RegisteredScan> {
        let library_id = library.id;
        let name = library.name.clone();
        tracing::info!(library = name, "scan started");
        self.publish(&handle.progress);
        let scan = Scan {
            db: self.inner.db.clone(),
            clock: Arc::clone(&self.inner.clock),
            library,
            progress: Arc::clone(&handle.progress),
            stop: handle.stop.clone(),
            ffprobe: self.inner.ffprobe.clone(),
            written: self.after_write(),
        };
        let lease = ScanLease::new(
            self.inner.db.clone(),
            Arc::clone(&self.inner.clock),
            library_id,
            &self.inner.node,
        );
        // Catch panics, because otherwise the scan would appear to be running forever.
        let result = tokio::select! {
            result = AssertUnwindSafe(scan_under_lease(&lease, &scan)).catch_unwind() => result,
            never = self.publish_periodically(&handle.progress) => match never {},
            never = lease.keep() => match never {},
        };
        lease.release().await;
        let (phase, incomplete) = outcome(&name, result);
        // Reload the catalogue first, so that the titles are there when clients see that the scan has ended.
        self.inner.catalogue.library_changed();
        self.inner.catalogue.refreshed().await;
        handle.progress.finish(phase, incomplete, self.inner.clock.now());
        let status = handle.progress.status(self.inner.clock.now());
        tracing::info!(library = name, ?phase, added = status.added, updated = status.updated, "scan ended");
        self.inner.new_work.notify_one();
        let library = db::libraries::find(&self.inner.db, library_id).await.ok().flatten();
        let next = {
            // `start` takes this lock, too, so a request is either seen here or starts a scan itself.
            let mut scans = self.scans();
            // If the scan was stopped on request, another scan requested in the meantime is not started.
            let again = handle.again.load(Ordering::SeqCst) && !handle.stop.is_cancelled();
            let next = library.filter(|_| again).map(|library| {
                let (handle, end) = self.register(&mut scans, library_id);
                (library, handle, end)
            });
            let _ = end.send(true);
            next
        };
        self.publish(&handle.progress);
        next
    }

    /// Invalidates the catalogue after commits, at most once a second.
    fn after_write(&self) -> Arc<dyn Fn() + Send + Sync> {
        let (catalogue, clock) = (self.inner.catalogue.clone(), Arc::clone(&self.inner.clock));
        let last = Mutex::new(clock.now());
        Arc::new(move || {
            let now = clock.now();
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if now - *last >= chrono::TimeDelta::seconds(1) {
                *last = now;
                catalogue.library_changed();
            }
        })
    }

    async fn publish_periodically(&self, progress: &Progress) -> std::convert::Infallible {
        loop {
            self.inner.clock.sleep(PUBLISH_EVERY).await;
            self.publish(progress);
        }
    }
}

/// Waits for the lease and then scans.
async fn scan_under_lease(lease: &ScanLease, scan: &Scan) -> db::Result<Ending> {
    tokio::select! {
        () = scan.stop.cancelled() => return Ok(Ending::Stopped),
        waited = lease.wait() => waited?,
    }
    scan.run().await
}

/// The final phase of a scan, and why it is incomplete.
fn outcome(
    library: &str,
    result: Result<db::Result<Ending>, Box<dyn Any + Send>>,
) -> (ScanPhase, Option<IncompleteScan>) {
    match result {
        Ok(Ok(Ending::Complete)) => (ScanPhase::Done, None),
        Ok(Ok(Ending::Stopped)) => (ScanPhase::Stopped, Some(IncompleteScan::Stopped)),
        Ok(Ok(Ending::Unavailable { reason, path })) => {
            (ScanPhase::Failed, Some(IncompleteScan::Unavailable { reason, path }))
        }
        Ok(Err(error)) => {
            tracing::error!(library, %error, "scan failed: database error");
            (ScanPhase::Failed, Some(IncompleteScan::Database))
        }
        Err(_) => {
            tracing::error!(library, "scan panicked; the lines above have the location, please report it");
            (ScanPhase::Failed, Some(IncompleteScan::Panicked))
        }
    }
}

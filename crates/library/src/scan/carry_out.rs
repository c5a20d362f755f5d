//! One scan from its start to the word about its end, whatever that is.

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
use super::{Begun, Handle, Scanner};
use model::scan::ScanPhase;

/// How often the progress of a scan is told.
const TELL_EVERY: Duration = Duration::from_millis(500);

impl Scanner {
    /// Runs a scan. The answer is the one that has to follow it.
    pub(super) async fn carry_out(
        &self,
        library: Library,
        handle: Handle,
        end: watch::Sender<bool>,
    ) -> Option<Begun> {
        let library_id = library.id;
        let name = library.name.clone();
        tracing::info!(library = name, "scan started");
        self.tell(&handle.progress);
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
        // A scan that breaks off must not look as if it were under way for ever.
        let result = tokio::select! {
            result = AssertUnwindSafe(in_turn(&lease, &scan)).catch_unwind() => result,
            never = self.tell_now_and_then(&handle.progress) => match never {},
            never = lease.keep() => match never {},
        };
        lease.give_back().await;
        let (phase, message) = outcome(&name, result);
        handle.progress.finish(phase, message, self.inner.clock.now());
        let status = handle.progress.status(self.inner.clock.now());
        tracing::info!(library = name, ?phase, added = status.added, updated = status.updated, "scan ended");
        self.inner.catalogue.library_changed();
        self.inner.new_work.notify_one();
        let library = db::libraries::find(&self.inner.db, library_id).await.ok().flatten();
        let next = {
            // Whoever asks for another scan does so under this lock: either it is seen here, or it starts one itself.
            let mut scans = self.scans();
            // Who stopped a scan does not want another because a file changed meanwhile.
            let again = handle.again.load(Ordering::SeqCst) && !handle.stop.is_cancelled();
            let next = library.filter(|_| again).map(|library| {
                let (handle, end) = self.begin(&mut scans, library_id);
                (library, handle, end)
            });
            let _ = end.send(true);
            next
        };
        self.tell(&handle.progress);
        next
    }

    /// The catalogue may be read again after every commit, but not more often than people can look.
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

    async fn tell_now_and_then(&self, progress: &Progress) -> std::convert::Infallible {
        loop {
            self.inner.clock.sleep(TELL_EVERY).await;
            self.tell(progress);
        }
    }
}

/// Scans once no other server does.
async fn in_turn(lease: &ScanLease, scan: &Scan) -> db::Result<Ending> {
    tokio::select! {
        () = scan.stop.cancelled() => return Ok(Ending::Stopped),
        waited = lease.wait() => waited?,
    }
    scan.run().await
}

/// How a scan ended, for people.
fn outcome(
    library: &str,
    result: Result<db::Result<Ending>, Box<dyn Any + Send>>,
) -> (ScanPhase, Option<String>) {
    let message = match result {
        Ok(Ok(Ending::Complete)) => return (ScanPhase::Done, None),
        Ok(Ok(Ending::Stopped)) => return (ScanPhase::Stopped, Some("The scan was stopped.".to_owned())),
        Ok(Ok(Ending::Unavailable(message))) => message,
        Ok(Err(error)) => {
            tracing::error!(library, %error, "scan failed");
            "The database failed during the scan. The log has the details.".to_owned()
        }
        Err(_) => {
            tracing::error!(library, "scan broke off; the lines above say where. Please report this");
            "The scan broke off by a defect in Kinometa. The log has the details.".to_owned()
        }
    };
    (ScanPhase::Failed, Some(message))
}

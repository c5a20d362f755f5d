//! Scans of libraries. At most one per library runs at a time; each reports progress and can be stopped at
//! any time.

mod batches;
mod carry_out;
mod compared;
mod content_problem;
mod describe;
mod episodes;
mod file_row;
mod findings;
mod lease;
mod listing;
mod pictures;
mod progress;
mod run;
mod scanned_file;
mod store;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;
use clock::Clock;
use db::Db;
use db::ids::LibraryId;
use db::rows::Library;
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use catalogue::Catalogue;
pub(crate) use listing::MAX_IMAGE;
use model::events::{Event, Events};
use model::scan::ScanStatus;
use progress::Progress;

/// Runs scans; cheap to clone.
#[derive(Clone)]
pub struct Scanner {
    inner: Arc<Inner>,
}

struct Inner {
    db: Db,
    clock: Arc<dyn Clock>,
    events: Events,
    catalogue: Catalogue,
    tasks: TaskTracker,
    stopping: CancellationToken,
    ffprobe: Option<PathBuf>,
    /// Notified after every scan; the matching worker waits for it.
    new_work: Arc<Notify>,
    /// Name of this server among the servers that share the database.
    node: String,
    /// The running or last scan of each library.
    scans: Mutex<HashMap<LibraryId, Handle>>,
}

#[derive(Clone)]
struct Handle {
    progress: Arc<Progress>,
    stop: CancellationToken,
    /// Becomes true when the scan ends.
    ended: watch::Receiver<bool>,
    /// Whether another scan was requested while this one was running.
    again: Arc<AtomicBool>,
}

/// A registered scan that has not run yet.
type RegisteredScan = (Library, Handle, watch::Sender<bool>);

/// The dependencies of a scanner.
pub struct Tools {
    /// The database.
    pub db: Db,
    /// Source of the current time.
    pub clock: Arc<dyn Clock>,
    /// Where progress is published.
    pub events: Events,
    /// Invalidated when rows change.
    pub catalogue: Catalogue,
    /// Runs the scans.
    pub tasks: TaskTracker,
    /// Cancelled when the server stops.
    pub stopping: CancellationToken,
    /// Path of ffprobe, for containers that are not read in process.
    pub ffprobe: Option<PathBuf>,
    /// Notified after every scan.
    pub new_work: Arc<Notify>,
    /// Name of this server among the servers that share the database.
    pub node: String,
}

impl Scanner {
    /// Creates a scanner without running scans.
    pub fn new(tools: Tools) -> Self {
        let Tools { db, clock, events, catalogue, tasks, stopping, ffprobe, new_work, node } = tools;
        let scans = Mutex::default();
        Self {
            inner: Arc::new(Inner {
                db,
                clock,
                events,
                catalogue,
                tasks,
                stopping,
                ffprobe,
                new_work,
                node,
                scans,
            }),
        }
    }

    /// Starts a scan. If one is already running, another scan follows it, so that no change is missed.
    ///
    /// # Errors
    /// When the library does not exist or the database fails.
    pub async fn start(&self, library_id: LibraryId) -> db::Result<ScanStatus> {
        let library =
            db::libraries::find(&self.inner.db, library_id).await?.ok_or(db::Error::NotFound("library"))?;
        let now = self.inner.clock.now();
        let mut scans = self.scans();
        if let Some(running) = scans.get(&library_id).filter(|handle| !*handle.ended.borrow()) {
            running.again.store(true, Ordering::SeqCst);
            return Ok(running.progress.status(now));
        }
        let (handle, end) = self.register(&mut scans, library_id);
        drop(scans);
        let status = handle.progress.status(now);
        let scanner = self.clone();
        self.inner.tasks.spawn(async move {
            let mut next = Some((library, handle, end));
            while let Some((library, handle, end)) = next {
                next = scanner.carry_out(library, handle, end).await;
            }
        });
        Ok(status)
    }

    fn register(
        &self,
        scans: &mut HashMap<LibraryId, Handle>,
        library_id: LibraryId,
    ) -> (Handle, watch::Sender<bool>) {
        let (end, ended) = watch::channel(false);
        let handle = Handle {
            progress: Arc::new(Progress::new(library_id, self.inner.clock.now())),
            stop: self.inner.stopping.child_token(),
            ended,
            again: Arc::default(),
        };
        scans.insert(library_id, handle.clone());
        (handle, end)
    }

    /// Stops the running scan, if any, and waits for its end.
    pub async fn stop(&self, library_id: LibraryId) {
        let handle = self.scans().get(&library_id).cloned();
        if let Some(mut handle) = handle {
            handle.again.store(false, Ordering::SeqCst);
            handle.stop.cancel();
            let _ = handle.ended.wait_for(|ended| *ended).await;
        }
    }

    /// Runs a scan that begins after this call, and waits for its end.
    ///
    /// # Errors
    /// When the library does not exist or the database fails.
    pub async fn run(&self, library_id: LibraryId) -> db::Result<ScanStatus> {
        self.start(library_id).await?;
        let current = || self.scans().get(&library_id).cloned().ok_or(db::Error::NotFound("scan"));
        let mut handle = current()?;
        loop {
            let _ = handle.ended.wait_for(|ended| *ended).await;
            // If a scan was already running, the requested one follows it and is awaited as well.
            let latest = current()?;
            if Arc::ptr_eq(&latest.progress, &handle.progress) {
                return Ok(latest.progress.status(self.inner.clock.now()));
            }
            handle = latest;
        }
    }

    /// Stops and forgets the scans of a deleted library.
    pub async fn forget(&self, library_id: LibraryId) {
        self.stop(library_id).await;
        self.scans().remove(&library_id);
    }

    /// Whether a scan of the library is running.
    pub fn is_running(&self, library_id: LibraryId) -> bool {
        self.scans().get(&library_id).is_some_and(|handle| !*handle.ended.borrow())
    }

    /// Duration of the running or last scan of the library.
    pub fn last_duration(&self, library_id: LibraryId) -> TimeDelta {
        let now = self.inner.clock.now();
        self.scans().get(&library_id).map_or(TimeDelta::zero(), |handle| handle.progress.duration(now))
    }

    /// Whether the last scan of the library found a file that is still being copied.
    pub fn found_unfinished_copy(&self, library_id: LibraryId) -> bool {
        self.scans().get(&library_id).is_some_and(|handle| handle.progress.has_unfinished_copy())
    }

    /// The running or last scan of every library, sorted by library.
    pub fn list(&self) -> Vec<ScanStatus> {
        let now = self.inner.clock.now();
        let mut all: Vec<ScanStatus> =
            self.scans().values().map(|handle| handle.progress.status(now)).collect();
        all.sort_by_key(|status| status.library_id);
        all
    }

    fn publish(&self, progress: &Progress) {
        let status = progress.status(self.inner.clock.now());
        self.inner.events.send(Event::Scan(status));
    }

    fn scans(&self) -> MutexGuard<'_, HashMap<LibraryId, Handle>> {
        self.inner.scans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Scans: at most one per library at a time, each with its progress, stoppable at any moment.

mod batches;
mod carry_out;
mod compared;
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
    /// Rung after every scan that wrote something: the matcher waits for it.
    new_work: Arc<Notify>,
    /// The name of this server among those on one database.
    node: String,
    /// The scan under way or the last one, per library.
    scans: Mutex<HashMap<LibraryId, Handle>>,
}

#[derive(Clone)]
struct Handle {
    progress: Arc<Progress>,
    stop: CancellationToken,
    /// Becomes true at the end.
    ended: watch::Receiver<bool>,
    /// Somebody asked for another scan while this one was running.
    again: Arc<AtomicBool>,
}

/// A scan that may run.
type Begun = (Library, Handle, watch::Sender<bool>);

/// What a scanner works with.
pub struct Tools {
    /// Database.
    pub db: Db,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Live updates.
    pub events: Events,
    /// The library in memory.
    pub catalogue: Catalogue,
    /// Where scans run.
    pub tasks: TaskTracker,
    /// Cancelled when the server stops.
    pub stopping: CancellationToken,
    /// The program for unusual containers.
    pub ffprobe: Option<PathBuf>,
    /// Rung after every scan.
    pub new_work: Arc<Notify>,
    /// The name of this server among those on one database.
    pub node: String,
}

impl Scanner {
    /// A scanner.
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

    /// Starts a scan, or joins the one under way. A change noticed meanwhile has another one follow.
    ///
    /// # Errors
    /// When the library is not there or the database fails.
    pub async fn start(&self, library_id: LibraryId) -> db::Result<ScanStatus> {
        let library =
            db::libraries::find(&self.inner.db, library_id).await?.ok_or(db::Error::NotFound("library"))?;
        let now = self.inner.clock.now();
        let mut scans = self.scans();
        if let Some(running) = scans.get(&library_id).filter(|handle| !*handle.ended.borrow()) {
            running.again.store(true, Ordering::SeqCst);
            return Ok(running.progress.status(now));
        }
        let (handle, end) = self.begin(&mut scans, library_id);
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

    fn begin(
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

    /// Stops the scan under way, if there is one, and waits for its end.
    pub async fn stop(&self, library_id: LibraryId) {
        let handle = self.scans().get(&library_id).cloned();
        if let Some(mut handle) = handle {
            handle.again.store(false, Ordering::SeqCst);
            handle.stop.cancel();
            let _ = handle.ended.wait_for(|ended| *ended).await;
        }
    }

    /// Runs a scan that begins now or later, to its end.
    ///
    /// # Errors
    /// When the library is not there or the database fails.
    pub async fn run(&self, library_id: LibraryId) -> db::Result<ScanStatus> {
        self.start(library_id).await?;
        let current = || self.scans().get(&library_id).cloned().ok_or(db::Error::NotFound("scan"));
        let mut handle = current()?;
        loop {
            let _ = handle.ended.wait_for(|ended| *ended).await;
            // The scan that was under way may have begun before the change that this one is about.
            let latest = current()?;
            if Arc::ptr_eq(&latest.progress, &handle.progress) {
                return Ok(latest.progress.status(self.inner.clock.now()));
            }
            handle = latest;
        }
    }

    /// Forgets a library that is gone.
    pub async fn forget(&self, library_id: LibraryId) {
        self.stop(library_id).await;
        self.scans().remove(&library_id);
    }

    /// Whether a scan of the library is under way.
    pub fn is_running(&self, library_id: LibraryId) -> bool {
        self.scans().get(&library_id).is_some_and(|handle| !*handle.ended.borrow())
    }

    /// How long the last scan of the library took.
    pub fn last_took(&self, library_id: LibraryId) -> TimeDelta {
        let now = self.inner.clock.now();
        self.scans().get(&library_id).map_or(TimeDelta::zero(), |handle| handle.progress.took(now))
    }

    /// Whether the last scan of the library came by a file that is being copied.
    pub fn saw_copying(&self, library_id: LibraryId) -> bool {
        self.scans().get(&library_id).is_some_and(|handle| handle.progress.has_copying())
    }

    /// Scans under way and the last one of every other library, by library.
    pub fn list(&self) -> Vec<ScanStatus> {
        let now = self.inner.clock.now();
        let mut all: Vec<ScanStatus> =
            self.scans().values().map(|handle| handle.progress.status(now)).collect();
        all.sort_by_key(|status| status.library_id);
        all
    }

    fn tell(&self, progress: &Progress) {
        let status = progress.status(self.inner.clock.now());
        self.inner.events.send(Event::Scan(status));
    }

    fn scans(&self) -> MutexGuard<'_, HashMap<LibraryId, Handle>> {
        self.inner.scans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

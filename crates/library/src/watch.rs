//! Watches the library folders and starts scans.
//!
//! A library is scanned when its folder has had no changes for a moment; unchanged files cost almost nothing.
//! All libraries are also scanned periodically, more often if their changes are not reported (network shares,
//! no watches left). This also finds disks that were mounted again.

mod due;
mod folders;
mod mounts;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use db::Db;
use db::ids::LibraryId;
use db::kinds::LibraryState;
use db::rows::Library;
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use super::scan::Scanner;
use due::Waiting;
use folders::{Change, Folders};

/// How often libraries with changes are checked for being due.
const CHECK_QUIET_EVERY: Duration = Duration::from_millis(500);
/// How often mounts and periodic scans are checked.
const CHECK_DUE_EVERY: Duration = Duration::from_secs(30);
/// Scan interval of libraries whose changes are reported.
const PERIOD: TimeDelta = TimeDelta::hours(6);
/// Scan interval of libraries whose changes are not reported.
const UNREPORTED_PERIOD: TimeDelta = TimeDelta::minutes(10);

/// Handle to the watching task; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Watcher {
    changed: Arc<Notify>,
}

impl Watcher {
    /// Tells the task that libraries changed.
    pub fn refresh(&self) {
        self.changed.notify_one();
    }

    /// Watches until the server stops.
    pub async fn run(self, db: Db, clock: Arc<dyn Clock>, scanner: Scanner, stopping: CancellationToken) {
        let (sender, mut changes) = mpsc::unbounded_channel();
        let mut watching = Watching {
            folders: Folders::new(sender),
            waiting: HashMap::new(),
            scanned: HashMap::new(),
            clock: Arc::clone(&clock),
            db,
            scanner,
        };
        watching.start().await;
        // The timers are kept across iterations, so that a folder that changes constantly does not postpone
        // them.
        let (mut check_quiet, mut check_due) = (clock.sleep(CHECK_QUIET_EVERY), clock.sleep(CHECK_DUE_EVERY));
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.changed.notified() => {
                    watching.update_folders().await;
                }
                Some(change) = changes.recv() => watching.record(change),
                () = &mut check_quiet, if !watching.waiting.is_empty() => {
                    watching.scan_due().await;
                    check_quiet = clock.sleep(CHECK_QUIET_EVERY);
                }
                () = &mut check_due => {
                    watching.scan_periodically().await;
                    check_due = clock.sleep(CHECK_DUE_EVERY);
                }
            }
        }
    }
}

/// State of the watching task.
struct Watching {
    db: Db,
    clock: Arc<dyn Clock>,
    scanner: Scanner,
    folders: Folders,
    /// Libraries with changes that have not been scanned yet.
    waiting: HashMap<LibraryId, Waiting>,
    /// When the watcher last requested a scan.
    scanned: HashMap<LibraryId, DateTime<Utc>>,
}

impl Watching {
    /// Watches first and then scans, so that no change is missed in between.
    async fn start(&mut self) {
        self.update_folders().await;
        for library in self.libraries().await {
            self.scan(library.id).await;
        }
    }

    fn record(&mut self, change: Change) {
        let now = self.clock.now();
        for library in self.folders.affected_libraries(change) {
            self.waiting.entry(library).or_insert_with(|| Waiting::since(now)).record(now);
        }
    }

    /// Watches the current folders of the libraries. Returns the libraries whose folder is a different one than
    /// before, because a disk was mounted or unmounted.
    async fn update_folders(&mut self) -> Vec<LibraryId> {
        let libraries = self.libraries().await;
        self.folders.update(libraries).await
    }

    async fn scan_due(&mut self) {
        let now = self.clock.now();
        let mut due: HashSet<LibraryId> = self
            .waiting
            .iter()
            .filter(|(library, waiting)| waiting.is_due(now, self.scanner.last_duration(**library)))
            .map(|(library, _)| *library)
            .collect();
        if due.is_empty() {
            return;
        }
        due.extend(self.update_folders().await);
        self.folders.watch_new().await;
        for library in due {
            self.waiting.remove(&library);
            self.scan(library).await;
        }
    }

    async fn scan_periodically(&mut self) {
        let now = self.clock.now();
        let remounted = self.update_folders().await;
        for library in self.libraries().await {
            let since = self.scanned.get(&library.id).map_or(TimeDelta::MAX, |at| now - *at);
            let period = if self.folders.reports_changes(library.id) { PERIOD } else { UNREPORTED_PERIOD };
            let due = since >= period
                || remounted.contains(&library.id)
                || self.scanner.found_unfinished_copy(library.id)
                || (library.state == LibraryState::Unavailable && folders::has_content(&library.path).await);
            if due {
                self.scan(library.id).await;
            }
        }
    }

    async fn scan(&mut self, library: LibraryId) {
        self.scanned.insert(library, self.clock.now());
        if let Err(error) = self.scanner.start(library).await {
            tracing::warn!(library = library.0, %error, "a scan could not start");
        }
    }

    async fn libraries(&self) -> Vec<Library> {
        db::libraries::list(&self.db).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the libraries could not be listed");
            Vec::new()
        })
    }
}

//! Folders that tell when something changes in them, and scans now and then where they cannot.
//!
//! A change is followed by a scan of its library once the folder has been quiet for a moment; unchanged files cost
//! a scan nothing. Where a folder cannot tell (network shares, no watches left) scans are more frequent. They also
//! find disks that came back.

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

/// How often it is looked whether a changed folder is quiet.
const LOOK: Duration = Duration::from_millis(500);
/// How often it is looked whether folders came back and scans are due.
const ROUND: Duration = Duration::from_secs(30);
/// How often libraries are scanned whose folders tell what changes.
const PERIOD: TimeDelta = TimeDelta::hours(6);
/// How often libraries are scanned whose folders do not tell.
const SILENT_PERIOD: TimeDelta = TimeDelta::minutes(10);

/// Tells the watching task that the libraries changed; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Watcher {
    changed: Arc<Notify>,
}

impl Watcher {
    /// The libraries changed: watch other folders.
    pub fn refresh(&self) {
        self.changed.notify_one();
    }

    /// Watches until the server stops.
    pub async fn run(self, db: Db, clock: Arc<dyn Clock>, scanner: Scanner, stopping: CancellationToken) {
        let (sender, mut noticed) = mpsc::unbounded_channel();
        let mut watching = Watching {
            folders: Folders::new(sender),
            waiting: HashMap::new(),
            scanned: HashMap::new(),
            clock: Arc::clone(&clock),
            db,
            scanner,
        };
        watching.begin().await;
        // Kept over the turns of the loop: a folder that is always busy must not put off what is due.
        let (mut look, mut round) = (clock.sleep(LOOK), clock.sleep(ROUND));
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.changed.notified() => {
                    watching.follow().await;
                }
                Some(change) = noticed.recv() => watching.notice(change),
                () = &mut look, if !watching.waiting.is_empty() => {
                    watching.scan_due().await;
                    look = clock.sleep(LOOK);
                }
                () = &mut round => {
                    watching.look_round().await;
                    round = clock.sleep(ROUND);
                }
            }
        }
    }
}

/// What the watching task knows.
struct Watching {
    db: Db,
    clock: Arc<dyn Clock>,
    scanner: Scanner,
    folders: Folders,
    /// Libraries with changes that were not scanned yet.
    waiting: HashMap<LibraryId, Waiting>,
    /// When the last scan was asked for here.
    scanned: HashMap<LibraryId, DateTime<Utc>>,
}

impl Watching {
    /// Watches first and scans then, so that nothing is missed between the two.
    async fn begin(&mut self) {
        self.follow().await;
        for library in self.libraries().await {
            self.scan(library.id).await;
        }
    }

    fn notice(&mut self, change: Change) {
        let now = self.clock.now();
        for library in self.folders.concerned(change) {
            self.waiting.entry(library).or_insert_with(|| Waiting::since(now)).noticed(now);
        }
    }

    /// Watches the folders that there are now. The answer has the libraries whose folder is another one than before:
    /// a disk was mounted on it, or taken away.
    async fn follow(&mut self) -> Vec<LibraryId> {
        let libraries = self.libraries().await;
        self.folders.follow(libraries).await
    }

    async fn scan_due(&mut self) {
        let now = self.clock.now();
        let mut due: HashSet<LibraryId> = self
            .waiting
            .iter()
            .filter(|(library, waiting)| waiting.is_due(now, self.scanner.last_took(**library)))
            .map(|(library, _)| *library)
            .collect();
        if due.is_empty() {
            return;
        }
        due.extend(self.follow().await);
        self.folders.watch_fresh().await;
        for library in due {
            self.waiting.remove(&library);
            self.scan(library).await;
        }
    }

    async fn look_round(&mut self) {
        let now = self.clock.now();
        let other = self.follow().await;
        for library in self.libraries().await {
            let since = self.scanned.get(&library.id).map_or(TimeDelta::MAX, |at| now - *at);
            let period = if self.folders.tells(library.id) { PERIOD } else { SILENT_PERIOD };
            let due = since >= period
                || other.contains(&library.id)
                || self.scanner.saw_copying(library.id)
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

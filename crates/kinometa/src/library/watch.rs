//! Folders that tell when something changes in them, and scans now and then where they cannot.
//!
//! A change is followed by a scan of its library once the folder has been quiet for a moment; unchanged files cost
//! a scan nothing. When the system has no watches left, or for disks that do not tell (network shares), the
//! periodic scan is what remains. It also finds disks that came back.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use db::Db;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;
use trakt::clock::Clock;

use super::scan::Scanner;

/// A folder must be quiet for this long before it is scanned: a file that is being copied keeps it busy.
const QUIET: Duration = Duration::from_secs(2);
/// A folder that is never quiet is scanned after this long all the same.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often libraries are scanned that can be read.
const PERIOD: Duration = Duration::from_secs(6 * 3600);
/// How often it is tried whether a library that is away has come back.
const RETURN_PERIOD: Duration = Duration::from_secs(30);

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
        let mut folders = Folders::new(sender);
        let mut waiting: HashMap<i64, Waiting> = HashMap::new();
        let mut rounds = 0_u64;
        folders.follow(&db).await;
        scan_all(&db, &scanner, false).await;
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                () = self.changed.notified() => folders.follow(&db).await,
                Some(path) = noticed.recv() => {
                    if let Some(library) = folders.library_of(&path) {
                        waiting.entry(library).or_default().noticed();
                    }
                }
                () = clock.sleep(QUIET), if !waiting.is_empty() => start_due(&mut waiting, &scanner).await,
                () = clock.sleep(RETURN_PERIOD) => {
                    rounds += 1;
                    let all = rounds.is_multiple_of(PERIOD.as_secs() / RETURN_PERIOD.as_secs());
                    scan_all(&db, &scanner, !all).await;
                    folders.follow(&db).await;
                }
            }
        }
    }
}

/// A library with changes that were not scanned yet.
#[derive(Debug, Default)]
struct Waiting {
    /// Changes since the last look.
    busy: bool,
    /// How long it has been waiting.
    waited: Duration,
}

impl Waiting {
    fn noticed(&mut self) {
        self.busy = true;
    }

    /// Whether to scan now, after another [`QUIET`].
    fn due(&mut self) -> bool {
        self.waited += QUIET;
        !std::mem::take(&mut self.busy) || self.waited >= PATIENCE
    }
}

async fn start_due(waiting: &mut HashMap<i64, Waiting>, scanner: &Scanner) {
    let due: Vec<i64> =
        waiting.iter_mut().filter_map(|(library, waiting)| waiting.due().then_some(*library)).collect();
    for library in due {
        waiting.remove(&library);
        if let Err(error) = scanner.start(library).await {
            tracing::warn!(library, %error, "the scan after a change could not start");
        }
    }
}

/// Starts scans of every library, or only of those that are away and whose folder can be read again.
async fn scan_all(db: &Db, scanner: &Scanner, only_returned: bool) {
    let libraries = match db::libraries::list(db).await {
        Ok(libraries) => libraries,
        Err(error) => return tracing::warn!(%error, "the libraries could not be listed"),
    };
    for library in libraries {
        let away = library.state == db::kinds::LibraryState::Unavailable;
        if only_returned && !(away && has_content(&library.path).await) {
            continue;
        }
        if let Err(error) = scanner.start(library.id).await {
            tracing::warn!(library = library.name, %error, "the periodic scan could not start");
        }
    }
}

/// Whether a folder is there and not an empty mount point.
async fn has_content(path: &str) -> bool {
    match tokio::fs::read_dir(path).await {
        Ok(mut entries) => matches!(entries.next_entry().await, Ok(Some(_))),
        Err(_) => false,
    }
}

/// The watched folders.
struct Folders {
    sender: mpsc::UnboundedSender<PathBuf>,
    watcher: Option<RecommendedWatcher>,
    roots: HashMap<PathBuf, i64>,
}

impl Folders {
    fn new(sender: mpsc::UnboundedSender<PathBuf>) -> Self {
        Self { sender, watcher: None, roots: HashMap::new() }
    }

    /// Watches the folders of the libraries that there are now.
    async fn follow(&mut self, db: &Db) {
        let wanted: HashMap<PathBuf, i64> = match db::libraries::list(db).await {
            Ok(libraries) => libraries
                .into_iter()
                .filter(|library| Path::new(&library.path).is_dir())
                .map(|library| (PathBuf::from(library.path), library.id))
                .collect(),
            Err(error) => return tracing::warn!(%error, "the libraries could not be listed"),
        };
        if wanted == self.roots && self.watcher.is_some() {
            return;
        }
        // Setting watches walks the folders: a job for a blocking thread, and for a fresh watcher.
        let (sender, roots) = (self.sender.clone(), wanted.clone());
        let watcher = tokio::task::spawn_blocking(move || watch(sender, roots.into_keys())).await;
        self.watcher = watcher.ok().flatten();
        self.roots = wanted;
    }

    fn library_of(&self, path: &Path) -> Option<i64> {
        path.ancestors().find_map(|folder| self.roots.get(folder)).copied()
    }
}

fn watch(
    sender: mpsc::UnboundedSender<PathBuf>,
    roots: impl Iterator<Item = PathBuf>,
) -> Option<RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        if matters(&event.kind) {
            for path in event.paths {
                // The receiver is gone only when the server stops.
                let _ = sender.send(path);
            }
        }
    };
    let mut watcher = match notify::recommended_watcher(tell) {
        Ok(watcher) => watcher,
        Err(error) => {
            tracing::warn!(%error, "folders cannot be watched; changes are found by the periodic scan");
            return None;
        }
    };
    for root in roots {
        if let Err(error) = watcher.watch(&root, RecursiveMode::Recursive) {
            tracing::warn!(
                folder = %root.display(), %error,
                "the folder cannot be watched in full; changes are found by the periodic scan"
            );
        }
    }
    Some(watcher)
}

/// Reading a file is no change.
fn matters(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Access(notify::event::AccessKind::Open(_) | notify::event::AccessKind::Read))
        && !matches!(
            kind,
            EventKind::Access(notify::event::AccessKind::Close(notify::event::AccessMode::Read))
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quiet_folder_is_scanned_at_once_and_a_busy_one_when_it_is_quiet() {
        let mut waiting = Waiting::default();
        waiting.noticed();
        assert!(!waiting.due(), "changed since the last look");
        assert!(waiting.due(), "quiet since the last look");
    }

    #[test]
    fn a_folder_that_is_never_quiet_is_scanned_after_a_while() {
        let mut waiting = Waiting::default();
        let looks = (1..).find(|_| {
            waiting.noticed();
            waiting.due()
        });
        assert_eq!(looks, Some(15));
    }
}

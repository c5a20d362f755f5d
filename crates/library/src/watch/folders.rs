//! The watched folders.
//!
//! On Linux every folder is watched by itself. The watcher could do that alone, but it gives up a whole library at the
//! first folder that it may not read, and most disks have one (`lost+found`).

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use db::ids::LibraryId;
use db::rows::Library;
use media::walk::{FileId, is_skipped};
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::UnboundedSender;
use tokio::task::spawn_blocking;

use super::mounts;

/// Whether the system watches whole trees: then one watch per library is enough.
const WATCHES_TREES: bool = cfg!(any(target_os = "macos", target_os = "windows"));

/// What was noticed.
#[derive(Debug)]
pub(super) enum Change {
    /// Something changed at the path.
    At(PathBuf),
    /// Perhaps a folder came: what is in it has to be watched too.
    Arrived(PathBuf),
    /// So much changed that the system lost count.
    Lost,
}

/// The watched folders of all libraries.
pub(super) struct Folders {
    sender: UnboundedSender<Change>,
    watcher: Option<Arc<Mutex<RecommendedWatcher>>>,
    roots: HashMap<PathBuf, Root>,
    /// Folders that came since the last look, not watched yet.
    fresh: Vec<PathBuf>,
}

/// The folder of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Root {
    library: LibraryId,
    /// Which folder it is: another one once a disk is mounted on it.
    identity: Option<FileId>,
    /// Whether every change is told.
    tells: bool,
}

impl Folders {
    pub(super) fn new(sender: UnboundedSender<Change>) -> Self {
        Self { sender, watcher: None, roots: HashMap::new(), fresh: Vec::new() }
    }

    /// The libraries that a change concerns.
    pub(super) fn concerned(&mut self, change: Change) -> Vec<LibraryId> {
        let path = match change {
            Change::At(path) => path,
            Change::Arrived(path) => {
                self.fresh.push(path.clone());
                path
            }
            Change::Lost => {
                self.fresh.extend(self.roots.keys().cloned());
                return self.roots.values().map(|root| root.library).collect();
            }
        };
        let root = path.ancestors().find_map(|folder| self.roots.get(folder));
        root.map(|root| root.library).into_iter().collect()
    }

    /// Whether every change in a library's folder is told.
    pub(super) fn tells(&self, library: LibraryId) -> bool {
        self.roots.values().any(|root| root.library == library && root.tells)
    }

    /// Watches the folders of these libraries. The answer has those whose folder is another one than before.
    pub(super) async fn follow(&mut self, libraries: Vec<Library>) -> Vec<LibraryId> {
        let found = spawn_blocking(move || identities(libraries)).await.unwrap_or_default();
        let same = |(path, library, identity): &(PathBuf, LibraryId, Option<FileId>)| {
            self.roots.get(path).is_some_and(|root| (root.library, root.identity) == (*library, *identity))
        };
        if self.watcher.is_some() && found.len() == self.roots.len() && found.iter().all(same) {
            return Vec::new();
        }
        let other = found.iter().filter(|root| !same(root)).map(|(_, library, _)| *library).collect();
        let sender = self.sender.clone();
        // Setting watches walks the folders: a job for a blocking thread, and for a fresh watcher.
        let set = spawn_blocking(move || watch_roots(sender, found)).await;
        let (watcher, roots) = set.unwrap_or_default();
        self.watcher = watcher.map(|watcher| Arc::new(Mutex::new(watcher)));
        self.roots = roots;
        self.fresh.clear();
        other
    }

    /// Watches the folders that came.
    pub(super) async fn watch_fresh(&mut self) {
        let fresh = std::mem::take(&mut self.fresh);
        let Some(watcher) = self.watcher.clone().filter(|_| !WATCHES_TREES && !fresh.is_empty()) else {
            return;
        };
        let watched = spawn_blocking(move || {
            let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
            let mut seen = HashSet::new();
            fresh.into_iter().filter(|folder| !watch_tree(&mut watcher, folder, &mut seen)).collect()
        });
        let failed: Vec<PathBuf> = watched.await.unwrap_or_default();
        for (path, root) in &mut self.roots {
            root.tells &= !failed.iter().any(|folder| folder.starts_with(path));
        }
    }
}

/// Whether a folder is there and not an empty mount point.
pub(super) async fn has_content(path: &str) -> bool {
    match tokio::fs::read_dir(path).await {
        Ok(mut entries) => matches!(entries.next_entry().await, Ok(Some(_))),
        Err(_) => false,
    }
}

/// The folders that are there. Blocks.
fn identities(libraries: Vec<Library>) -> Vec<(PathBuf, LibraryId, Option<FileId>)> {
    let folder = |library: Library| {
        let path = PathBuf::from(library.path);
        let metadata = std::fs::metadata(&path).ok().filter(std::fs::Metadata::is_dir)?;
        Some((path, library.id, FileId::of(&metadata)))
    };
    libraries.into_iter().filter_map(folder).collect()
}

fn watch_roots(
    sender: UnboundedSender<Change>,
    folders: Vec<(PathBuf, LibraryId, Option<FileId>)>,
) -> (Option<RecommendedWatcher>, HashMap<PathBuf, Root>) {
    let mut watcher = notify::recommended_watcher(move |event| tell(&sender, event))
        .inspect_err(
            |error| tracing::warn!(%error, "folders cannot be watched, so they are scanned more often"),
        )
        .ok();
    let mut seen = HashSet::new();
    let roots = folders
        .into_iter()
        .map(|(path, library, identity)| {
            let watched = watcher.as_mut().is_some_and(|watcher| watch_tree(watcher, &path, &mut seen));
            let tells = watched && !mounts::is_shared(&path);
            (path, Root { library, identity, tells })
        })
        .collect();
    (watcher, roots)
}

/// Watches a folder and what is below it; a folder that may not be read has nothing to tell. False when the system has
/// no watches left.
fn watch_tree(watcher: &mut RecommendedWatcher, top: &Path, seen: &mut HashSet<FileId>) -> bool {
    if WATCHES_TREES {
        return watcher.watch(top, RecursiveMode::Recursive).is_ok();
    }
    let mut left = vec![top.to_owned()];
    while let Some(folder) = left.pop() {
        let Ok(metadata) = std::fs::metadata(&folder) else { continue };
        if !metadata.is_dir() || FileId::of(&metadata).is_some_and(|id| !seen.insert(id)) {
            continue;
        }
        match watcher.watch(&folder, RecursiveMode::NonRecursive) {
            Ok(()) => left.extend(folders_in(&folder)),
            Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                tracing::warn!(
                    folder = %folder.display(),
                    "the system has no watches left (fs.inotify.max_user_watches), so the library is scanned more often"
                );
                return false;
            }
            Err(error) => tracing::debug!(folder = %folder.display(), %error, "the folder cannot be watched"),
        }
    }
    true
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let maybe_folder = |entry: &std::fs::DirEntry| {
        let kind = entry.file_type();
        kind.is_ok_and(|kind| kind.is_dir() || kind.is_symlink()) && !is_skipped(&entry.file_name())
    };
    entries.flatten().filter(maybe_folder).map(|entry| entry.path()).collect()
}

fn tell(sender: &UnboundedSender<Change>, event: notify::Result<notify::Event>) {
    let Ok(event) = event else { return };
    // The receiver is gone only when the server stops.
    if event.need_rescan() {
        let _ = sender.send(Change::Lost);
    } else if matters(&event.kind) {
        for path in event.paths {
            let change = if arrives(&event.kind) { Change::Arrived(path) } else { Change::At(path) };
            let _ = sender.send(change);
        }
    }
}

/// Reading a file is no change.
fn matters(kind: &EventKind) -> bool {
    !matches!(
        kind,
        EventKind::Access(AccessKind::Open(_) | AccessKind::Read | AccessKind::Close(AccessMode::Read))
    )
}

/// Whether a folder may have come.
fn arrives(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(CreateKind::Folder | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Any))
    )
}

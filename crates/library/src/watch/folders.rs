//! The watched folders.
//!
//! On Linux, every folder needs its own watch. The `notify` crate could set them recursively, but it stops at
//! the first unreadable folder, and most disks have one (`lost+found`).

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

/// Whether the operating system watches whole directory trees, so that one watch per library is enough.
const WATCHES_TREES: bool = cfg!(any(target_os = "macos", target_os = "windows"));

/// A change reported by the operating system.
#[derive(Debug)]
pub(super) enum Change {
    /// A file or folder changed at this path.
    At(PathBuf),
    /// A folder may have been added at this path and has to be watched, too.
    FolderAdded(PathBuf),
    /// Events were lost, so that anything may have changed.
    Lost,
}

/// The watched folders of all libraries.
pub(super) struct Folders {
    sender: UnboundedSender<Change>,
    watcher: Option<Arc<Mutex<RecommendedWatcher>>>,
    roots: HashMap<PathBuf, Root>,
    /// New folders that are not watched yet.
    new: Vec<PathBuf>,
}

/// The folder of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Root {
    library: LibraryId,
    /// Identity of the folder; mounting a disk on it changes it.
    identity: Option<FileId>,
    /// Whether every change is reported.
    reports_changes: bool,
}

impl Folders {
    pub(super) fn new(sender: UnboundedSender<Change>) -> Self {
        Self { sender, watcher: None, roots: HashMap::new(), new: Vec::new() }
    }

    /// The libraries that a change belongs to.
    pub(super) fn affected_libraries(&mut self, change: Change) -> Vec<LibraryId> {
        let path = match change {
            Change::At(path) => path,
            Change::FolderAdded(path) => {
                self.new.push(path.clone());
                path
            }
            Change::Lost => {
                self.new.extend(self.roots.keys().cloned());
                return self.roots.values().map(|root| root.library).collect();
            }
        };
        let root = path.ancestors().find_map(|folder| self.roots.get(folder));
        root.map(|root| root.library).into_iter().collect()
    }

    /// Whether every change in a library's folder is reported.
    pub(super) fn reports_changes(&self, library: LibraryId) -> bool {
        self.roots.values().any(|root| root.library == library && root.reports_changes)
    }

    /// Watches the folders of these libraries. Returns the libraries whose folder is a different one than
    /// before.
    pub(super) async fn update(&mut self, libraries: Vec<Library>) -> Vec<LibraryId> {
        let found = spawn_blocking(move || identities(libraries)).await.unwrap_or_default();
        let same = |(path, library, identity): &(PathBuf, LibraryId, Option<FileId>)| {
            self.roots.get(path).is_some_and(|root| (root.library, root.identity) == (*library, *identity))
        };
        if self.watcher.is_some() && found.len() == self.roots.len() && found.iter().all(same) {
            return Vec::new();
        }
        let changed = found.iter().filter(|root| !same(root)).map(|(_, library, _)| *library).collect();
        let sender = self.sender.clone();
        // This walks the folders, so it runs on a blocking thread. A new watcher has no stale watches.
        let set = spawn_blocking(move || watch_roots(sender, found)).await;
        let (watcher, roots) = set.unwrap_or_default();
        self.watcher = watcher.map(|watcher| Arc::new(Mutex::new(watcher)));
        self.roots = roots;
        self.new.clear();
        changed
    }

    /// Watches the new folders.
    pub(super) async fn watch_new(&mut self) {
        let folders = std::mem::take(&mut self.new);
        let Some(watcher) = self.watcher.clone().filter(|_| !WATCHES_TREES && !folders.is_empty()) else {
            return;
        };
        let watched = spawn_blocking(move || {
            let mut watcher = watcher.lock().unwrap_or_else(PoisonError::into_inner);
            let mut seen = HashSet::new();
            folders.into_iter().filter(|folder| !watch_tree(&mut watcher, folder, &mut seen)).collect()
        });
        let failed: Vec<PathBuf> = watched.await.unwrap_or_default();
        for (path, root) in &mut self.roots {
            root.reports_changes &= !failed.iter().any(|folder| folder.starts_with(path));
        }
    }
}

/// Whether a folder exists and is not empty. The mount point of an unmounted disk is empty.
pub(super) async fn has_content(path: &str) -> bool {
    match tokio::fs::read_dir(path).await {
        Ok(mut entries) => matches!(entries.next_entry().await, Ok(Some(_))),
        Err(_) => false,
    }
}

/// The folders that exist, with their identities. Blocks.
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
    let mut watcher = notify::recommended_watcher(move |event| send_change(&sender, event))
        .inspect_err(|error| tracing::warn!(%error, "folders cannot be watched and are scanned more often"))
        .ok();
    let mut seen = HashSet::new();
    let roots = folders
        .into_iter()
        .map(|(path, library, identity)| {
            let watched = watcher.as_mut().is_some_and(|watcher| watch_tree(watcher, &path, &mut seen));
            let reports_changes = watched && !mounts::is_shared(&path);
            (path, Root { library, identity, reports_changes })
        })
        .collect();
    (watcher, roots)
}

/// Watches a folder and all folders below it, except unreadable ones. Returns false when the system has no
/// watches left.
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
                    "no watches left (fs.inotify.max_user_watches), so the library is scanned more often"
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

fn send_change(sender: &UnboundedSender<Change>, event: notify::Result<notify::Event>) {
    let Ok(event) = event else { return };
    // Sending fails only while the server stops.
    if event.need_rescan() {
        let _ = sender.send(Change::Lost);
    } else if is_change(&event.kind) {
        for path in event.paths {
            let change =
                if may_add_folder(&event.kind) { Change::FolderAdded(path) } else { Change::At(path) };
            let _ = sender.send(change);
        }
    }
}

/// Whether an event is a change, rather than a read access.
fn is_change(kind: &EventKind) -> bool {
    !matches!(
        kind,
        EventKind::Access(AccessKind::Open(_) | AccessKind::Read | AccessKind::Close(AccessMode::Read))
    )
}

/// Whether a folder may have been added.
fn may_add_folder(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::Create(CreateKind::Folder | CreateKind::Any)
            | EventKind::Modify(ModifyKind::Name(RenameMode::To | RenameMode::Any))
    )
}

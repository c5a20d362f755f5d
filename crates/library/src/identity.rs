//! File identity: compares the rows in the database with the files that a scan found. Pure functions.
//!
//! A row represents the same file through renames, moves and absences, because users' plays and resume points
//! and an administrator's decisions depend on it. A scan therefore never deletes: at worst, a row is marked
//! as missing, and even that requires proof that its folder could be read.

use db::ids::FileId;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Identity of a file on one file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inode {
    /// The device number, which may change when a disk is mounted again.
    pub device: u64,
    /// The inode number, which may be reused after a deletion.
    pub number: u64,
}

/// The columns of a file's row that identify it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// The row.
    pub id: FileId,
    /// Path below the library's root.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// Modification time in Unix milliseconds.
    pub modified_ms: i64,
    /// Its inode at the last scan.
    pub inode: Option<Inode>,
    /// Hash of its content.
    pub fingerprint: Option<String>,
    /// Whether the last scan did not find it.
    pub missing: bool,
}

/// A file that the walk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenFile {
    /// Path below the library's root.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// Modification time in Unix milliseconds.
    pub modified_ms: i64,
    /// Its current inode.
    pub inode: Option<Inode>,
    /// Hash of its content, if [`needs_fingerprint`] requested it.
    pub fingerprint: Option<String>,
}

/// Whether the walk could read the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootState {
    /// The root was read, except for some folders. Nothing is concluded about the files below those.
    Readable {
        /// Paths of the unreadable folders, relative to the root.
        unreadable: Vec<PathBuf>,
    },
    /// The root is missing or cannot be read.
    Unavailable,
}

/// Index in the list of seen files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeenIndex(pub usize);

/// What a scan has to do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanPlan {
    /// Files without a row.
    pub added: Vec<SeenIndex>,
    /// Rows whose file has new content and must be read again.
    pub changed: Vec<(FileId, SeenIndex)>,
    /// Rows whose file has a new path.
    pub moved: Vec<(FileId, SeenIndex)>,
    /// Missing rows whose file is back, with the same content.
    pub returned: Vec<(FileId, SeenIndex)>,
    /// Rows whose file is missing.
    pub missing: Vec<FileId>,
    /// Rows whose file is gone, but has a copy with its own row: `(gone, copy)`.
    pub replaced: Vec<(FileId, FileId)>,
    /// Rows with nothing to do.
    pub unchanged: Vec<FileId>,
}

/// The result of the comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The library was read, so the plan is applied.
    Apply(ScanPlan),
    /// The library's folder is missing, or empty like the mount point of an unmounted disk, so nothing is
    /// changed.
    Unavailable,
}

/// The seen files whose fingerprint is needed to tell a moved file from a new one.
///
/// Reading content is the expensive part of a scan, so only files at unknown paths that have the size of a
/// file that is gone are returned.
pub fn needs_fingerprint(known: &[KnownFile], seen: &[SeenFile]) -> Vec<SeenIndex> {
    let seen_paths: HashSet<&Path> = seen.iter().map(|file| file.path.as_path()).collect();
    let known_paths: HashSet<&Path> = known.iter().map(|file| file.path.as_path()).collect();
    let gone_sizes: HashSet<u64> = known
        .iter()
        .filter(|file| file.fingerprint.is_some() && !seen_paths.contains(file.path.as_path()))
        .map(|file| file.size)
        .collect();
    let could_be_moved = |file: &SeenFile| {
        file.fingerprint.is_none()
            && !known_paths.contains(file.path.as_path())
            && gone_sizes.contains(&file.size)
    };
    indexed(seen).filter(|(_, file)| could_be_moved(file)).map(|(index, _)| index).collect()
}

fn indexed(seen: &[SeenFile]) -> impl DoubleEndedIterator<Item = (SeenIndex, &SeenFile)> + ExactSizeIterator {
    seen.iter().enumerate().map(|(index, file)| (SeenIndex(index), file))
}

/// Compares the rows with the files and plans what a scan has to do.
pub fn plan(known: &[KnownFile], seen: &[SeenFile], root: &RootState) -> Verdict {
    let RootState::Readable { unreadable } = root else { return Verdict::Unavailable };
    if seen.is_empty() && !known.is_empty() {
        return Verdict::Unavailable;
    }
    let mut plan = ScanPlan::default();
    let by_path: HashMap<&Path, (SeenIndex, &SeenFile)> =
        indexed(seen).map(|(index, file)| (file.path.as_path(), (index, file))).collect();
    let mut unclaimed: HashSet<SeenIndex> = indexed(seen).map(|(index, _)| index).collect();
    let mut gone = Vec::new();
    for row in known {
        match by_path.get(row.path.as_path()) {
            Some(&(index, file)) => {
                unclaimed.remove(&index);
                plan.add_found(row, index, file);
            }
            None => gone.push(row),
        }
    }
    let copies: HashMap<(&str, u64), FileId> = known
        .iter()
        .filter(|row| by_path.contains_key(row.path.as_path()))
        .filter_map(|row| Some(((row.fingerprint.as_deref()?, row.size), row.id)))
        .collect();
    plan.add_gone(gone, seen, &copies, &mut unclaimed, unreadable);
    plan.added = unclaimed.into_iter().collect();
    plan.added.sort_unstable();
    Verdict::Apply(plan)
}

impl ScanPlan {
    /// Adds a row whose path was seen.
    fn add_found(&mut self, row: &KnownFile, index: SeenIndex, file: &SeenFile) {
        let same = row.size == file.size && row.modified_ms == file.modified_ms;
        match (same, row.missing) {
            (true, false) => self.unchanged.push(row.id),
            (true, true) => self.returned.push((row.id, index)),
            (false, _) => self.changed.push((row.id, index)),
        }
    }

    /// Adds rows whose path was not seen: moved, replaced by their copy, or missing.
    fn add_gone(
        &mut self,
        gone: Vec<&KnownFile>,
        seen: &[SeenFile],
        copies: &HashMap<(&str, u64), FileId>,
        unclaimed: &mut HashSet<SeenIndex>,
        unreadable: &[PathBuf],
    ) {
        let mut unclaimed_files = UnclaimedFiles::new(seen, unclaimed);
        for row in gone {
            if unreadable.iter().any(|folder| row.path.starts_with(folder)) {
                self.unchanged.push(row.id);
            } else if let Some(index) = unclaimed_files.take(row, unclaimed) {
                self.moved.push((row.id, index));
            } else if let Some(copy) = copy_of(row, copies) {
                self.replaced.push((row.id, copy));
            } else if row.missing {
                self.unchanged.push(row.id);
            } else {
                self.missing.push(row.id);
            }
        }
    }
}

fn copy_of(row: &KnownFile, copies: &HashMap<(&str, u64), FileId>) -> Option<FileId> {
    copies.get(&(row.fingerprint.as_deref()?, row.size)).copied()
}

/// The files without a row, by inode and by content.
struct UnclaimedFiles {
    by_inode: HashMap<(Inode, u64, i64), SeenIndex>,
    by_content: HashMap<(String, u64), Vec<SeenIndex>>,
}

impl UnclaimedFiles {
    fn new(seen: &[SeenFile], unclaimed: &HashSet<SeenIndex>) -> Self {
        let mut files = Self { by_inode: HashMap::new(), by_content: HashMap::new() };
        // Last file first: `take` pops from the end, so that the first of equal files is claimed first.
        for (index, file) in indexed(seen).rev().filter(|(index, _)| unclaimed.contains(index)) {
            if let Some(inode) = file.inode {
                files.by_inode.insert((inode, file.size, file.modified_ms), index);
            }
            if let Some(fingerprint) = &file.fingerprint {
                files.by_content.entry((fingerprint.clone(), file.size)).or_default().push(index);
            }
        }
        files
    }

    /// Finds the new path of a row's file, and claims it. Inode numbers are reused after a deletion, so they
    /// prove a move only together with size and modification time.
    fn take(&mut self, row: &KnownFile, unclaimed: &mut HashSet<SeenIndex>) -> Option<SeenIndex> {
        let by_inode = row.inode.and_then(|inode| self.by_inode.get(&(inode, row.size, row.modified_ms)));
        let index = by_inode.copied().filter(|index| unclaimed.contains(index)).or_else(|| {
            let candidates = self.by_content.get_mut(&(row.fingerprint.clone()?, row.size))?;
            std::iter::from_fn(|| candidates.pop()).find(|index| unclaimed.contains(index))
        })?;
        unclaimed.remove(&index);
        Some(index)
    }
}

#[cfg(test)]
mod tests;

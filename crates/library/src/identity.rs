//! Which file is which: a pure comparison of the rows known and the files seen.
//!
//! A row stands for a file through renames, moves and absences, because people's plays and resume points and an
//! administrator's decisions hang on it. A scan therefore never deletes: the worst that can happen to a row is
//! to be called missing, and even that needs proof that its folder could be read.

use db::ids::FileId;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Identity of a file on one file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Inode {
    /// The device number: it may change when a disk is mounted again.
    pub device: u64,
    /// The inode number: it may be used again after a deletion.
    pub number: u64,
}

/// A row of the database, as far as identity is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownFile {
    /// The row.
    pub id: FileId,
    /// Path below the library's root.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Modification time in unix milliseconds.
    pub modified_ms: i64,
    /// Where it was on disk.
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
    /// Bytes.
    pub size: u64,
    /// Modification time in unix milliseconds.
    pub modified_ms: i64,
    /// Where it is on disk.
    pub inode: Option<Inode>,
    /// Hash of its content, when [`needs_fingerprint`] asked for it.
    pub fingerprint: Option<String>,
}

/// What the walk could see of the library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RootState {
    /// The root was read. Folders in the list could not be: nothing is concluded about what lies below them.
    Readable {
        /// Paths below the root.
        unreadable: Vec<PathBuf>,
    },
    /// The root is not there or cannot be read.
    Unavailable,
}

/// What a scan has to do. Numbers in `usize` are positions in the list of seen files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanPlan {
    /// Files without a row.
    pub added: Vec<usize>,
    /// Rows whose file has another content now: to be read again.
    pub changed: Vec<(FileId, usize)>,
    /// Rows whose file has another path now.
    pub moved: Vec<(FileId, usize)>,
    /// Missing rows whose file is back, with the same content.
    pub returned: Vec<(FileId, usize)>,
    /// Rows whose file is gone.
    pub missing: Vec<FileId>,
    /// Rows whose file is gone while a copy of it has a row already: `(gone, copy)`.
    pub replaced: Vec<(FileId, FileId)>,
    /// Rows with nothing to do.
    pub unchanged: Vec<FileId>,
}

/// What the comparison says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The library was read: apply the plan.
    Apply(ScanPlan),
    /// The library's folder is away, or as empty as the mount point of a disk that is away: change nothing.
    Unavailable,
}

/// The seen files whose fingerprint could tell a move from a new file.
///
/// Reading content is the dear part of a scan, so only unknown paths are asked for, and only those that have the
/// size of a file that is gone.
pub fn needs_fingerprint(known: &[KnownFile], seen: &[SeenFile]) -> Vec<usize> {
    let seen_paths: HashSet<&Path> = seen.iter().map(|file| file.path.as_path()).collect();
    let known_paths: HashSet<&Path> = known.iter().map(|file| file.path.as_path()).collect();
    let gone_sizes: HashSet<u64> = known
        .iter()
        .filter(|file| file.fingerprint.is_some() && !seen_paths.contains(file.path.as_path()))
        .map(|file| file.size)
        .collect();
    (0..seen.len())
        .filter(|&at| {
            let file = &seen[at];
            file.fingerprint.is_none()
                && !known_paths.contains(file.path.as_path())
                && gone_sizes.contains(&file.size)
        })
        .collect()
}

/// Compares the rows with the files.
pub fn plan(known: &[KnownFile], seen: &[SeenFile], root: &RootState) -> Verdict {
    let RootState::Readable { unreadable } = root else { return Verdict::Unavailable };
    if seen.is_empty() && !known.is_empty() {
        return Verdict::Unavailable;
    }
    let mut plan = ScanPlan::default();
    let at_path: HashMap<&Path, usize> =
        seen.iter().enumerate().map(|(at, file)| (file.path.as_path(), at)).collect();
    let mut free: HashSet<usize> = (0..seen.len()).collect();
    let mut gone = Vec::new();
    for row in known {
        match at_path.get(row.path.as_path()) {
            Some(&at) => {
                free.remove(&at);
                plan.settle(row, at, &seen[at]);
            }
            None => gone.push(row),
        }
    }
    plan.follow_moves(gone, known, seen, &at_path, &mut free, unreadable);
    plan.added = free.into_iter().collect();
    plan.added.sort_unstable();
    Verdict::Apply(plan)
}

impl ScanPlan {
    /// A row whose path was seen.
    fn settle(&mut self, row: &KnownFile, at: usize, file: &SeenFile) {
        let same = row.size == file.size && row.modified_ms == file.modified_ms;
        match (same, row.missing) {
            (true, false) => self.unchanged.push(row.id),
            (true, true) => self.returned.push((row.id, at)),
            (false, _) => self.changed.push((row.id, at)),
        }
    }

    /// Rows whose path was not seen: moved, replaced by their copy, or missing.
    fn follow_moves(
        &mut self,
        gone: Vec<&KnownFile>,
        known: &[KnownFile],
        seen: &[SeenFile],
        at_path: &HashMap<&Path, usize>,
        free: &mut HashSet<usize>,
        unreadable: &[PathBuf],
    ) {
        let mut homes = Homes::new(seen, free);
        let copies: HashMap<(&str, u64), FileId> = known
            .iter()
            .filter(|row| at_path.contains_key(row.path.as_path()))
            .filter_map(|row| Some(((row.fingerprint.as_deref()?, row.size), row.id)))
            .collect();
        for row in gone {
            if unreadable.iter().any(|folder| row.path.starts_with(folder)) {
                self.unchanged.push(row.id);
            } else if let Some(at) = homes.take(row, free) {
                self.moved.push((row.id, at));
            } else if let Some(copy) = copy_of(row, &copies) {
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

/// The files without a row, found by inode and by content.
struct Homes {
    by_inode: HashMap<(Inode, u64, i64), usize>,
    by_content: HashMap<(String, u64), Vec<usize>>,
}

impl Homes {
    fn new(seen: &[SeenFile], free: &HashSet<usize>) -> Self {
        let mut homes = Self { by_inode: HashMap::new(), by_content: HashMap::new() };
        let mut order: Vec<usize> = free.iter().copied().collect();
        order.sort_unstable_by(|a, b| b.cmp(a));
        for at in order {
            let file = &seen[at];
            if let Some(inode) = file.inode {
                homes.by_inode.insert((inode, file.size, file.modified_ms), at);
            }
            if let Some(fingerprint) = &file.fingerprint {
                homes.by_content.entry((fingerprint.clone(), file.size)).or_default().push(at);
            }
        }
        homes
    }

    /// An inode number is used again after a deletion, so it proves a move only together with size and time.
    fn take(&mut self, row: &KnownFile, free: &mut HashSet<usize>) -> Option<usize> {
        let by_inode = row.inode.and_then(|inode| self.by_inode.get(&(inode, row.size, row.modified_ms)));
        let at = by_inode.copied().filter(|at| free.contains(at)).or_else(|| {
            let candidates = self.by_content.get_mut(&(row.fingerprint.clone()?, row.size))?;
            std::iter::from_fn(|| candidates.pop()).find(|at| free.contains(at))
        })?;
        free.remove(&at);
        Some(at)
    }
}

#[cfg(test)]
mod tests;

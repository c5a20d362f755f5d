//! A library's root to its files, and what is wrong with them.
//!
//! Walking never fails half way: a folder that cannot be read is a [`Problem`] and the rest is walked. Whether a root
//! that turned out empty means "no films" or "disk not mounted" is the caller's to decide.

mod ignore;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use ignore::IgnoreList;

/// Extensions of containers that hold video, in lower case.
const VIDEO_EXTENSIONS: [&str; 28] = [
    "mkv", "mk3d", "mp4", "m4v", "mov", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "m2v", "vob",
    "wmv", "asf", "flv", "f4v", "ogv", "ogm", "3gp", "3g2", "divx", "rm", "rmvb", "mxf", "wtv", "dvr-ms",
];
/// Extensions of what may lie beside a video.
const SIDECAR_EXTENSIONS: [&str; 10] =
    ["nfo", "jpg", "jpeg", "png", "webp", "srt", "vtt", "ass", "ssa", "tbn"];
/// Folders that systems and devices leave behind. Hidden ones are skipped anyway.
const SYSTEM_FOLDERS: [&str; 7] = [
    "@eadir",
    "#recycle",
    "#snapshot",
    "$recycle.bin",
    "system volume information",
    "lost+found",
    "@recycle",
];
/// A file younger than this may still be copied.
const SETTLE: TimeDelta = TimeDelta::seconds(30);
/// Deeper folders than this are a mistake of links or of unpacking.
const DEEPEST: usize = 64;

/// Whether files with this extension are taken for video.
pub fn is_video_extension(extension: &str) -> bool {
    VIDEO_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// What stays the same when a file is renamed on its disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileId {
    /// Device number.
    pub device: u64,
    /// Inode number on that device.
    pub inode: u64,
}

impl FileId {
    /// The identity that the platform gives; none where it has no such thing.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            Some(Self { device: metadata.dev(), inode: metadata.ino() })
        }
        #[cfg(not(unix))]
        {
            let _ = metadata;
            None
        }
    }
}

/// A video file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the root, byte for byte as the file system has it.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Last modification, to the millisecond.
    pub modified_at: DateTime<Utc>,
    /// Identity on disk, where the platform has one.
    pub file_id: Option<FileId>,
}

impl FileEntry {
    /// Whether the file has not been written to for a while. An unsettled file whose headers promise more than is
    /// there is being copied; look again later.
    pub fn is_settled(&self, now: DateTime<Utc>) -> bool {
        (now - self.modified_at).abs() >= SETTLE
    }
}

/// What is wrong with a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// It could not be opened: rights, or a failing disk.
    Unreadable,
    /// A link leads back to a folder above it.
    SymlinkLoop,
    /// A link leads nowhere.
    BrokenLink,
    /// The name is no UTF-8. The file is used; its name shows replacement characters.
    NotUtf8,
    /// A video of zero bytes. It is listed, but there is nothing to play.
    Empty,
    /// More than 64 folders deep.
    TooDeep,
}

/// Something that a person should know about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Relative to the root.
    pub path: PathBuf,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// Everything found below a root, sorted by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    /// Videos.
    pub files: Vec<FileEntry>,
    /// NFO files, artwork and subtitles, relative to the root.
    pub sidecars: Vec<PathBuf>,
    /// What went wrong on the way.
    pub problems: Vec<Problem>,
    /// The callback ended the walk: what is missing here is not missing on disk.
    pub stopped: bool,
}

/// Walks `root`. `progress` is told the number of videos after every folder and may end the walk.
///
/// # Errors
/// When the root itself cannot be read; then nothing is known about its files.
pub fn walk(root: &Path, progress: impl FnMut(usize) -> ControlFlow<()>) -> io::Result<Walk> {
    let entries = fs::read_dir(root)?;
    let metadata = fs::metadata(root)?;
    let mut walker = Walker { root, found: Walk::default(), seen: HashSet::new(), progress };
    let mut above = Vec::new();
    if let Some(id) = FileId::of(&metadata) {
        walker.seen.insert(id);
        above.push(id);
    }
    walker.folder(Path::new(""), entries, &mut above, &IgnoreList::default());
    let mut found = walker.found;
    found.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    found.sidecars.sort_unstable();
    found.problems.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

struct Walker<'a, P> {
    root: &'a Path,
    found: Walk,
    /// Folders already walked: a folder that is linked twice is listed once.
    seen: HashSet<FileId>,
    progress: P,
}

impl<P: FnMut(usize) -> ControlFlow<()>> Walker<'_, P> {
    fn folder(&mut self, path: &Path, entries: fs::ReadDir, above: &mut Vec<FileId>, ignored: &IgnoreList) {
        let mut entries: Vec<DirEntry> = match entries.collect() {
            Ok(entries) => entries,
            Err(_) => return self.problem(path, ProblemKind::Unreadable),
        };
        let Some(ignored) = ignored.inside(self.root, path, &entries) else { return };
        // Real folders come before links to them, so that the real path is the one that is listed.
        entries.sort_by_cached_key(|entry| {
            (entry.file_type().is_ok_and(|kind| kind.is_symlink()), entry.file_name())
        });
        for entry in entries {
            let name = entry.file_name();
            let path = path.join(&name);
            if self.found.stopped || is_skipped(&name) || ignored.matches(&path) {
                continue;
            }
            self.entry(&entry, path, above, &ignored);
        }
        if !self.found.stopped {
            self.found.stopped = (self.progress)(self.found.files.len()).is_break();
        }
    }

    fn entry(&mut self, entry: &DirEntry, path: PathBuf, above: &mut Vec<FileId>, ignored: &IgnoreList) {
        let Ok(kind) = entry.file_type() else { return self.problem(&path, ProblemKind::Unreadable) };
        if kind.is_file() && has_extension(&path, &SIDECAR_EXTENSIONS) {
            return self.found.sidecars.push(path);
        }
        if kind.is_file() && !has_extension(&path, &VIDEO_EXTENSIONS) {
            return;
        }
        let metadata = match if kind.is_symlink() { fs::metadata(entry.path()) } else { entry.metadata() } {
            Ok(metadata) => metadata,
            Err(error) => return self.problem(&path, link_problem(&error, kind.is_symlink())),
        };
        if metadata.is_dir() {
            self.enter(entry, &path, &metadata, above, ignored);
        } else if has_extension(&path, &SIDECAR_EXTENSIONS) {
            self.found.sidecars.push(path);
        } else if metadata.is_file() && has_extension(&path, &VIDEO_EXTENSIONS) {
            self.video(path, &metadata);
        }
    }

    fn enter(
        &mut self,
        entry: &DirEntry,
        path: &Path,
        metadata: &Metadata,
        above: &mut Vec<FileId>,
        ignored: &IgnoreList,
    ) {
        let id = FileId::of(metadata);
        if id.is_some_and(|id| above.contains(&id)) {
            return self.problem(path, ProblemKind::SymlinkLoop);
        }
        if id.is_some_and(|id| !self.seen.insert(id)) {
            return;
        }
        if above.len() >= DEEPEST {
            return self.problem(path, ProblemKind::TooDeep);
        }
        let Ok(entries) = fs::read_dir(entry.path()) else {
            return self.problem(path, ProblemKind::Unreadable);
        };
        above.extend(id);
        self.folder(path, entries, above, ignored);
        if id.is_some() {
            above.pop();
        }
    }

    fn video(&mut self, path: PathBuf, metadata: &Metadata) {
        if path.to_str().is_none() {
            self.problem(&path, ProblemKind::NotUtf8);
        }
        if metadata.len() == 0 {
            self.problem(&path, ProblemKind::Empty);
        }
        self.found.files.push(FileEntry {
            path,
            size: metadata.len(),
            modified_at: modified_at(metadata),
            file_id: FileId::of(metadata),
        });
    }

    fn problem(&mut self, path: &Path, kind: ProblemKind) {
        self.found.problems.push(Problem { path: path.to_owned(), kind });
    }
}

/// Last modification, to the millisecond. Nonsense, which broken disks and archives do produce, is the beginning of time:
/// it stays the same from scan to scan, and it can be written.
pub fn modified_at(metadata: &Metadata) -> DateTime<Utc> {
    let since_epoch =
        metadata.modified().ok().and_then(|at| match at.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).ok(),
            Err(before) => i64::try_from(before.duration().as_millis()).ok().map(|millis| -millis),
        });
    since_epoch
        .and_then(DateTime::from_timestamp_millis)
        .filter(|at| (1..=9999).contains(&at.year()))
        .unwrap_or(DateTime::UNIX_EPOCH)
}

fn link_problem(error: &io::Error, is_link: bool) -> ProblemKind {
    match error.kind() {
        io::ErrorKind::NotFound if is_link => ProblemKind::BrokenLink,
        // ELOOP has no stable kind on every platform.
        _ if is_link && error.raw_os_error() == Some(40) => ProblemKind::SymlinkLoop,
        _ => ProblemKind::Unreadable,
    }
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    extension.is_some_and(|extension| extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Whether a file or folder of this name is left out: hidden ones, and what systems and devices leave behind.
pub fn is_skipped(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with('.') || SYSTEM_FOLDERS.contains(&name.to_lowercase().as_str())
}

//! Lists the files below a library's root, and their problems.
//!
//! An unreadable folder does not end the walk: it is recorded as a [`Problem`], and the rest is walked.
//! Whether an empty root means "no files" or "disk not mounted" is for the caller to decide.

mod entry;
mod ignore;
mod left_out;

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, FileType, Metadata};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use entry::{FileEntry, FileId, modified_at};
use ignore::IgnoreList;
pub use left_out::{LeftOut, LeftOutReason, is_skipped};

/// Extensions of video files, in lower case.
const VIDEO_EXTENSIONS: [&str; 28] = [
    "mkv", "mk3d", "mp4", "m4v", "mov", "webm", "avi", "ts", "m2ts", "mts", "mpg", "mpeg", "m2v", "vob",
    "wmv", "asf", "flv", "f4v", "ogv", "ogm", "3gp", "3g2", "divx", "rm", "rmvb", "mxf", "wtv", "dvr-ms",
];
/// Extensions of sidecar files.
const SIDECAR_EXTENSIONS: [&str; 10] =
    ["nfo", "jpg", "jpeg", "png", "webp", "srt", "vtt", "ass", "ssa", "tbn"];
/// Extensions of subtitles that cannot be converted to WebVTT.
const UNSUPPORTED_SUBTITLES: [&str; 7] = ["idx", "sub", "sup", "smi", "ttml", "dfxp", "mks"];
/// Deeper nesting than this comes from links or a failed extraction.
const MAX_DEPTH: usize = 64;

/// Whether files with this extension are treated as video.
pub fn is_video_extension(extension: &str) -> bool {
    VIDEO_EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// What is wrong with a file or folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKind {
    /// It could not be opened: missing permissions, or a failing disk.
    Unreadable,
    /// A symbolic link points to one of its own parent folders, or to itself.
    SymlinkLoop,
    /// The target of a symbolic link does not exist.
    BrokenLink,
    /// The name is not UTF-8. The file is used; its name shows replacement characters.
    NotUtf8,
    /// A video of zero bytes. It is listed, but there is nothing to play.
    Empty,
    /// More than 64 folders deep.
    TooDeep,
}

/// A problem to report to the user.
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
    /// Problems met during the walk.
    pub problems: Vec<Problem>,
    /// Videos, folders and subtitles that were skipped, and why.
    pub left_out: Vec<LeftOut>,
    /// The callback ended the walk early, so the result is incomplete.
    pub stopped: bool,
}

/// Walks `root`. After every folder, `progress` receives the number of videos found so far and may end the
/// walk.
///
/// # Errors
/// When the root itself cannot be read, so that nothing is known about its files.
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
    found.left_out.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

struct Walker<'a, P> {
    root: &'a Path,
    found: Walk,
    /// Folders already walked, so that a folder with several links to it is listed once.
    seen: HashSet<FileId>,
    progress: P,
}

impl<P: FnMut(usize) -> ControlFlow<()>> Walker<'_, P> {
    fn folder(&mut self, path: &Path, entries: fs::ReadDir, above: &mut Vec<FileId>, ignored: &IgnoreList) {
        let mut entries: Vec<DirEntry> = match entries.collect() {
            Ok(entries) => entries,
            Err(_) => return self.problem(path, ProblemKind::Unreadable),
        };
        let Some(ignored) = ignored.inside(self.root, path, &entries) else {
            return self.leave_out(path, LeftOutReason::Marked);
        };
        // Real folders come before links, so that a folder is listed under its real path.
        entries.sort_by_cached_key(|entry| {
            (entry.file_type().is_ok_and(|kind| kind.is_symlink()), entry.file_name())
        });
        for entry in entries {
            let name = entry.file_name();
            let path = path.join(&name);
            if self.found.stopped {
                break;
            }
            let pattern = || ignored.matches(&path).then_some(LeftOutReason::Pattern);
            match left_out::by_name(&name).or_else(pattern) {
                Some(reason) => self.skip(&entry, &path, reason),
                None => self.entry(&entry, path, above, &ignored),
            }
        }
        if !self.found.stopped {
            self.found.stopped = (self.progress)(self.found.files.len()).is_break();
        }
    }

    fn entry(&mut self, entry: &DirEntry, path: PathBuf, above: &mut Vec<FileId>, ignored: &IgnoreList) {
        let Ok(kind) = entry.file_type() else { return self.problem(&path, ProblemKind::Unreadable) };
        let Some(use_of) = UseOf::of(&path).or_else(|| (!kind.is_file()).then_some(UseOf::Unknown)) else {
            return;
        };
        if kind.is_file() && use_of != UseOf::Video {
            return self.companion(path, use_of);
        }
        let metadata = match if kind.is_symlink() { fs::metadata(entry.path()) } else { entry.metadata() } {
            Ok(metadata) => metadata,
            Err(error) => return self.problem(&path, link_problem(&error, kind.is_symlink())),
        };
        match use_of {
            _ if metadata.is_dir() => self.enter(entry, &path, &metadata, above, ignored),
            UseOf::Unknown => {}
            _ if !metadata.is_file() => self.leave_out(&path, LeftOutReason::NotAFile),
            UseOf::Video => self.video(path, &metadata),
            other => self.companion(path, other),
        }
    }

    /// Records a file that accompanies a video.
    fn companion(&mut self, path: PathBuf, use_of: UseOf) {
        match use_of {
            UseOf::Sidecar => self.found.sidecars.push(path),
            UseOf::UnsupportedSubtitle => self.leave_out(&path, LeftOutReason::UnsupportedSubtitle),
            UseOf::Video | UseOf::Unknown => {}
        }
    }

    /// Skips an entry because of its name, and records it if it would otherwise have been used.
    fn skip(&mut self, entry: &DirEntry, path: &Path, reason: LeftOutReason) {
        // On foreign file systems, macOS stores a file's attributes in a second file named "._" plus its name.
        let is_apple_double = entry.file_name().to_string_lossy().starts_with("._");
        let video = UseOf::of(path) == Some(UseOf::Video) && !is_apple_double;
        if video || entry.file_type().is_ok_and(|kind: FileType| kind.is_dir()) {
            self.leave_out(path, reason);
        }
    }

    fn leave_out(&mut self, path: &Path, reason: LeftOutReason) {
        self.found.left_out.push(LeftOut { path: path.to_owned(), reason });
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
            return self.leave_out(path, LeftOutReason::LinkedTwice);
        }
        if above.len() >= MAX_DEPTH {
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

/// The purpose of a file, by its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UseOf {
    Video,
    Sidecar,
    UnsupportedSubtitle,
    /// No known extension, and not a regular file: a folder, or a link that may lead to one.
    Unknown,
}

impl UseOf {
    /// `None` for files that are not used.
    fn of(path: &Path) -> Option<Self> {
        let kinds: [(&[&str], Self); 3] = [
            (&VIDEO_EXTENSIONS, Self::Video),
            (&SIDECAR_EXTENSIONS, Self::Sidecar),
            (&UNSUPPORTED_SUBTITLES, Self::UnsupportedSubtitle),
        ];
        kinds.into_iter().find(|(extensions, _)| has_extension(path, extensions)).map(|(_, use_of)| use_of)
    }
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

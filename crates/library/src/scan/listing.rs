//! One walk of a library's folder, and what lies beside each video.

use db::ids::LibraryId;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use media::names::{LibraryKind, ParsedName, parse, show_folder};
use media::sidecars::nfo::Nfo;
use media::sidecars::{Artwork, Sidecars};
use media::walk::{FileEntry, Problem, ProblemKind, Walk, modified_at, walk};

use catalogue::paths::to_columns;
use catalogue::pictures::LocalPicture;

/// A video of a listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FileIndex(usize);

/// What a walk found.
pub(super) struct Listing {
    pub(super) root: PathBuf,
    pub(super) kind: LibraryKind,
    pub(super) library_id: LibraryId,
    /// Videos that are not empty.
    files: Vec<FileEntry>,
    pub(super) problems: Vec<Problem>,
    pub(super) sidecars: Sidecars,
    /// Whether the walk was stopped: then nothing may be concluded from it.
    pub(super) stopped: bool,
    /// A hash per folder over names, sizes and times of the sidecars in it.
    stamps: HashMap<PathBuf, u64>,
    by_folder: HashMap<PathBuf, Vec<FileIndex>>,
    shows: Mutex<HashMap<PathBuf, Arc<ShowFacts>>>,
}

/// What lies in a show's folder.
#[derive(Debug, Default)]
pub(super) struct ShowFacts {
    pub(super) nfo: Option<Nfo>,
    pub(super) artwork: Artwork,
}

impl Listing {
    /// Walks the folder.
    ///
    /// # Errors
    /// When the root cannot be read.
    pub(super) fn read(
        root: &Path,
        kind: LibraryKind,
        library_id: LibraryId,
        progress: impl FnMut(usize) -> ControlFlow<()>,
    ) -> io::Result<Self> {
        let Walk { files, sidecars, problems, stopped, .. } = walk(root, progress)?;
        let files: Vec<FileEntry> = files.into_iter().filter(|file| file.size > 0).collect();
        let mut by_folder: HashMap<PathBuf, Vec<FileIndex>> = HashMap::new();
        for (index, file) in files.iter().enumerate() {
            by_folder.entry(parent(&file.path).to_owned()).or_default().push(FileIndex(index));
        }
        Ok(Self {
            stamps: stamps(root, &sidecars),
            sidecars: Sidecars::new(sidecars, files.iter().map(|file| file.path.as_path())),
            root: root.to_owned(),
            shows: Mutex::default(),
            kind,
            library_id,
            files,
            problems,
            stopped,
            by_folder,
        })
    }

    /// All videos, in the order of their paths.
    pub(super) fn files(&self) -> impl Iterator<Item = FileIndex> {
        (0..self.files.len()).map(FileIndex)
    }

    pub(super) fn file(&self, FileIndex(index): FileIndex) -> &FileEntry {
        &self.files[index]
    }

    /// What a file's name states.
    pub(super) fn name(&self, file: FileIndex) -> ParsedName {
        parse(&self.file(file).path.to_string_lossy(), self.kind)
    }

    /// Folders that could not be read: nothing is known about what lies below them.
    pub(super) fn unreadable(&self) -> Vec<PathBuf> {
        let unreadable =
            |problem: &&Problem| matches!(problem.kind, ProblemKind::Unreadable | ProblemKind::TooDeep);
        self.problems.iter().filter(unreadable).map(|problem| problem.path.clone()).collect()
    }

    /// Changes when anything beside the video or in a folder above it changes.
    pub(super) fn stamp(&self, video: &Path) -> Option<String> {
        let folder = parent(video);
        let beside = ["metadata", "Subs", "subs", "Subtitles", "subtitles"].map(|name| folder.join(name));
        let all: Vec<u64> = folder
            .ancestors()
            .chain(beside.iter().map(PathBuf::as_path))
            .filter_map(|folder| self.stamps.get(folder).copied())
            .collect();
        (!all.is_empty()).then(|| {
            let mut hasher = DefaultHasher::new();
            all.hash(&mut hasher);
            format!("{:016x}", hasher.finish())
        })
    }

    /// Whether a movie's folder holds nothing but files of this movie: then `poster.jpg` in it is the movie's.
    pub(super) fn has_own_folder(&self, file: FileIndex, key: &str) -> bool {
        let folder = parent(&self.file(file).path);
        if folder.as_os_str().is_empty() {
            return false;
        }
        self.by_folder.get(folder).into_iter().flatten().all(|&other| {
            other == file
                || match self.name(other) {
                    ParsedName::Movie(name) => name.work.key() == key,
                    ParsedName::LeftOut { .. } => true,
                    ParsedName::Episode(_) | ParsedName::Unrecognised { .. } => false,
                }
        })
    }

    /// The folder of the show that a video belongs to: the one with `tvshow.nfo`, else by the names of the folders.
    pub(super) fn show_folder<'a>(&self, video: &'a Path) -> Option<&'a Path> {
        let folders = || parent(video).ancestors().filter(|folder| !folder.as_os_str().is_empty());
        folders().find(|folder| self.sidecars.show_nfo(folder).is_some()).or_else(|| show_folder(video))
    }

    /// NFO and artwork of a show's folder, read once.
    pub(super) fn show_facts(&self, folder: &Path) -> Arc<ShowFacts> {
        let mut shows = self.shows.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(facts) = shows.get(folder) {
            return Arc::clone(facts);
        }
        let nfo = self.sidecars.show_nfo(folder).and_then(|path| self.nfos(path).into_iter().next());
        let facts = Arc::new(ShowFacts { nfo, artwork: self.sidecars.show_artwork(folder) });
        shows.insert(folder.to_owned(), Arc::clone(&facts));
        facts
    }

    /// The titles in an NFO file; none when it cannot be read.
    pub(super) fn nfos(&self, path: &Path) -> Vec<Nfo> {
        /// An NFO file is a page of text; more is something else.
        const LARGEST: u64 = 1 << 20;
        let path = self.root.join(path);
        let small = std::fs::metadata(&path).is_ok_and(|metadata| metadata.len() <= LARGEST);
        if !small {
            return Vec::new();
        }
        std::fs::read(path).map(|bytes| media::sidecars::nfo::parse(&bytes)).unwrap_or_default()
    }

    /// A picture of the library, with a stamp that changes when the file does.
    pub(super) fn picture(&self, path: Option<&Path>) -> Option<LocalPicture> {
        let path = path?;
        let metadata = std::fs::metadata(self.root.join(path)).ok()?;
        let columns = to_columns(path);
        if columns.bytes.is_some() {
            return None;
        }
        Some(LocalPicture {
            library_id: self.library_id,
            path: columns.text,
            stamp: format!("{:x}-{:x}", metadata.len(), modified_ms(&metadata)),
        })
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn modified_ms(metadata: &std::fs::Metadata) -> i64 {
    modified_at(metadata).timestamp_millis()
}

/// One look at every sidecar. Videos are told apart by the walk; this costs a millisecond per thousand files.
fn stamps(root: &Path, sidecars: &[PathBuf]) -> HashMap<PathBuf, u64> {
    let mut hashers: HashMap<PathBuf, DefaultHasher> = HashMap::new();
    for path in sidecars {
        let hasher = hashers.entry(parent(path).to_owned()).or_default();
        let metadata = std::fs::metadata(root.join(path)).ok();
        (path, metadata.map(|metadata| (metadata.len(), modified_ms(&metadata)))).hash(hasher);
    }
    hashers.into_iter().map(|(folder, hasher)| (folder, hasher.finish())).collect()
}

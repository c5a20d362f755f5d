//! The result of one walk through a library's folder, with the sidecars of each video.

use db::ids::LibraryId;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use media::names::{LeftOut, LibraryKind, ParsedName, parse, show_folder};
use media::read_at_most;
use media::sidecars::nfo::Nfo;
use media::sidecars::{Artwork, Sidecars, subtitle_folder};
use media::walk::{self, FileEntry, Problem, ProblemKind, Walk, modified_at, walk};

use catalogue::paths::to_columns;
use catalogue::pictures::LocalPicture;

/// Incremented when the name parser changes, so that the names of known files are parsed again.
const NAMES_VERSION: u32 = 3;
/// Maximum size of an NFO file in bytes. Normally it is a page of text.
const MAX_NFO: u64 = 1 << 20;
/// Maximum size of an image file in bytes. A photo has a tenth of this.
pub(crate) const MAX_IMAGE: u64 = 64 << 20;

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
    /// Files and folders that the walk skipped.
    pub(super) left_out: Vec<walk::LeftOut>,
    /// Titles of Blu-ray folders except the longest one of each.
    disc_extras: HashSet<FileIndex>,
    pub(super) sidecars: Sidecars,
    /// Whether the walk was stopped, so that files may be missing in the listing.
    pub(super) stopped: bool,
    /// A hash of names, sizes and modification times of the sidecars, for each folder of videos.
    stamps: HashMap<PathBuf, u64>,
    by_folder: HashMap<PathBuf, Vec<FileIndex>>,
    shows: Mutex<HashMap<PathBuf, Arc<ShowFacts>>>,
}

/// NFO file and artwork in a show's folder.
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
        let Walk { files, sidecars, problems, left_out, stopped } = walk(root, progress)?;
        let files: Vec<FileEntry> = files.into_iter().filter(|file| file.size > 0).collect();
        let mut by_folder: HashMap<PathBuf, Vec<FileIndex>> = HashMap::new();
        for (index, file) in files.iter().enumerate() {
            by_folder.entry(parent(&file.path).to_owned()).or_default().push(FileIndex(index));
        }
        Ok(Self {
            disc_extras: disc_extras(&files, &by_folder),
            left_out,
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

    /// The parsed name of a file.
    pub(super) fn name(&self, file: FileIndex) -> ParsedName {
        if self.disc_extras.contains(&file) {
            return ParsedName::LeftOut { reason: LeftOut::DiscExtra };
        }
        parse(&self.file(file).path.to_string_lossy(), self.kind)
    }

    /// Why a file is left out because of its name; `None` if it is not.
    pub(super) fn left_out_by_name(&self, file: FileIndex) -> Option<LeftOut> {
        match self.name(file) {
            ParsedName::LeftOut { reason } => Some(reason),
            ParsedName::Movie(_) | ParsedName::Episode(_) | ParsedName::Unrecognised { .. } => None,
        }
    }

    /// Folders that could not be read, so that nothing is known about the files below them.
    pub(super) fn unreadable(&self) -> Vec<PathBuf> {
        let unreadable =
            |problem: &&Problem| matches!(problem.kind, ProblemKind::Unreadable | ProblemKind::TooDeep);
        self.problems.iter().filter(unreadable).map(|problem| problem.path.clone()).collect()
    }

    /// A stamp that changes when sidecars next to the video or in a folder above it change, or when the name
    /// parser changes.
    pub(super) fn stamp(&self, video: &Path) -> String {
        let mut hasher = DefaultHasher::new();
        let all: Vec<u64> =
            parent(video).ancestors().filter_map(|folder| self.stamps.get(folder).copied()).collect();
        all.hash(&mut hasher);
        format!("{NAMES_VERSION}-{:016x}", hasher.finish())
    }

    /// Whether a stamp was created by the current version of the name parser.
    pub(super) fn has_current_names(stamp: &str) -> bool {
        stamp.split_once('-').is_some_and(|(version, _)| version == NAMES_VERSION.to_string())
    }

    /// Whether a movie's folder contains only files of this movie, so that a `poster.jpg` in it is the movie's.
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

    /// The folder of the show that a video belongs to: the one with `tvshow.nfo`, else the one found by the
    /// folders' names.
    pub(super) fn show_folder<'a>(&self, video: &'a Path) -> Option<&'a Path> {
        let folders = || parent(video).ancestors().filter(|folder| !folder.as_os_str().is_empty());
        folders().find(|folder| self.sidecars.show_nfo(folder).is_some()).or_else(|| show_folder(video))
    }

    /// NFO file and artwork of a show's folder, read only once.
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

    /// The entries of an NFO file; none if it cannot be read.
    pub(super) fn nfos(&self, path: &Path) -> Vec<Nfo> {
        let bytes = read_at_most(&self.root.join(path), MAX_NFO);
        bytes.map(|bytes| media::sidecars::nfo::parse(&bytes)).unwrap_or_default()
    }

    /// An image in the library, with a stamp that changes when the file changes.
    pub(super) fn picture(&self, path: Option<&Path>) -> Option<LocalPicture> {
        let path = path?;
        let metadata = std::fs::metadata(self.root.join(path)).ok()?;
        if !metadata.is_file() || metadata.len() > MAX_IMAGE {
            return None;
        }
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

/// The titles of Blu-ray folders except the largest of each: logos, menus and extras.
fn disc_extras(files: &[FileEntry], by_folder: &HashMap<PathBuf, Vec<FileIndex>>) -> HashSet<FileIndex> {
    let streams = by_folder.iter().filter(|(folder, _)| {
        folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case("stream"))
            && parent(folder).file_name().is_some_and(|name| name.eq_ignore_ascii_case("bdmv"))
    });
    streams
        .flat_map(|(_, titles)| {
            // All titles of a disc have a similar bit rate, so the largest is the longest.
            let longest = titles.iter().copied().max_by_key(|FileIndex(index)| files[*index].size);
            titles.iter().copied().filter(move |title| Some(*title) != longest)
        })
        .collect()
}

/// Hashes the names, sizes and modification times of all sidecars, grouped by the folder of the videos that
/// they may belong to. Takes a millisecond per thousand files.
fn stamps(root: &Path, sidecars: &[PathBuf]) -> HashMap<PathBuf, u64> {
    let mut hashers: HashMap<&Path, DefaultHasher> = HashMap::new();
    for path in sidecars {
        let hasher = hashers.entry(video_folder(path)).or_default();
        let metadata = std::fs::metadata(root.join(path)).ok();
        (path, metadata.map(|metadata| (metadata.len(), modified_ms(&metadata)))).hash(hasher);
    }
    hashers.into_iter().map(|(folder, hasher)| (folder.to_owned(), hasher.finish())).collect()
}

/// The folder of the videos that a sidecar may belong to: the sidecar's own folder, or the parent of a
/// subtitle or `metadata` folder.
fn video_folder(sidecar: &Path) -> &Path {
    let folder = parent(sidecar);
    let is_metadata = folder.file_name().is_some_and(|name| name == "metadata");
    match subtitle_folder(folder) {
        Some(subtitles) => parent(subtitles),
        None if is_metadata => parent(folder),
        None => folder,
    }
}

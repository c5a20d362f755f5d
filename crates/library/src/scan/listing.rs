//! One walk of a library's folder, and the files next to each video.

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

/// Incremented when the reading of names changes, so that the files of earlier scans are read again.
const NAMES: u32 = 3;
/// Maximum size of an NFO file, which is normally a page of text.
const LARGEST_NFO: u64 = 1 << 20;
/// Maximum size of an image; a photo has a tenth of this.
pub(crate) const LARGEST_PICTURE: u64 = 64 << 20;

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
    /// What the walk skipped.
    pub(super) left_out: Vec<walk::LeftOut>,
    /// Titles of Blu-ray folders that are not the longest.
    disc_extras: HashSet<FileIndex>,
    pub(super) sidecars: Sidecars,
    /// Whether the walk was stopped: then nothing may be concluded from it.
    pub(super) stopped: bool,
    /// A hash per folder over names, sizes and times of the sidecars in it.
    stamps: HashMap<PathBuf, u64>,
    by_folder: HashMap<PathBuf, Vec<FileIndex>>,
    shows: Mutex<HashMap<PathBuf, Arc<ShowFacts>>>,
}

/// The files in a show's folder.
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

    /// What a file's name states.
    pub(super) fn name(&self, file: FileIndex) -> ParsedName {
        if self.disc_extras.contains(&file) {
            return ParsedName::LeftOut { reason: LeftOut::DiscExtra };
        }
        parse(&self.file(file).path.to_string_lossy(), self.kind)
    }

    /// Why a file is skipped by its name, if it is.
    pub(super) fn left_out_by_name(&self, file: FileIndex) -> Option<LeftOut> {
        match self.name(file) {
            ParsedName::LeftOut { reason } => Some(reason),
            ParsedName::Movie(_) | ParsedName::Episode(_) | ParsedName::Unrecognised { .. } => None,
        }
    }

    /// Folders that could not be read: nothing is known about what lies below them.
    pub(super) fn unreadable(&self) -> Vec<PathBuf> {
        let unreadable =
            |problem: &&Problem| matches!(problem.kind, ProblemKind::Unreadable | ProblemKind::TooDeep);
        self.problems.iter().filter(unreadable).map(|problem| problem.path.clone()).collect()
    }

    /// Changes when anything beside the video or in a folder above it changes, or when names are read in
    /// another way.
    pub(super) fn stamp(&self, video: &Path) -> String {
        let mut hasher = DefaultHasher::new();
        let all: Vec<u64> =
            parent(video).ancestors().filter_map(|folder| self.stamps.get(folder).copied()).collect();
        all.hash(&mut hasher);
        format!("{NAMES}-{:016x}", hasher.finish())
    }

    /// Whether a stamp was created with the current reading of names.
    pub(super) fn knows_names(stamp: &str) -> bool {
        stamp.split_once('-').is_some_and(|(names, _)| names == NAMES.to_string())
    }

    /// Whether a movie's folder contains only files of this movie: then `poster.jpg` in it is the movie's.
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

    /// The folder of the show that a video belongs to: the one with `tvshow.nfo`, else by the names of the
    /// folders.
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
        let bytes = read_at_most(&self.root.join(path), LARGEST_NFO);
        bytes.map(|bytes| media::sidecars::nfo::parse(&bytes)).unwrap_or_default()
    }

    /// A picture of the library, with a stamp that changes when the file does.
    pub(super) fn picture(&self, path: Option<&Path>) -> Option<LocalPicture> {
        let path = path?;
        let metadata = std::fs::metadata(self.root.join(path)).ok()?;
        if !metadata.is_file() || metadata.len() > LARGEST_PICTURE {
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

/// The titles of Blu-ray folders besides the largest of each: logos, menus and extras.
fn disc_extras(files: &[FileEntry], by_folder: &HashMap<PathBuf, Vec<FileIndex>>) -> HashSet<FileIndex> {
    let streams = by_folder.iter().filter(|(folder, _)| {
        folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case("stream"))
            && parent(folder).file_name().is_some_and(|name| name.eq_ignore_ascii_case("bdmv"))
    });
    streams
        .flat_map(|(_, titles)| {
            // The titles of one disc are coded alike, so the largest is the longest.
            let longest = titles.iter().copied().max_by_key(|FileIndex(index)| files[*index].size);
            titles.iter().copied().filter(move |title| Some(*title) != longest)
        })
        .collect()
}

/// One look at every sidecar, by the folder of the videos that it may belong to. Videos are told apart by the
/// walk; this costs a millisecond per thousand files.
fn stamps(root: &Path, sidecars: &[PathBuf]) -> HashMap<PathBuf, u64> {
    let mut hashers: HashMap<&Path, DefaultHasher> = HashMap::new();
    for path in sidecars {
        let hasher = hashers.entry(beside(path)).or_default();
        let metadata = std::fs::metadata(root.join(path)).ok();
        (path, metadata.map(|metadata| (metadata.len(), modified_ms(&metadata)))).hash(hasher);
    }
    hashers.into_iter().map(|(folder, hasher)| (folder.to_owned(), hasher.finish())).collect()
}

/// The folder of the videos that a sidecar may belong to: its own, or the one beside which its folder lies.
fn beside(sidecar: &Path) -> &Path {
    let folder = parent(sidecar);
    let is_metadata = folder.file_name().is_some_and(|name| name == "metadata");
    match subtitle_folder(folder) {
        Some(shelf) => parent(shelf),
        None if is_metadata => parent(folder),
        None => folder,
    }
}

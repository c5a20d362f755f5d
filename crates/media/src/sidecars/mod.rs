//! Sidecar files of a video: NFO files, artwork and subtitles.
//!
//! [`Sidecars`] works on the paths that a walk found and opens no files. [`nfo::parse`] parses the contents
//! of an NFO file.

mod artwork;
pub mod nfo;
mod subtitle_files;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

pub use artwork::Artwork;
pub use subtitle_files::{SubtitleFile, subtitle_folder};

pub use crate::subtitles::SubtitleFormat;

/// The sidecars of a library by folder.
#[derive(Debug, Default)]
pub struct Sidecars {
    folders: HashMap<PathBuf, Vec<Sidecar>>,
    /// Normalised name and path of every folder that contains sidecars, by parent folder.
    subfolders: HashMap<PathBuf, BTreeSet<(String, PathBuf)>>,
    /// Normalised names of videos by folder, without extension.
    videos: HashMap<PathBuf, Vec<String>>,
}

/// One file.
#[derive(Debug)]
struct Sidecar {
    path: PathBuf,
    /// File name without extension, normalised by [`normalised`].
    stem: String,
    /// Lower case.
    extension: String,
}

impl Sidecars {
    /// Groups the sidecars of a [`crate::walk::Walk`] by folder. The videos of the same walk are needed to
    /// decide which video a file belongs to if its name begins with the names of several.
    pub fn new<'a>(
        paths: impl IntoIterator<Item = PathBuf>,
        videos: impl IntoIterator<Item = &'a Path>,
    ) -> Self {
        let mut found = Self::default();
        for path in paths {
            let folder = parent(&path).to_owned();
            let stem = stem(&path);
            let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            found.add_folders(&folder);
            found.folders.entry(folder).or_default().push(Sidecar { path, stem, extension });
        }
        for video in videos {
            found.videos.entry(parent(video).to_owned()).or_default().push(stem(video));
        }
        found
    }

    /// Adds `folder` and the folders above it to `subfolders`.
    fn add_folders(&mut self, folder: &Path) {
        let mut inner = folder;
        while let (Some(outer), Some(name)) = (inner.parent(), inner.file_name()) {
            let entry = (normalised(&name.to_string_lossy()), inner.to_owned());
            if !self.subfolders.entry(outer.to_owned()).or_default().insert(entry) {
                return;
            }
            inner = outer;
        }
    }

    /// The NFO file of a film: named like the video, or `movie.nfo` in the film's own folder.
    pub fn movie_nfo(&self, video: &Path, own_folder: bool) -> Option<&Path> {
        let folder = parent(video);
        self.find(folder, &stem(video), &["nfo"])
            .or_else(|| self.find(folder, "movie", &["nfo"]).filter(|_| own_folder))
    }

    /// The NFO file of an episode, named like the video.
    pub fn episode_nfo(&self, video: &Path) -> Option<&Path> {
        self.find(parent(video), &stem(video), &["nfo"])
    }

    /// `tvshow.nfo` in the show's folder.
    pub fn show_nfo(&self, folder: &Path) -> Option<&Path> {
        self.find(folder, "tvshow", &["nfo"])
    }

    fn find(&self, folder: &Path, stem: &str, extensions: &[&str]) -> Option<&Path> {
        let files = self.folders.get(folder)?;
        // The order of `extensions` decides, not the order on disk.
        extensions.iter().find_map(|extension| {
            let found = files.iter().find(|file| file.stem == stem && file.extension == *extension);
            found.map(|file| file.path.as_path())
        })
    }
}

fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| normalised(&stem.to_string_lossy())).unwrap_or_default()
}

/// A name normalised for comparison: lower case and NFC, because macOS stores names decomposed.
fn normalised(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

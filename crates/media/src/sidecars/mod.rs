//! What lies beside a video: NFO files, artwork and subtitles.
//!
//! [`Sidecars`] answers from the paths that a walk found; nothing here opens a file. [`nfo::parse`] reads the bytes of
//! an NFO file.

mod artwork;
pub mod nfo;
mod subtitle_files;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

pub use artwork::Artwork;
pub use subtitle_files::{SubtitleFile, SubtitleFormat};

/// The sidecars of a library by folder.
#[derive(Debug, Default)]
pub struct Sidecars {
    folders: HashMap<PathBuf, Vec<Sidecar>>,
}

/// One file.
#[derive(Debug)]
struct Sidecar {
    path: PathBuf,
    /// File name without extension, in lower case.
    stem: String,
    /// Lower case.
    extension: String,
}

impl Sidecars {
    /// Sorts the sidecars of a [`crate::walk::Walk`] by folder.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut folders: HashMap<PathBuf, Vec<Sidecar>> = HashMap::new();
        for path in paths {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            let stem = stem(&path);
            let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            folders.entry(folder).or_default().push(Sidecar { path, stem, extension });
        }
        Self { folders }
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
        // The order of the extensions decides, not the order on disk.
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
    path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default()
}

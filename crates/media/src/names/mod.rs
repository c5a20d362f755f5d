//! What a path says about its film or episode, by the conventions of Plex, Jellyfin, Kodi and release groups.
//!
//! Pure: nothing is read from disk. `tests/it/names_movies.txt` and `names_shows.txt` list what is understood.

mod episode;
mod folders;
mod left_out;
mod movie;
mod numbering;
mod release;
mod tags;
mod title;

use serde::{Deserialize, Serialize};

use crate::Ids;
pub use left_out::LeftOut;
pub use numbering::Numbering;
pub use title::normalise;

/// What a library holds; it decides how names are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LibraryKind {
    /// One film per file, or several files of one film.
    Movies,
    /// Episodes below a folder per show.
    Shows,
}

/// The work that a name speaks of: a film, or the show of an episode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Work {
    /// Title as written, with separators made spaces and release tags removed.
    pub title: String,
    /// Year of release or first airing.
    pub year: Option<u16>,
    /// Ids written into the names.
    #[serde(default)]
    pub ids: Ids,
}

impl Work {
    /// Equal for names that mean the same work: versions and parts of one film, episodes of one show.
    pub fn key(&self) -> String {
        match self.year {
            Some(year) => format!("{}|{year}", normalise(&self.title)),
            None => normalise(&self.title),
        }
    }
}

/// A film, or one of its versions or parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovieName {
    /// The film.
    pub work: Work,
    /// The cut: `Director's Cut`, `Extended`. Another edition is another file of the same film.
    pub edition: Option<String>,
    /// A label that tells versions of one film apart: `1080p`.
    pub version: Option<String>,
    /// Which part this is, from 1, when the film is spread over several files.
    pub part: Option<u16>,
}

/// One or more episodes in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpisodeName {
    /// The show.
    pub show: Work,
    /// Which episodes.
    pub numbering: Numbering,
    /// Title of the episode, when the name gives one.
    pub title: Option<String>,
    /// A label that tells versions of one episode apart.
    pub version: Option<String>,
    /// Which part this is, from 1, when the episode is spread over several files.
    pub part: Option<u16>,
}

/// What a path says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ParsedName {
    /// A film.
    Movie(MovieName),
    /// Episodes of a show.
    Episode(EpisodeName),
    /// A trailer, sample or extra: not a title of its own.
    LeftOut {
        /// Why.
        reason: LeftOut,
    },
    /// A file in a show library without an episode number.
    Unrecognised {
        /// The show that its folder names, or the file's own name.
        show: Work,
    },
}

/// Reads `path`, relative to the library's root and separated by `/`.
///
/// Bytes that are no UTF-8 should come in as replacement characters; they end up in the title.
pub fn parse(path: &str, kind: LibraryKind) -> ParsedName {
    let mut folders: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let file = folders.pop().unwrap_or_default();
    let stem = strip_extension(file);
    if let Some(reason) = left_out::reason(&folders, stem, kind) {
        return ParsedName::LeftOut { reason };
    }
    match kind {
        LibraryKind::Movies => ParsedName::Movie(movie::parse(&folders, stem)),
        LibraryKind::Shows => episode::parse(&folders, stem),
    }
}

/// Only a media extension is cut off: `Mr. Robot` and `R.I.P.D.` keep theirs.
fn strip_extension(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && crate::walk::is_video_extension(extension) => stem,
        _ => file,
    }
}

//! The results of parsing.

use serde::{Deserialize, Serialize};

use super::numbering::Numbering;
use super::title::normalise;
use crate::Ids;

/// The media type of a library, which determines how names are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LibraryKind {
    /// One film per file, or several files of one film.
    Movies,
    /// Episodes below a folder per show.
    Shows,
}

/// The work that a name refers to: a film, or the show of an episode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Work {
    /// Title as written, with separators replaced by spaces and release tags removed. Never empty.
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

/// What a path refers to.
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

/// Why a file is not a title of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// A trailer or teaser.
    Trailer,
    /// A sample of a release.
    Sample,
    /// Bonus material.
    Extra,
    /// Part of a DVD's folder, which is not played.
    Dvd,
    /// A title of a Blu-ray's folder that is not its longest.
    DiscExtra,
}

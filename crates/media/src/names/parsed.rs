//! The results of parsing.

use serde::{Deserialize, Serialize};

use super::numbering::Numbering;
use super::title::normalise;
use crate::Ids;

/// The media type of a library, which determines how names are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LibraryKind {
    /// Films, each in one or several files.
    Movies,
    /// Episodes, with a folder for each show.
    Shows,
}

/// The work that a name refers to: a film, or the show of an episode.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Work {
    /// Title as written, with separators replaced by spaces and release tags removed. Never empty.
    pub title: String,
    /// Year of release or first airing.
    pub year: Option<u16>,
    /// Ids in the file's or folders' names.
    #[serde(default)]
    pub ids: Ids,
}

impl Work {
    /// A key that is equal for names of the same work: versions and parts of one film, episodes of one show.
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
    /// The edition: `Director's Cut`, `Extended`. Editions are files of the same film.
    pub edition: Option<String>,
    /// A label that distinguishes versions of one film: `1080p`.
    pub version: Option<String>,
    /// Number of this part, from 1, if the film is split into several files.
    pub part: Option<u16>,
}

/// One or more episodes in one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EpisodeName {
    /// The show.
    pub show: Work,
    /// The episodes.
    pub numbering: Numbering,
    /// Title of the episode, if the name contains one.
    pub title: Option<String>,
    /// A label that distinguishes versions of one episode.
    pub version: Option<String>,
    /// Number of this part, from 1, if the episode is split into several files.
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
    /// A trailer, sample or extra, not a separate title.
    LeftOut {
        /// Why.
        reason: LeftOut,
    },
    /// A file in a show library without an episode number.
    Unrecognised {
        /// The show named by its folder, or else by the file itself.
        show: Work,
    },
}

/// Why a file is not a separate title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// A trailer or teaser.
    Trailer,
    /// A sample of a release.
    Sample,
    /// Bonus material.
    Extra,
    /// Part of a DVD folder, which is not supported.
    Dvd,
    /// A title of a Blu-ray folder that is not the longest one.
    DiscExtra,
}

//! Where collections are built: Kinometa's own library, or another server.

use async_trait::async_trait;
use chrono::NaiveDate;
use kometa::collections::HubSort;
use kometa::spec::Media;

use crate::library::{Level, Library};
use crate::options::Details;
use crate::plan::Existing;

/// A place where collections are built. Every call refers to one of its libraries, by its name in config.yml.
#[async_trait]
pub trait Target: Send + Sync {
    /// Its display name.
    fn name(&self) -> &str;

    /// Whether writing and deleting only report what they would do.
    fn is_dry_run(&self) -> bool {
        false
    }

    /// Whether it supports playlists.
    fn has_playlists(&self) -> bool {
        false
    }

    /// The contents of a library at these levels at least; `None` if there is no such library.
    ///
    /// # Errors
    /// [`TargetError`] if the library cannot be read now. Its collections then stay unchanged: a library that seems
    /// empty because a disk is missing must not empty them.
    async fn library(&self, name: &str, levels: &[Level]) -> Result<Option<Library>, TargetError>;

    /// The media type of the libraries, by their possible names in config.yml.
    async fn held(&self) -> Result<Vec<(String, Media)>, TargetError>;

    /// A collection by its name, without case.
    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError>;

    /// Creates or changes a collection atomically. If that is not possible, the next run continues unfinished work.
    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError>;

    /// Problems of the last write of a collection that did not prevent it, such as a poster that could not be fetched.
    /// Without a library for a playlist.
    async fn left_undone(&self, _library: &str, _name: &str) -> Vec<String> {
        Vec::new()
    }

    /// The collections of a library with a label, ignoring case. None by default.
    ///
    /// # Errors
    /// [`TargetError`] if they cannot be read now.
    async fn labelled(&self, _library: &str, _label: &str) -> Result<Vec<Labelled>, TargetError> {
        Ok(Vec::new())
    }

    /// Deletes a collection; its titles stay. Succeeds if it does not exist. A manually created collection is rejected
    /// unless `whose` allows deleting it.
    async fn delete(&self, library: &str, collection: &str, whose: Whose) -> Result<(), TargetError>;

    /// Performs changes to a whole library once its collections are done, such as sorting their rows. Returns what was
    /// done.
    async fn finish(&self, _library: &str, _rows: Option<&Rows>) -> Result<Vec<String>, TargetError> {
        Ok(Vec::new())
    }

    /// A playlist by its name.
    async fn playlist(&self, _name: &str) -> Result<Option<Existing>, TargetError> {
        Ok(None)
    }

    /// Creates or changes a playlist.
    async fn write_playlist(
        &self,
        _name: &str,
        _members: &[i64],
        _details: &Details,
    ) -> Result<Written, TargetError> {
        Err(TargetError::NoPlaylists)
    }

    /// Deletes a playlist. Succeeds if it does not exist.
    async fn delete_playlist(&self, _name: &str) -> Result<(), TargetError> {
        Err(TargetError::NoPlaylists)
    }
}

/// Which collections may be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those created by Kinometa or Kometa.
    Ours,
    /// Also manually created ones: the user has confirmed the deletion.
    Anybodys,
}

/// A collection with a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Its name.
    pub name: String,
    /// How many members it has.
    pub members: usize,
}

/// How the rows of a library's collections are sorted.
#[derive(Debug, Clone)]
pub struct Rows {
    /// The sort key.
    pub sort: HubSort,
    /// The collections that config.yml defines, in its order.
    pub configured: Vec<String>,
    /// Those whose rows have a fixed position (`hub_priority`) and are not sorted.
    pub pinned: Vec<String>,
    /// The day of the run: a random order is different every day.
    pub today: NaiveDate,
}

/// The result of writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Written as planned.
    AsPlanned,
    /// The target compared: nothing had to change.
    Unchanged,
    /// The target compared: details changed, as described.
    Details(Vec<String>),
    /// The target compared: members, their order, or more changed, as described.
    Members(Vec<String>),
}

/// Error of a target.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The library cannot be read now.
    #[error("the library {0:?} cannot be read now, so its collections are left alone")]
    Unavailable(String),
    /// The library cannot be read.
    #[error("the library {library:?} cannot be read, so its collections are left alone: {reason}")]
    Unread {
        /// The library.
        library: String,
        /// Why.
        reason: String,
    },
    /// The target became unavailable while a library was being built.
    #[error("{reason}; the other collections of the library {library:?} are left alone")]
    Ended {
        /// The library.
        library: String,
        /// Why.
        reason: String,
    },
    /// It does not support playlists.
    #[error("no playlists are made there")]
    NoPlaylists,
    /// Anything else.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

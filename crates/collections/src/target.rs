//! Where collections are built: Kinometa's own library, or another server.

use async_trait::async_trait;
use chrono::NaiveDate;
use kometa::collections::HubSort;
use kometa::spec::Media;

use crate::library::{Level, Library};
use crate::options::Details;
use crate::plan::Existing;

/// A place where collections are built. Most calls refer to one of its libraries, by the name of the library in
/// config.yml.
#[async_trait]
pub trait Target: Send + Sync {
    /// The display name of the target.
    fn name(&self) -> &str;

    /// Whether this is a dry run: writing and deleting change nothing and only report what they would do.
    fn is_dry_run(&self) -> bool {
        false
    }

    /// Whether it supports playlists.
    fn has_playlists(&self) -> bool {
        false
    }

    /// The contents of a library, at least at these levels; `None` if there is no such library.
    ///
    /// # Errors
    /// [`TargetError`] if the library cannot be read now. Its collections then stay unchanged: they must not be emptied
    /// because a library appears to be empty while a disk is missing.
    async fn library(&self, name: &str, levels: &[Level]) -> Result<Option<Library>, TargetError>;

    /// The media types of all libraries, by the names that config.yml may use for them. A library can have several
    /// names.
    async fn media_types(&self) -> Result<Vec<(String, Media)>, TargetError>;

    /// Finds a collection by its name, ignoring case.
    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError>;

    /// Creates or changes a collection, atomically if the target can do that. Otherwise, the next run completes an
    /// interrupted change.
    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError>;

    /// Problems that occurred in the last write of a collection without preventing it, such as a poster that could
    /// not be downloaded. `library` is empty for a playlist.
    async fn write_warnings(&self, _library: &str, _name: &str) -> Vec<String> {
        Vec::new()
    }

    /// The collections of a library that have this label, ignoring case. By default, none.
    ///
    /// # Errors
    /// [`TargetError`] if they cannot be read now.
    async fn labelled(&self, _library: &str, _label: &str) -> Result<Vec<Labelled>, TargetError> {
        Ok(Vec::new())
    }

    /// Deletes a collection; its titles stay in the library. Succeeds if it does not exist. Fails for a manually
    /// created collection unless `scope` includes it.
    async fn delete(&self, library: &str, collection: &str, scope: DeleteScope) -> Result<(), TargetError>;

    /// Called once all collections of a library are built, for changes to the library as a whole, such as sorting its
    /// hubs. Returns descriptions of what was done.
    async fn finish(&self, _library: &str, _hubs: Option<&HubOrder>) -> Result<Vec<String>, TargetError> {
        Ok(Vec::new())
    }

    /// Finds a playlist by its name.
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
pub enum DeleteScope {
    /// Only those created by Kinometa or Kometa.
    Managed,
    /// Also manually created ones, because the user has confirmed the deletion.
    Any,
}

/// A collection that has a given label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Its name.
    pub name: String,
    /// How many members it has.
    pub members: usize,
}

/// How the hubs of a library's collections are sorted (`auto_sort_hubs`). A hub is a row of the library's page.
#[derive(Debug, Clone)]
pub struct HubOrder {
    /// The sort key.
    pub sort: HubSort,
    /// The names of the collections that config.yml defines, in its order.
    pub configured: Vec<String>,
    /// The names of collections whose hubs have a fixed position (`hub_priority`) and are not sorted.
    pub pinned: Vec<String>,
    /// The day of the run. It seeds the random order, which changes every day.
    pub today: NaiveDate,
}

/// The result of writing a collection or playlist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// Written as planned.
    AsPlanned,
    /// The target compared the states and had nothing to change.
    Unchanged,
    /// The target compared the states and changed details, as described.
    Details(Vec<String>),
    /// The target compared the states and changed members, their order, or more, as described.
    Members(Vec<String>),
}

/// An error of a target.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The library cannot be read now.
    #[error("the library {0:?} cannot be read now, so its collections are left alone")]
    Unavailable(String),
    /// The library cannot be read, with the reason.
    #[error("the library {library:?} cannot be read, so its collections are left alone: {reason}")]
    Unreadable {
        /// The library.
        library: String,
        /// Why.
        reason: String,
    },
    /// The target became unavailable while a library was being built.
    #[error("{reason}; the other collections of the library {library:?} are left alone")]
    BecameUnavailable {
        /// The library.
        library: String,
        /// Why.
        reason: String,
    },
    /// The target does not support playlists.
    #[error("no playlists are made there")]
    NoPlaylists,
    /// Anything else.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

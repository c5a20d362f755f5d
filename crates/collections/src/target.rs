//! Where collections are built: Kinometa's own library, or another server.

use async_trait::async_trait;
use chrono::NaiveDate;
use kometa::collections::HubSort;
use kometa::spec::Media;

use crate::library::{Level, Library};
use crate::options::Details;
use crate::plan::Existing;

/// A place that holds collections. Every call is about one of its libraries, by the name that config.yml gives it.
#[async_trait]
pub trait Target: Send + Sync {
    /// What people call it.
    fn name(&self) -> &str;

    /// Whether writing and deleting only say what they would do.
    fn is_dry_run(&self) -> bool {
        false
    }

    /// Whether it can hold playlists.
    fn has_playlists(&self) -> bool {
        false
    }

    /// What a library holds at these levels, at least; none when there is no such library.
    ///
    /// # Errors
    /// [`TargetError`] when the library cannot be read now. Its collections are left alone then: a library that seems
    /// empty because a disk is away must not empty them.
    async fn library(&self, name: &str, levels: &[Level]) -> Result<Option<Library>, TargetError>;

    /// What the libraries hold, by the names that config.yml may give them.
    async fn held(&self) -> Result<Vec<(String, Media)>, TargetError>;

    /// A collection by its name, without case.
    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError>;

    /// Makes or changes a collection, all of it or nothing. Where that is not possible, what is begun is gone on with in
    /// the next run.
    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError>;

    /// What the last write of a collection could not do although it was written, such as a poster that could not be
    /// fetched. Of a playlist without a library.
    async fn left_undone(&self, _library: &str, _name: &str) -> Vec<String> {
        Vec::new()
    }

    /// The collections of a library that carry a label, whatever its case. Where targets do not say, there are none.
    ///
    /// # Errors
    /// [`TargetError`] when they cannot be read now.
    async fn labelled(&self, _library: &str, _label: &str) -> Result<Vec<Labelled>, TargetError> {
        Ok(Vec::new())
    }

    /// Removes a collection; its titles stay. One that is not there is removed already. One that somebody made by hand
    /// is refused unless `whose` says that it may go.
    async fn delete(&self, library: &str, collection: &str, whose: Whose) -> Result<(), TargetError>;

    /// Does what concerns a library as a whole once its collections are done, such as sorting their rows. Says what was
    /// done.
    async fn finish(&self, _library: &str, _rows: Option<&Rows>) -> Result<Vec<String>, TargetError> {
        Ok(Vec::new())
    }

    /// A playlist by its name.
    async fn playlist(&self, _name: &str) -> Result<Option<Existing>, TargetError> {
        Ok(None)
    }

    /// Makes or changes a playlist.
    async fn write_playlist(
        &self,
        _name: &str,
        _members: &[i64],
        _details: &Details,
    ) -> Result<Written, TargetError> {
        Err(TargetError::NoPlaylists)
    }

    /// Removes a playlist. One that is not there is removed already.
    async fn delete_playlist(&self, _name: &str) -> Result<(), TargetError> {
        Err(TargetError::NoPlaylists)
    }
}

/// Which collections a deletion may be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those that Kinometa or Kometa made.
    Ours,
    /// Also one that somebody made by hand: a person has agreed that it goes.
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
    /// By what.
    pub sort: HubSort,
    /// The collections that config.yml defines, in its order.
    pub configured: Vec<String>,
    /// Those among them whose rows have a place of their own (`hub_priority`), which are not sorted.
    pub pinned: Vec<String>,
    /// The day of the run: a random order is another one every day.
    pub today: NaiveDate,
}

/// What writing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// What was planned.
    AsPlanned,
    /// The target compared: nothing had to be done.
    Unchanged,
    /// The target compared: what is shown changed, as these words say.
    Details(Vec<String>),
    /// The target compared: members, their order, or more changed, as these words say.
    Members(Vec<String>),
}

/// Why a target could not do its work.
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
    /// The target went away while a library was worked on.
    #[error("{reason}; the other collections of the library {library:?} are left alone")]
    Ended {
        /// The library.
        library: String,
        /// Why.
        reason: String,
    },
    /// It holds no playlists.
    #[error("no playlists are made there")]
    NoPlaylists,
    /// Anything else.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

//! Where collections are built: Kinometa's own library, or another server.

use async_trait::async_trait;
use kometa::spec::Media;

use crate::library::Library;
use crate::options::Details;
use crate::plan::Existing;

/// A place that holds collections. Every call is about one of its libraries, by the name that config.yml gives it.
#[async_trait]
pub trait Target: Send + Sync {
    /// What a library holds; none when there is no such library.
    ///
    /// # Errors
    /// [`TargetError`] when the library cannot be read now. Its collections are left alone then: a library that seems
    /// empty because a disk is away must not empty them.
    async fn library(&self, name: &str) -> Result<Option<Library>, TargetError>;

    /// What the libraries hold, by the names that config.yml may give them.
    async fn held(&self) -> Result<Vec<(String, Media)>, TargetError>;

    /// A collection by its name, without case.
    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError>;

    /// Makes or changes a collection, all of it or nothing.
    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<(), TargetError>;

    /// Removes a collection; its titles stay. One that is not there is removed already.
    async fn delete(&self, library: &str, collection: &str) -> Result<(), TargetError>;
}

/// Why a target could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The library cannot be read now.
    #[error("the library {0:?} cannot be read now, so its collections are left alone")]
    Unavailable(String),
    /// Anything else.
    #[error(transparent)]
    Other(Box<dyn std::error::Error + Send + Sync>),
}

//! A target with a cache of its collections.

use std::collections::HashMap;

use crate::options::Details;
use crate::plan::Existing;
use crate::target::{DeleteScope, Labelled, Target, TargetError, Written};

/// A target whose collections are read once. Planning a collection removes it from the cache, so that a second
/// definition with the same name reads what the first one has built.
pub(super) struct CachedTarget<'a> {
    target: &'a dyn Target,
    /// Collections that were read (`None` if they do not exist), by library and lower-case name.
    existing: HashMap<(String, String), Option<Existing>>,
}

impl<'a> CachedTarget<'a> {
    pub(super) fn new(target: &'a dyn Target) -> Self {
        Self { target, existing: HashMap::new() }
    }

    /// Whether a collection exists. One that cannot be read counts as missing.
    pub(super) async fn exists(&mut self, library: &str, name: &str) -> bool {
        let key = Self::key(library, name);
        if !self.existing.contains_key(&key) {
            let Ok(read) = self.target.existing(library, name).await else { return false };
            self.existing.insert(key.clone(), read);
        }
        self.existing.get(&key).is_some_and(Option::is_some)
    }

    /// The existing collection. Removes it from the cache.
    pub(super) async fn take(&mut self, library: &str, name: &str) -> Result<Option<Existing>, TargetError> {
        match self.existing.remove(&Self::key(library, name)) {
            Some(read) => Ok(read),
            None => self.target.existing(library, name).await,
        }
    }

    /// The target's display name.
    pub(super) fn name(&self) -> &str {
        self.target.name()
    }

    /// Whether this is a dry run of the target.
    pub(super) fn is_dry_run(&self) -> bool {
        self.target.is_dry_run()
    }

    pub(super) async fn write(
        &self,
        library: &str,
        name: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        self.target.write(library, name, members, details).await
    }

    /// Problems that occurred in the last write of a collection without preventing it.
    pub(super) async fn write_warnings(&self, library: &str, name: &str) -> Vec<String> {
        self.target.write_warnings(library, name).await
    }

    /// The collections of a library that have this label.
    pub(super) async fn labelled(&self, library: &str, label: &str) -> Result<Vec<Labelled>, TargetError> {
        self.target.labelled(library, label).await
    }

    pub(super) async fn delete(
        &mut self,
        library: &str,
        name: &str,
        scope: DeleteScope,
    ) -> Result<(), TargetError> {
        self.existing.remove(&Self::key(library, name));
        self.target.delete(library, name, scope).await
    }

    fn key(library: &str, name: &str) -> (String, String) {
        (library.to_owned(), name.to_lowercase())
    }
}

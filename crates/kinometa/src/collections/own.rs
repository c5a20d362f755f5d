//! Kinometa's own library as a target for collections.

mod rows;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use clock::Clock;
use collections::library::{Level, Library as View};
use collections::options::Details;
use collections::plan::Existing;
use collections::run::Outcome;
use collections::target::{DeleteScope, Labelled, Target, TargetError, Written};
use db::Db;
use db::kinds::{LibraryKind, LibraryState};
use db::rows::{Collection, Library};
use kometa::spec::Media;

use super::images::Images;
use super::titles;
use rows::{Destination, PLAYLISTS};

/// The collections in this server's database.
pub struct OwnLibrary {
    db: Db,
    clock: Arc<dyn Clock>,
    /// Finds pictures; `None` when collections are only read.
    images: Option<Images>,
}

/// No library of this server has this name.
#[derive(Debug, thiserror::Error)]
#[error("there is no library {name:?}; this server has: {known}")]
pub struct NoLibrary {
    name: String,
    known: String,
}

impl OwnLibrary {
    /// Uses this database, without pictures.
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock, images: None }
    }

    /// Adds pictures; `folder` is the folder of config.yml, to which their paths are relative.
    pub fn with_images(self, folder: &Path) -> Self {
        Self { images: Some(Images::new(folder)), ..self }
    }

    /// Maps the library `name` in config.yml to a library of this server. The mapping is stored.
    ///
    /// # Errors
    /// [`NoLibrary`] when this server has no library with that name.
    pub async fn map(&self, name: &str, library: &str) -> Result<(), TargetError> {
        let libraries = db::libraries::list(&self.db).await.map_err(other)?;
        let Some(row) = by_name(&libraries, library) else {
            let known: Vec<&str> = libraries.iter().map(|library| library.name.as_str()).collect();
            return Err(other(NoLibrary { name: library.to_owned(), known: known.join(", ") }));
        };
        let tx = self.db.begin().await.map_err(other)?;
        db::collections::name_library(&tx, name, row.id).await.map_err(other)?;
        tx.commit().await.map_err(other)
    }

    /// The row of the outcome's collection or playlist.
    pub(super) async fn row_of(&self, outcome: &Outcome) -> Result<Option<Collection>, TargetError> {
        let name = &outcome.plan.name;
        if outcome.playlist {
            return db::collections::playlist(&self.db, name).await.map_err(other);
        }
        Ok(self.row(&outcome.library, name).await?.map(|(_, row)| row))
    }

    /// The library that a name in config.yml refers to: the one it is mapped to, or else the one with that name.
    pub(super) async fn find(&self, name: &str) -> Result<Option<Library>, TargetError> {
        let libraries = db::libraries::list(&self.db).await.map_err(other)?;
        let names = db::collections::library_names(&self.db).await.map_err(other)?;
        if let Some((_, id)) = names.iter().find(|(known, _)| known == name) {
            return Ok(libraries.into_iter().find(|library| library.id == *id));
        }
        Ok(by_name(&libraries, name).cloned())
    }

    async fn row(&self, library: &str, name: &str) -> Result<Option<(Library, Collection)>, TargetError> {
        let Some(library) = self.find(library).await? else { return Ok(None) };
        let row = db::collections::named(&self.db, library.id, name).await.map_err(other)?;
        Ok(row.map(|row| (library, row)))
    }
}

fn by_name<'a>(libraries: &'a [Library], name: &str) -> Option<&'a Library> {
    let exact = libraries.iter().find(|library| library.name == name);
    exact.or_else(|| libraries.iter().find(|library| library.name.to_lowercase() == name.to_lowercase()))
}

fn other(error: impl std::error::Error + Send + Sync + 'static) -> TargetError {
    TargetError::Other(Box::new(error))
}

fn media(kind: LibraryKind) -> Media {
    match kind {
        LibraryKind::Movies => Media::Movies,
        LibraryKind::Shows => Media::Shows,
    }
}

#[async_trait]
impl Target for OwnLibrary {
    fn name(&self) -> &str {
        "Kinometa"
    }

    fn has_playlists(&self) -> bool {
        true
    }

    async fn library(&self, name: &str, _levels: &[Level]) -> Result<Option<View>, TargetError> {
        let Some(library) = self.find(name).await? else { return Ok(None) };
        if library.state != LibraryState::Ok {
            return Err(TargetError::Unavailable(library.name));
        }
        let rows = db::collections::titles_of_library(&self.db, library.id).await.map_err(other)?;
        let files = db::collections::files_of_library(&self.db, library.id).await.map_err(other)?;
        let held = db::collections::names_of_members(&self.db, library.id).await.map_err(other)?;
        Ok(Some(View::new(media(library.kind), titles::items(&rows, files, held))))
    }

    async fn media_types(&self) -> Result<Vec<(String, Media)>, TargetError> {
        let libraries = db::libraries::list(&self.db).await.map_err(other)?;
        let names = db::collections::library_names(&self.db).await.map_err(other)?;
        let mapped = names.into_iter().filter_map(|(name, id)| {
            let library = libraries.iter().find(|library| library.id == id)?;
            Some((name, media(library.kind)))
        });
        let own = libraries.iter().map(|library| (library.name.clone(), media(library.kind)));
        Ok(mapped.chain(own).collect())
    }

    async fn existing(&self, library: &str, collection: &str) -> Result<Option<Existing>, TargetError> {
        let Some((_, row)) = self.row(library, collection).await? else { return Ok(None) };
        Ok(Some(self.read(row).await?))
    }

    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        let Some(found) = self.find(library).await? else {
            return Err(TargetError::Unavailable(library.to_owned()));
        };
        let row = db::collections::named(&self.db, found.id, collection).await.map_err(other)?;
        let destination = Destination { library: found.id, key: library, name: collection, playlist: false };
        self.put(destination, row, members, details).await
    }

    async fn write_warnings(&self, library: &str, name: &str) -> Vec<String> {
        match &self.images {
            Some(images) => images.failures(library, name).await,
            None => Vec::new(),
        }
    }

    async fn labelled(&self, library: &str, label: &str) -> Result<Vec<Labelled>, TargetError> {
        let Some(library) = self.find(library).await? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for row in db::collections::of_library(&self.db, library.id).await.map_err(other)? {
            let (name, existing) = (row.name.clone(), self.read(row).await?);
            let has = |known: &String| known.to_lowercase() == label.to_lowercase();
            if existing.details.labels.iter().any(has) {
                found.push(Labelled { name, members: existing.members.len() });
            }
        }
        Ok(found)
    }

    async fn delete(&self, library: &str, collection: &str, _scope: DeleteScope) -> Result<(), TargetError> {
        let Some(library) = self.find(library).await? else { return Ok(()) };
        let tx = self.db.begin().await.map_err(other)?;
        db::collections::delete(&tx, library.id, collection).await.map_err(other)?;
        tx.commit().await.map_err(other)
    }

    async fn playlist(&self, name: &str) -> Result<Option<Existing>, TargetError> {
        let Some(row) = db::collections::playlist(&self.db, name).await.map_err(other)? else {
            return Ok(None);
        };
        Ok(Some(self.read(row).await?))
    }

    async fn write_playlist(
        &self,
        name: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        let row = db::collections::playlist(&self.db, name).await.map_err(other)?;
        let library = match &row {
            Some(row) => row.library_id,
            None => self.any_library(members).await?,
        };
        let destination = Destination { library, key: PLAYLISTS, name, playlist: true };
        self.put(destination, row, members, details).await
    }

    async fn delete_playlist(&self, name: &str) -> Result<(), TargetError> {
        let tx = self.db.begin().await.map_err(other)?;
        db::collections::delete_playlist(&tx, name).await.map_err(other)?;
        tx.commit().await.map_err(other)
    }
}

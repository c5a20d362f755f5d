//! Collections in Kinometa's own library: a target for the plans of crate `collections`, and the service that runs Kometa's
//! config files while the server does.

mod cache;
mod check;
pub(crate) mod files;
mod jobs;
mod missing;
mod places;
mod record;
mod renewal;
pub(crate) mod reports;
mod runner;
mod schedule;
mod service;
mod titles;

use std::sync::Arc;

use async_trait::async_trait;
use clock::Clock;
use collections::library::{Level, Library as View};
use collections::options::Details;
use collections::plan::Existing;
use collections::target::{Target, TargetError, Written};
use db::collections::Shown;
use db::ids::TitleId;
use db::kinds::{LibraryKind, LibraryState};
use db::rows::{Collection, Library};
use db::{Db, Millis};
use kometa::spec::Media;

pub use cache::Answers;
pub use check::{Check, CheckedLibrary, Found};
pub use files::LoadError;
pub use jobs::{RunProgress, RunStep, Scope};
pub use places::{NoPlex, Places, Where, together};
pub use renewal::{CredentialState, Credentials};
pub use service::{CollectionError, CollectionEvent, Collections, Parts};

/// The collections in this server's database.
pub struct OwnLibrary {
    db: Db,
    clock: Arc<dyn Clock>,
}

/// No library of this server has the name.
#[derive(Debug, thiserror::Error)]
#[error("there is no library {name:?}; this server has: {known}")]
pub struct NoLibrary {
    name: String,
    known: String,
}

impl OwnLibrary {
    /// The collections in this database.
    pub fn new(db: Db, clock: Arc<dyn Clock>) -> Self {
        Self { db, clock }
    }

    /// Remembers that `name` in config.yml means a library of this server.
    ///
    /// # Errors
    /// [`NoLibrary`] when there is none of that name.
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

    /// The library that a name in config.yml means: one that it was mapped to, else the one that is called so.
    async fn find(&self, name: &str) -> Result<Option<Library>, TargetError> {
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

    async fn library(&self, name: &str, _levels: &[Level]) -> Result<Option<View>, TargetError> {
        let Some(library) = self.find(name).await? else { return Ok(None) };
        if library.state != LibraryState::Ok {
            return Err(TargetError::Unavailable(library.name));
        }
        let rows = db::collections::titles_of_library(&self.db, library.id).await.map_err(other)?;
        Ok(Some(View::new(media(library.kind), titles::items(&rows))))
    }

    async fn held(&self) -> Result<Vec<(String, Media)>, TargetError> {
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
        let order = db::collections::members(&self.db, row.id).await.map_err(other)?;
        let rows = db::collections::titles(&self.db, row.id).await.map_err(other)?;
        let labels = serde_json::from_value(row.labels).map_err(other)?;
        let details = Details {
            summary: row.summary,
            sort_title: row.sort_title,
            visible_home: row.visible_home,
            visible_library: row.visible_library,
            labels,
            ..Details::default()
        };
        Ok(Some(Existing { members: titles::members(&order, &rows), details, ..Existing::default() }))
    }

    async fn write(
        &self,
        library: &str,
        collection: &str,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        let Some(library) = self.find(library).await? else {
            return Err(TargetError::Unavailable(library.to_owned()));
        };
        let members: Vec<TitleId> = members.iter().copied().map(TitleId).collect();
        let shown = Shown {
            summary: details.summary.clone(),
            sort_title: details.sort_title.clone(),
            labels: details.labels.clone(),
            visible_home: details.visible_home,
            visible_library: details.visible_library,
        };
        let now = Millis::from(self.clock.now());
        let tx = self.db.begin().await.map_err(other)?;
        db::collections::put(&tx, library.id, collection, &members, shown, now).await.map_err(other)?;
        tx.commit().await.map_err(other)?;
        Ok(Written::AsPlanned)
    }

    async fn delete(&self, library: &str, collection: &str) -> Result<(), TargetError> {
        let Some(library) = self.find(library).await? else { return Ok(()) };
        let tx = self.db.begin().await.map_err(other)?;
        db::collections::delete(&tx, library.id, collection).await.map_err(other)?;
        tx.commit().await.map_err(other)
    }
}

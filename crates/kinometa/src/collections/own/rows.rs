//! Reads and writes the rows of collections and playlists.

use collections::options::Details;
use collections::plan::Existing;
use collections::target::{TargetError, Written};
use db::Millis;
use db::collection_images::CollectionImageFacts;
use db::collections::Shown;
use db::ids::{CollectionId, LibraryId, TitleId};
use db::kinds::CollectionImageKind;
use db::rows::Collection;

use super::{NoLibrary, OwnLibrary, other};
use crate::collections::images::Changes;
use crate::collections::titles;

/// Stands for the library in messages about the pictures of playlists, which belong to no library.
pub(super) const PLAYLISTS: &str = "";

/// Which collection or playlist is written.
pub(super) struct Destination<'a> {
    pub(super) library: LibraryId,
    /// The library's name in config.yml.
    pub(super) key: &'a str,
    pub(super) name: &'a str,
    pub(super) playlist: bool,
}

impl OwnLibrary {
    /// Reads a collection in the form that plans use.
    pub(super) async fn read(&self, row: Collection) -> Result<Existing, TargetError> {
        let order = db::collections::members(&self.db, row.id).await.map_err(other)?;
        let rows = db::collections::titles(&self.db, row.id).await.map_err(other)?;
        let labels = serde_json::from_value(row.labels).map_err(other)?;
        let mut details = Details {
            summary: row.summary,
            sort_title: row.sort_title,
            visible_home: row.visible_home,
            visible_library: row.visible_library,
            labels,
            ..Details::default()
        };
        if let Some(images) = &self.images {
            for facts in self.pictures(row.id).await? {
                let known = images.stored_source(&facts).await;
                match facts.kind {
                    CollectionImageKind::Poster => details.poster = known,
                    CollectionImageKind::Background => details.background = known,
                }
            }
        }
        Ok(Existing { members: titles::members(&order, &rows), details, ..Existing::default() })
    }

    async fn pictures(&self, id: CollectionId) -> Result<Vec<CollectionImageFacts>, TargetError> {
        let found = db::collection_images::of(&self.db, &[id]).await.map_err(other)?;
        Ok(found.into_values().flatten().collect())
    }

    /// Writes a collection or playlist with its pictures, unless nothing has changed.
    pub(super) async fn put(
        &self,
        destination: Destination<'_>,
        row: Option<Collection>,
        members: &[i64],
        details: &Details,
    ) -> Result<Written, TargetError> {
        let stored = match &row {
            Some(row) => self.pictures(row.id).await?,
            None => Vec::new(),
        };
        let changes = match &self.images {
            Some(images) => images.changes((destination.key, destination.name), &stored, details).await,
            None => Changes::default(),
        };
        let messages = changes.messages();
        let shown = shown(details, destination.playlist);
        let same = match row {
            Some(row) => self.is_same(row, members, &shown).await?,
            None => false,
        };
        if same && messages.is_empty() {
            return Ok(Written::Unchanged);
        }
        let ids: Vec<TitleId> = members.iter().copied().map(TitleId).collect();
        let now = Millis::from(self.clock.now());
        let tx = self.db.begin().await.map_err(other)?;
        let id = db::collections::put(&tx, destination.library, destination.name, &ids, shown, now)
            .await
            .map_err(other)?;
        changes.write(&tx, id).await.map_err(other)?;
        tx.commit().await.map_err(other)?;
        Ok(if same { Written::Details(messages) } else { Written::AsPlanned })
    }

    async fn is_same(&self, row: Collection, members: &[i64], shown: &Shown) -> Result<bool, TargetError> {
        let before = db::collections::members(&self.db, row.id).await.map_err(other)?;
        let labels: Vec<String> = serde_json::from_value(row.labels).map_err(other)?;
        let same = Shown {
            summary: row.summary,
            sort_title: row.sort_title,
            labels,
            visible_home: row.visible_home,
            visible_library: row.visible_library,
            playlist: row.playlist,
        };
        Ok(same == *shown && before.iter().map(|title| title.0).eq(members.iter().copied()))
    }

    /// The library of a playlist's first member, or else any library.
    pub(super) async fn any_library(&self, members: &[i64]) -> Result<LibraryId, TargetError> {
        if let Some(first) = members.first() {
            let found = db::collections::library_of(&self.db, TitleId(*first)).await.map_err(other)?;
            if let Some(found) = found {
                return Ok(found);
            }
        }
        let libraries = db::libraries::list(&self.db).await.map_err(other)?;
        let none = || other(NoLibrary { name: String::new(), known: String::new() });
        libraries.first().map(|library| library.id).ok_or_else(none)
    }
}

fn shown(details: &Details, playlist: bool) -> Shown {
    Shown {
        summary: details.summary.clone(),
        sort_title: details.sort_title.clone(),
        labels: details.labels.clone(),
        visible_home: details.visible_home,
        visible_library: details.visible_library,
        playlist,
    }
}

//! Titles that are in a collection's lists but not in the library.

use collections::entry::{Entry, Kind};
use db::collection_pages;
use db::ids::{CollectionId, TitleId};
use db::kinds::{TitleKind, TitleSource};
use db::rows::Title;
use db::titles::{self, OtherIds};
use db::{Conn, Tx};

use super::service::{CollectionError, Collections};

impl Collections {
    /// The titles missing from a collection, in the order of its lists, each with its title row if there is one.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn missing(&self, id: CollectionId) -> db::Result<Vec<(Entry, Option<TitleId>)>> {
        let db = &self.inner.parts.db;
        let mut missing = Vec::new();
        for entry in entries(db, id).await? {
            let row = match kind(entry.kind) {
                Some(kind) => find_title(db, kind, &entry).await?,
                None => None,
            };
            missing.push((entry, row.map(|row| row.id)));
        }
        Ok(missing)
    }

    /// The title row of a missing movie or show, created if there is none, so that it can be added to the
    /// watchlist.
    ///
    /// # Errors
    /// [`CollectionError::NotFound`] when the title is not missing from this collection.
    pub async fn missing_title(
        &self,
        id: CollectionId,
        kind: TitleKind,
        trakt_id: i64,
    ) -> Result<TitleId, CollectionError> {
        let db = &self.inner.parts.db;
        let is_it = |entry: &Entry| self::kind(entry.kind) == Some(kind) && trakt(entry) == Some(trakt_id);
        let entry = entries(db, id).await?.into_iter().find(is_it);
        let entry = entry.ok_or(CollectionError::NotFound("title"))?;
        let tx = db.begin_titles().await?;
        let row = match find_title(&tx, kind, &entry).await? {
            Some(row) => set_trakt_id(&tx, row, trakt_id).await?,
            None => create_title(&tx, kind, &entry, self.inner.now()).await?,
        };
        tx.commit().await?;
        Ok(row)
    }
}

async fn entries(conn: &dyn Conn, id: CollectionId) -> db::Result<Vec<Entry>> {
    let stored = collection_pages::missing(conn, id).await?;
    // Entries of other versions that cannot be parsed are skipped; the next run replaces them.
    Ok(stored.into_iter().filter_map(|entry| serde_json::from_value(entry).ok()).collect())
}

/// The kind of title row for an entry. `None` for seasons and episodes: they cannot be on a watchlist, and their
/// show is either in the library or listed as missing itself.
fn kind(kind: Kind) -> Option<TitleKind> {
    match kind {
        Kind::Movie => Some(TitleKind::Movie),
        Kind::Show => Some(TitleKind::Show),
        Kind::Season(_) | Kind::Episode(..) => None,
    }
}

fn signed(id: Option<u64>) -> Option<i64> {
    id.and_then(|id| i64::try_from(id).ok())
}

fn trakt(entry: &Entry) -> Option<i64> {
    signed(entry.ids.trakt)
}

async fn find_title(conn: &dyn Conn, kind: TitleKind, entry: &Entry) -> db::Result<Option<Title>> {
    if let Some(trakt_id) = trakt(entry)
        && let Some(row) = titles::find_by_trakt(conn, kind, trakt_id).await?
    {
        return Ok(Some(row));
    }
    let ids = &entry.ids;
    let others = OtherIds { imdb: ids.imdb.clone(), tmdb: signed(ids.tmdb), tvdb: signed(ids.tvdb) };
    titles::find_unidentified(conn, kind, &others).await
}

async fn set_trakt_id(tx: &Tx, row: Title, trakt_id: i64) -> db::Result<TitleId> {
    if row.trakt_id == Some(trakt_id) {
        return Ok(row.id);
    }
    Ok(titles::update(tx, Title { trakt_id: Some(trakt_id), ..row }).await?.id)
}

/// Creates a title row like those read from Trakt that have no files.
async fn create_title(
    tx: &Tx,
    kind: TitleKind,
    entry: &Entry,
    now: db::Millis,
) -> Result<TitleId, CollectionError> {
    let row = Title {
        trakt_id: trakt(entry),
        imdb_id: entry.ids.imdb.clone(),
        tmdb_id: signed(entry.ids.tmdb),
        tvdb_id: signed(entry.ids.tvdb),
        year: entry.year,
        source: TitleSource::Trakt,
        ..Title::named(kind, &entry.title, &entry.title.to_lowercase(), now)
    };
    let created = titles::insert_many(tx, vec![row]).await?;
    Ok(created.first().ok_or(CollectionError::NotFound("title"))?.id)
}

//! Collections, their members, and data kept for building them.

mod names;
mod responses;
mod titles;

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

use super::chunks::chunks;
use super::run::Run as _;
use crate::entities::{collection, collection_item};
use crate::ids::{CollectionId, LibraryId, TitleId};
use crate::rows::{Collection, CollectionItem};
use crate::{Conn, Json, Millis, Result, Tx};

pub use names::{library_names, name_library, unname_library};
pub use responses::{response, store_response};
pub use titles::{
    CollectionTitle, TitleFile, files_of_library, library_of, names_of_members, titles, titles_of_library,
};

/// Returns all collections of a library, by name. Playlists span several libraries and are not included.
#[boxed]
pub async fn of_library(conn: &dyn Conn, id: LibraryId) -> Result<Vec<Collection>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::LibraryId.eq(id))
        .filter(collection::Column::Playlist.eq(false))
        .order_by_asc(collection::Column::FoldedName);
    Ok(rows.all(&conn.raw()).await?)
}

/// Returns a collection by its name, case-insensitively.
#[boxed]
pub async fn named(conn: &dyn Conn, library: LibraryId, name: &str) -> Result<Option<Collection>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::LibraryId.eq(library))
        .filter(collection::Column::Playlist.eq(false))
        .filter(collection::Column::FoldedName.eq(folded(name)));
    Ok(rows.one(&conn.raw()).await?)
}

/// Returns a playlist by its name, case-insensitively.
#[boxed]
pub async fn playlist(conn: &dyn Conn, name: &str) -> Result<Option<Collection>> {
    let rows = collection::Entity::find()
        .filter(collection::Column::Playlist.eq(true))
        .filter(collection::Column::FoldedName.eq(folded(name)));
    Ok(rows.one(&conn.raw()).await?)
}

/// Returns the members of a collection, in their order.
#[boxed]
pub async fn members(conn: &dyn Conn, id: CollectionId) -> Result<Vec<TitleId>> {
    let rows = collection_item::Entity::find()
        .select_only()
        .column(collection_item::Column::TitleId)
        .filter(collection_item::Column::CollectionId.eq(id))
        .order_by_asc(collection_item::Column::Position)
        .order_by_asc(collection_item::Column::TitleId);
    Ok(rows.into_tuple().all(&conn.raw()).await?)
}

/// The properties of a collection that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its description.
    pub summary: Option<String>,
    /// Its sort title.
    pub sort_title: Option<String>,
    /// Its labels.
    pub labels: Vec<String>,
    /// Whether it is shown as a row on Home.
    pub visible_home: Option<bool>,
    /// Whether it is shown on the library's page.
    pub visible_library: Option<bool>,
    /// Whether it is a playlist. Its library is one of those it is built from.
    pub playlist: bool,
}

/// Creates or updates a collection. `members` are all of its members, in order; deleted titles are skipped.
#[boxed]
pub async fn put(
    tx: &Tx,
    library: LibraryId,
    name: &str,
    members: &[TitleId],
    shown: Shown,
    now: Millis,
) -> Result<CollectionId> {
    let row = Collection {
        id: CollectionId::NEW,
        library_id: library,
        name: name.to_owned(),
        folded_name: folded(name),
        summary: shown.summary,
        sort_title: shown.sort_title,
        labels: Json::from(shown.labels),
        visible_home: shown.visible_home,
        visible_library: shown.visible_library,
        playlist: shown.playlist,
        created_at: now,
        updated_at: now,
    };
    let known = if row.playlist { playlist(tx, name).await? } else { named(tx, library, name).await? };
    let id = match known {
        Some(known) => {
            let changed = Collection { id: known.id, created_at: known.created_at, ..row };
            changed.into_active_model().reset_all().update(&tx.raw()).await?.id
        }
        None => {
            let mut new = row.into_active_model().reset_all();
            new.not_set(collection::Column::Id);
            new.insert(&tx.raw()).await?.id
        }
    };
    replace_members(tx, id, members).await?;
    Ok(id)
}

async fn replace_members(tx: &Tx, id: CollectionId, members: &[TitleId]) -> Result<()> {
    let own = collection_item::Column::CollectionId.eq(id);
    collection_item::Entity::delete_many().filter(own).run(tx).await?;
    let rows = members.iter().zip(0..).map(|(title_id, position)| CollectionItem {
        collection_id: id,
        title_id: *title_id,
        position,
    });
    for chunk in chunks::<collection_item::Entity, _>(rows.collect()) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        collection_item::Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Deletes a collection; returns whether it existed. Its titles are kept.
#[boxed]
pub async fn delete(tx: &Tx, library: LibraryId, name: &str) -> Result<bool> {
    let deleted = collection::Entity::delete_many()
        .filter(collection::Column::LibraryId.eq(library))
        .filter(collection::Column::Playlist.eq(false))
        .filter(collection::Column::FoldedName.eq(folded(name)))
        .run(tx)
        .await?;
    Ok(deleted > 0)
}

/// Deletes a playlist. Its titles are kept.
#[boxed]
pub async fn delete_playlist(tx: &Tx, name: &str) -> Result<()> {
    collection::Entity::delete_many()
        .filter(collection::Column::Playlist.eq(true))
        .filter(collection::Column::FoldedName.eq(folded(name)))
        .run(tx)
        .await?;
    Ok(())
}

/// Replaces a title with another in all collections; if both are members, the remaining title keeps its position.
#[boxed]
pub async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let with_both = collection_item::Entity::find()
        .select_only()
        .column(collection_item::Column::CollectionId)
        .filter(collection_item::Column::TitleId.eq(into));
    collection_item::Entity::update_many()
        .col_expr(collection_item::Column::TitleId, Expr::value(into))
        .filter(collection_item::Column::TitleId.eq(from))
        .filter(collection_item::Column::CollectionId.not_in_subquery(with_both.into_query()))
        .run(tx)
        .await?;
    Ok(())
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

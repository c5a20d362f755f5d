//! Collections as shown to users.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, JoinType,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::boxed;
use crate::entities::{collection, collection_item, collection_missing};
use crate::ids::{CollectionId, TitleId};
use crate::rows::{Collection, CollectionMissing};
use crate::{Conn, Json, Result, Tx};

/// Returns all collections, by name.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<Collection>> {
    let all = collection::Entity::find()
        .order_by_asc(collection::Column::FoldedName)
        .order_by_asc(collection::Column::Id);
    Ok(all.all(&conn.raw()).await?)
}

/// Returns a collection.
#[boxed]
pub async fn find(conn: &dyn Conn, id: CollectionId) -> Result<Option<Collection>> {
    Ok(collection::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns the members of some collections, each in its order.
#[boxed]
pub async fn members(
    conn: &dyn Conn,
    collections: &[CollectionId],
) -> Result<HashMap<CollectionId, Vec<TitleId>>> {
    let mut members: HashMap<CollectionId, Vec<TitleId>> = HashMap::new();
    for ids in id_chunks(collections) {
        let rows: Vec<(CollectionId, TitleId)> = collection_item::Entity::find()
            .select_only()
            .column(collection_item::Column::CollectionId)
            .column(collection_item::Column::TitleId)
            .filter(collection_item::Column::CollectionId.is_in(ids))
            .order_by_asc(collection_item::Column::CollectionId)
            .order_by_asc(collection_item::Column::Position)
            .order_by_asc(collection_item::Column::TitleId)
            .into_tuple()
            .all(&conn.raw())
            .await?;
        for (collection, title) in rows {
            members.entry(collection).or_default().push(title);
        }
    }
    Ok(members)
}

/// Returns the collections that contain a title, by name.
#[boxed]
pub async fn of_title(conn: &dyn Conn, id: TitleId) -> Result<Vec<Collection>> {
    let to_item = collection::Entity::belongs_to(collection_item::Entity)
        .from(collection::Column::Id)
        .to(collection_item::Column::CollectionId);
    let rows = collection::Entity::find()
        .join(JoinType::InnerJoin, to_item.into())
        .filter(collection_item::Column::TitleId.eq(id))
        .order_by_asc(collection::Column::FoldedName)
        .order_by_asc(collection::Column::Id);
    Ok(rows.all(&conn.raw()).await?)
}

/// Returns a collection's entries that its library does not contain, in the order of its lists.
#[boxed]
pub async fn missing(conn: &dyn Conn, id: CollectionId) -> Result<Vec<Json>> {
    let rows = collection_missing::Entity::find()
        .select_only()
        .column(collection_missing::Column::Entry)
        .filter(collection_missing::Column::CollectionId.eq(id))
        .order_by_asc(collection_missing::Column::Position);
    Ok(rows.into_tuple().all(&conn.raw()).await?)
}

/// Replaces a collection's missing entries.
#[boxed]
pub async fn set_missing(tx: &Tx, id: CollectionId, entries: Vec<Json>) -> Result<()> {
    let own = collection_missing::Column::CollectionId.eq(id);
    collection_missing::Entity::delete_many().filter(own).run(tx).await?;
    let rows = entries.into_iter().zip(0..).map(|(entry, position)| CollectionMissing {
        collection_id: id,
        position,
        entry,
    });
    for chunk in chunks::<collection_missing::Entity, _>(rows.collect()) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        collection_missing::Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

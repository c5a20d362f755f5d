//! Posters and backgrounds of collections.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DerivePartialModel, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _,
};

use super::chunks::id_chunks;
use crate::boxed;
use crate::entities::collection_image;
use crate::ids::CollectionId;
use crate::kinds::CollectionImageKind;
use crate::rows::CollectionImage;
use crate::{Conn, Result, Tx};

/// What is known of a picture, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "collection_image::Entity")]
pub struct CollectionImageFacts {
    /// Its collection.
    pub collection_id: CollectionId,
    /// What it is for.
    pub kind: CollectionImageKind,
    /// Where it came from, in the format of the server.
    pub source: String,
    /// Belongs to the bytes that were there.
    pub version: String,
    /// `#rrggbb`
    pub color: String,
    /// Pixels of the original.
    pub width: i32,
    /// Pixels of the original.
    pub height: i32,
}

/// The pictures of some collections, without their bytes.
#[boxed]
pub async fn of(
    conn: &dyn Conn,
    collections: &[CollectionId],
) -> Result<HashMap<CollectionId, Vec<CollectionImageFacts>>> {
    let mut images: HashMap<CollectionId, Vec<CollectionImageFacts>> = HashMap::new();
    for ids in id_chunks(collections) {
        let rows = collection_image::Entity::find()
            .filter(collection_image::Column::CollectionId.is_in(ids))
            .into_partial_model::<CollectionImageFacts>();
        for row in rows.all(&conn.raw()).await? {
            images.entry(row.collection_id).or_default().push(row);
        }
    }
    Ok(images)
}

/// A picture with its bytes.
#[boxed]
pub async fn find(
    conn: &dyn Conn,
    id: CollectionId,
    kind: CollectionImageKind,
) -> Result<Option<CollectionImage>> {
    Ok(collection_image::Entity::find_by_id((id, kind)).one(&conn.raw()).await?)
}

/// Puts a picture in the place of the one that was there.
#[boxed]
pub async fn put(tx: &Tx, image: CollectionImage) -> Result<()> {
    remove(tx, image.collection_id, image.kind).await?;
    image.into_active_model().reset_all().insert(&tx.raw()).await?;
    Ok(())
}

/// Removes a picture.
#[boxed]
pub async fn remove(tx: &Tx, id: CollectionId, kind: CollectionImageKind) -> Result<()> {
    collection_image::Entity::delete_by_id((id, kind)).exec(&tx.raw()).await?;
    Ok(())
}

/// The versions of all pictures.
#[boxed]
pub async fn versions(conn: &dyn Conn) -> Result<Vec<String>> {
    let versions = collection_image::Entity::find().select_only().column(collection_image::Column::Version);
    Ok(versions.into_tuple().all(&conn.raw()).await?)
}

//! Posters and backgrounds of collections.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DerivePartialModel, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _,
};

use super::chunks::id_chunks;
use super::run::Run as _;
use crate::boxed;
use crate::entities::collection_image;
use crate::ids::CollectionId;
use crate::kinds::CollectionImageKind;
use crate::rows::CollectionImage;
use crate::{Conn, Result, Tx};

/// An image without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "collection_image::Entity")]
pub struct CollectionImageFacts {
    /// The collection it belongs to.
    pub collection_id: CollectionId,
    /// Its purpose.
    pub kind: CollectionImageKind,
    /// The source of the image, in the server's format.
    pub source: String,
    /// Identifies the bytes that were stored with it.
    pub version: String,
    /// `#rrggbb`
    pub color: String,
    /// Width of the original in pixels.
    pub width: i32,
    /// Height of the original in pixels.
    pub height: i32,
}

/// Returns the images of some collections, without their bytes.
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

/// Returns an image with its bytes.
#[boxed]
pub async fn find(
    conn: &dyn Conn,
    id: CollectionId,
    kind: CollectionImageKind,
) -> Result<Option<CollectionImage>> {
    Ok(collection_image::Entity::find_by_id((id, kind)).one(&conn.raw()).await?)
}

/// Stores an image, replacing the previous one.
#[boxed]
pub async fn put(tx: &Tx, image: CollectionImage) -> Result<()> {
    remove(tx, image.collection_id, image.kind).await?;
    image.into_active_model().reset_all().insert(&tx.raw()).await?;
    Ok(())
}

/// Deletes an image.
#[boxed]
pub async fn remove(tx: &Tx, id: CollectionId, kind: CollectionImageKind) -> Result<()> {
    collection_image::Entity::delete_by_id((id, kind)).run(tx).await?;
    Ok(())
}

/// Returns the versions of all images.
#[boxed]
pub async fn versions(conn: &dyn Conn) -> Result<Vec<String>> {
    let versions = collection_image::Entity::find().select_only().column(collection_image::Column::Version);
    Ok(versions.into_tuple().all(&conn.raw()).await?)
}

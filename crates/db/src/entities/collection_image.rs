//! Posters and backgrounds of collections.

use sea_orm::entity::prelude::*;

use crate::ids::CollectionId;
use crate::kinds::CollectionImageKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_image")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: CollectionId,
    #[sea_orm(primary_key, auto_increment = false)]
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
    /// JPEG or PNG data.
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

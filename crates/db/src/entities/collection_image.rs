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
    /// JPEG or PNG.
    pub bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

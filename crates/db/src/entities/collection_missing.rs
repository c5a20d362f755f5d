//! Titles on a collection's lists that its library does not contain.

use sea_orm::entity::prelude::*;

use crate::Json;
use crate::ids::CollectionId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_missing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub collection_id: CollectionId,
    /// Zero-based.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// In the format of `collections::entry`.
    pub entry: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

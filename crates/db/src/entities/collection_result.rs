//! The result of a collection in a run.

use sea_orm::entity::prelude::*;

use crate::Json;
use crate::ids::{CollectionId, CollectionResultId, CollectionRunId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_result")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CollectionResultId,
    pub run_id: CollectionRunId,
    /// The collection, if it exists here.
    pub collection_id: Option<CollectionId>,
    /// The library, as named in the file.
    pub library: String,
    pub name: String,
    /// In Kometa's terms.
    pub status: String,
    pub failed: bool,
    pub added: i32,
    pub kept: i32,
    pub removed: i32,
    pub missing: i32,
    pub filtered: i32,
    /// Array of strings.
    pub errors: Json,
    pub duration_ms: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

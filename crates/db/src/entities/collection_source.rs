//! The latest responses of Trakt's lists and charts.

use sea_orm::entity::prelude::*;

use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_source")]
pub struct Model {
    /// The path below Trakt's API root.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// In the format of `collections::fetch`.
    pub answer: Json,
    pub asked_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

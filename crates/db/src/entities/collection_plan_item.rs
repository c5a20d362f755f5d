//! Titles that would be removed from a collection.

use sea_orm::entity::prelude::*;

use crate::ids::{CollectionPlanId, TitleId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_plan_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub plan_id: CollectionPlanId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Zero-based.
    pub position: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

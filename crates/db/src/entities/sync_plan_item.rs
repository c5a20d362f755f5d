//! Items that a plan would remove.

use sea_orm::entity::prelude::*;

use crate::Json;
use crate::ids::{SyncPlanId, SyncPlanItemId, TitleId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_plan_item")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: SyncPlanItemId,
    pub plan_id: SyncPlanId,
    pub title_id: TitleId,
    /// In the format of the category.
    pub item: Json,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

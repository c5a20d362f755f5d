//! Removals that await the user's confirmation because there are implausibly many.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{SyncPlanId, UserId};
use crate::kinds::{SyncCategory, SyncDirection, SyncPlanState};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_plan")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: SyncPlanId,
    pub user_id: UserId,
    /// The account's slug on Trakt.
    pub account: String,
    pub category: SyncCategory,
    pub direction: SyncDirection,
    pub state: SyncPlanState,
    /// The total number of items, including those that would be removed.
    pub total: i64,
    pub made_at: Millis,
    pub decided_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

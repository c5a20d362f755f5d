//! Removals that are too many to be believed, and wait for the person.

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
    /// The slug of the account at Trakt.
    pub account: String,
    pub category: SyncCategory,
    pub direction: SyncDirection,
    pub state: SyncPlanState,
    /// How many items there were in all, of which those of the plan would go.
    pub total: i64,
    pub made_at: Millis,
    pub decided_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Changes made by syncing, on either side.

use sea_orm::entity::prelude::*;

use crate::ids::{SyncChangeId, TitleId, UserId};
use crate::kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_change")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: SyncChangeId,
    pub user_id: UserId,
    /// The account's slug on Trakt.
    pub account: String,
    pub category: SyncCategory,
    pub direction: SyncDirection,
    pub what: SyncWhat,
    pub reason: SyncReason,
    /// `None` for a whole import.
    pub title_id: Option<TitleId>,
    /// The number of items.
    pub amount: i64,
    /// The item before and after the change, in the format of `sync::log`.
    pub before: Option<Json>,
    pub after: Option<Json>,
    /// When the read that caused it started; `None` for sent changes.
    pub run_at: Option<Millis>,
    pub changed_at: Millis,
    pub undone_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

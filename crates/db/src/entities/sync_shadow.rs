//! What each side contained at the last comparison.

use sea_orm::entity::prelude::*;

use crate::ids::{TitleId, UserId};
use crate::kinds::SyncCategory;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_shadow")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The account's slug on Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: SyncCategory,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// The value here.
    pub here: Option<i32>,
    /// The value on Trakt.
    pub there: Option<i32>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

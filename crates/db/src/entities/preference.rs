//! A user's ratings, watchlist and dropped shows.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{TitleId, UserId};
use crate::kinds::SyncCategory;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "preference")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// Ratings, the watchlist or dropped shows.
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: SyncCategory,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// A rating from 1 to 10, otherwise 1; `None` if it was removed.
    pub value: Option<i32>,
    pub changed_at: Millis,
    /// How far Trakt's clock was ahead of the clock used for `changed_at`, in milliseconds; `None` if unknown.
    pub trakt_ahead_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

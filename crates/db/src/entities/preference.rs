//! What a person thinks of titles.

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
    /// A rating from 1 to 10, else 1; None: it was taken back.
    pub value: Option<i32>,
    pub changed_at: Millis,
    /// How far Trakt's clock was ahead of the one that `changed_at` was read off, in milliseconds; None: nobody knew.
    pub trakt_ahead_ms: Option<i64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

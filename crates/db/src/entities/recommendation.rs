//! Titles recommended by Trakt.

use sea_orm::entity::prelude::*;

use crate::ids::{TitleId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The account's slug on Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    /// A movie or show.
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Zero-based position among recommendations of the same kind.
    pub position: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

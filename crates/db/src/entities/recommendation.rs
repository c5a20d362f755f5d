//! What Trakt recommends.

use sea_orm::entity::prelude::*;

use crate::ids::{TitleId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The slug of the account at Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    /// A movie or show.
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Its place among those of its kind, from 0.
    pub position: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! When each account's recommendations were read.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::UserId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recommendation_read")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The account's slug on Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    pub read_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

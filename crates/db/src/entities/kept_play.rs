//! Plays that were removed on Trakt and that the user kept here.

use sea_orm::entity::prelude::*;

use crate::ids::PlayId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kept_play")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub play_id: PlayId,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

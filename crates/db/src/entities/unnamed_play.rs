//! Plays that were not sent to Trakt because their titles could not be identified on Trakt.

use sea_orm::entity::prelude::*;

use crate::ids::PlayId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unnamed_play")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub play_id: PlayId,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Plays that were not sent to Trakt because a switch was off or their titles are excluded.

use sea_orm::entity::prelude::*;

use crate::ids::PlayId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "withheld_play")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub play_id: PlayId,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

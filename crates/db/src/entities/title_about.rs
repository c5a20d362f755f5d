//! What Trakt says about a title beside its own texts.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::TitleId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "title_about")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// How many gave each rating from 1 to 10; empty when it is not known.
    pub votes: Json,
    /// What goes with it.
    pub related: Json,
    pub read_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Additional data from Trakt about a title.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::TitleId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "title_about")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// The number of votes for each rating from 1 to 10; empty if unknown.
    pub votes: Json,
    /// Related titles.
    pub related: Json,
    pub read_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

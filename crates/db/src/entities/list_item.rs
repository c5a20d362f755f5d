//! Titles on followed lists.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{ListId, TitleId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list_id: ListId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Zero-based, in the order of the list.
    pub position: i64,
    pub listed_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

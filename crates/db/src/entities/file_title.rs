//! Which titles a file holds: double episodes and several versions make it many to many.

use sea_orm::entity::prelude::*;

use super::media_file;
use crate::ids::{FileId, TitleId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "file_title")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub file_id: FileId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Place of the title in the file, from 0.
    pub ordinal: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// From a row to its file.
pub(crate) fn to_file() -> RelationDef {
    Entity::belongs_to(media_file::Entity).from(Column::FileId).to(media_file::Column::Id).into()
}

//! Links between files and titles: many-to-many because of double episodes and multiple versions.

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
    /// Zero-based position of the title in the file.
    pub ordinal: i32,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The relation from a link to its file.
pub(crate) fn to_file() -> RelationDef {
    Entity::belongs_to(media_file::Entity).from(Column::FileId).to(media_file::Column::Id).into()
}

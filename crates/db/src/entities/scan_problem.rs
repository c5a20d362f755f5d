//! Folders and files that a scan could not use at all.

use sea_orm::entity::prelude::*;

use crate::ids::{LibraryId, ScanProblemId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scan_problem")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ScanProblemId,
    pub library_id: LibraryId,
    pub path: String,
    /// Stable word for programs.
    pub code: String,
    /// Sentence for people.
    pub message: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

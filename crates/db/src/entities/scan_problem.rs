//! Folders and files that a scan could not use at all.

use sea_orm::entity::prelude::*;

use crate::ids::{LibraryId, ScanProblemId};
use crate::kinds::ProblemCode;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scan_problem")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ScanProblemId,
    pub library_id: LibraryId,
    pub path: String,
    pub code: ProblemCode,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

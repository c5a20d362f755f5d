//! Cast and crew of titles.

use sea_orm::entity::prelude::*;

use crate::ids::{PersonId, TitleId};
use crate::kinds::CreditKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Zero-based, in Trakt's order.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub person_id: PersonId,
    pub kind: CreditKind,
    /// The role or the job.
    pub part: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

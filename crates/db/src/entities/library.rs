//! Folders with media.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::LibraryId;
use crate::kinds::{LibraryKind, LibraryState, UnavailableReason};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "library")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: LibraryId,
    pub name: String,
    pub kind: LibraryKind,
    pub path: String,
    pub state: LibraryState,
    /// Why the library is unavailable, as written by versions before `state_reason`. Read-only.
    pub message: Option<String>,
    pub created_at: Millis,
    pub last_scanned_at: Option<Millis>,
    /// Why the library is unavailable.
    pub state_reason: Option<UnavailableReason>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

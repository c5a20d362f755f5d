//! Collections of a library.

use sea_orm::entity::prelude::*;

use crate::ids::{CollectionId, LibraryId};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CollectionId,
    pub library_id: LibraryId,
    pub name: String,
    /// The name in lowercase.
    pub folded_name: String,
    pub summary: Option<String>,
    pub sort_title: Option<String>,
    /// Array of strings.
    pub labels: Json,
    /// Whether it is shown as a row on Home; `None` if not configured.
    pub visible_home: Option<bool>,
    /// Whether it is shown on the library's page; `None` if not configured.
    pub visible_library: Option<bool>,
    /// Whether it is a playlist, which can span several libraries.
    pub playlist: bool,
    pub created_at: Millis,
    pub updated_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

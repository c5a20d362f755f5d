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
    /// The name in lower case.
    pub folded_name: String,
    pub summary: Option<String>,
    pub sort_title: Option<String>,
    /// Array of texts.
    pub labels: Json,
    /// Whether it is a row on Home; None when nobody has said.
    pub visible_home: Option<bool>,
    /// Whether it is on the library's page; None when nobody has said.
    pub visible_library: Option<bool>,
    /// Whether it is a playlist, over several libraries.
    pub playlist: bool,
    pub created_at: Millis,
    pub updated_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Cast and crew members.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Trakt's ID.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    pub slug: Option<String>,
    pub name: String,
    /// The normalised name used for searching.
    pub folded: String,
    /// Address of the portrait.
    pub photo: Option<String>,
    pub biography: Option<String>,
    /// ISO 8601.
    pub birthday: Option<String>,
    /// ISO 8601.
    pub death: Option<String>,
    pub birthplace: Option<String>,
    /// Their titles according to Trakt.
    pub titles: Json,
    /// When these were read.
    pub read_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! People who play in titles or make them.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::PersonId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person")]
pub struct Model {
    /// Trakt's id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PersonId,
    pub slug: Option<String>,
    pub name: String,
    /// The name as it is searched for.
    pub folded: String,
    /// Address of a portrait.
    pub photo: Option<String>,
    pub biography: Option<String>,
    /// ISO 8601.
    pub birthday: Option<String>,
    /// ISO 8601.
    pub death: Option<String>,
    pub birthplace: Option<String>,
    /// What Trakt names as theirs.
    pub titles: Json,
    /// When that was read.
    pub read_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

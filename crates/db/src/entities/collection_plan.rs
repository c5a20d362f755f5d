//! Removals from collections that wait for a person.

use sea_orm::entity::prelude::*;

use crate::ids::{CollectionConfigId, CollectionPlanId};
use crate::kinds::CollectionPlanState;
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_plan")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CollectionPlanId,
    pub config_id: CollectionConfigId,
    /// The library, as the file calls it.
    pub library: String,
    pub name: String,
    pub state: CollectionPlanState,
    /// Whether the whole collection would go.
    pub deletes: bool,
    /// Whether it would be taken over from whoever made it by hand.
    pub adopts: bool,
    /// How many titles stay.
    pub kept: i32,
    /// How many titles come.
    pub added: i32,
    /// Array of texts: why it waits.
    pub reasons: Json,
    pub made_at: Millis,
    /// The slug of the list on Trakt that it is about; None when it is about the collection here.
    pub trakt_list: Option<String>,
    /// Array of what would go from that list, in the format of `collections::entry`.
    pub entries: Option<Json>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

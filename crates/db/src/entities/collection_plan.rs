//! Removals from collections that await confirmation.

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
    /// The library, as named in the file.
    pub library: String,
    pub name: String,
    pub state: CollectionPlanState,
    /// Whether the whole collection would be deleted.
    pub deletes: bool,
    /// Whether it would take over a collection that was created by hand.
    pub adopts: bool,
    /// The number of titles that would be kept.
    pub kept: i32,
    /// The number of titles that would be added.
    pub added: i32,
    /// Array of strings: why confirmation is needed.
    pub reasons: Json,
    pub made_at: Millis,
    /// The slug of the affected list on Trakt; `None` for the collection here.
    pub trakt_list: Option<String>,
    /// Array of the entries that would be removed from that list, in the format of `collections::entry`.
    pub entries: Option<Json>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Runs of Kometa config files.

use sea_orm::entity::prelude::*;

use crate::ids::{CollectionConfigId, CollectionRunId};
use crate::kinds::{CollectionRunReason, CollectionRunState};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_run")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CollectionRunId,
    pub config_id: CollectionConfigId,
    pub reason: CollectionRunReason,
    pub state: CollectionRunState,
    /// Array of strings about the run as a whole.
    pub problems: Json,
    pub started_at: Millis,
    pub finished_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

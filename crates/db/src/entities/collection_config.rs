//! Kometa config files that the server runs.

use sea_orm::entity::prelude::*;

use crate::ids::CollectionConfigId;
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "collection_config")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: CollectionConfigId,
    pub path: String,
    pub enabled: bool,
    /// Minute of the day at which it runs, in the server's time zone; `None` if it does not run daily.
    pub run_at: Option<i32>,
    /// Start of the schedule: runs that were due before are not made up for.
    pub scheduled_since: Millis,
    /// Whether it runs after each scan.
    pub after_scan: bool,
    /// When the file was last read.
    pub read_at: Option<Millis>,
    /// The state of its token pair, in the server's format.
    pub credentials: Json,
    pub created_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

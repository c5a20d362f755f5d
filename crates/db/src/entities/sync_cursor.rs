//! How far each category of a Trakt account has been read.

use sea_orm::entity::prelude::*;

use crate::ids::UserId;
use crate::kinds::{SyncCategory, SyncState};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_cursor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The account's slug on Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: SyncCategory,
    pub state: SyncState,
    /// When the data that was read had last changed on Trakt, in the format of `sync::pull`.
    pub activity: Json,
    /// The next page of the import, one-based.
    pub checkpoint: i64,
    /// The number of imported items.
    pub done: i64,
    /// The expected number of items; `None` until Trakt reports it.
    pub total: Option<i64>,
    /// The number of removals on Trakt that await confirmation because there are implausibly many.
    pub held: i64,
    /// The number of requests of the last read.
    pub requests: i64,
    /// When the user decided about the import.
    pub asked_at: Millis,
    /// When it was last read completely.
    pub read_at: Option<Millis>,
    /// When it is due to be read next.
    pub next_at: Millis,
    /// When all items were last compared.
    pub full_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

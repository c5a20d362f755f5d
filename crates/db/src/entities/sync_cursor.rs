//! How far each category of an account at Trakt has been read.

use sea_orm::entity::prelude::*;

use crate::ids::UserId;
use crate::kinds::{SyncCategory, SyncState};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_cursor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The slug of the account at Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: SyncCategory,
    pub state: SyncState,
    /// When Trakt last changed what was read, in the format of `sync::pull`.
    pub activity: Json,
    /// The page that an import reads next, from 1.
    pub checkpoint: i64,
    /// Items that an import has taken.
    pub done: i64,
    /// Items that an import expects; None until Trakt has said so.
    pub total: Option<i64>,
    /// Removals at Trakt that wait, because they are too many to be believed.
    pub held: i64,
    /// Requests of the last read.
    pub requests: i64,
    /// When the person decided about the import.
    pub asked_at: Millis,
    /// When it was last read to the end.
    pub read_at: Option<Millis>,
    /// When it is read next.
    pub next_at: Millis,
    /// When everything in it was last compared.
    pub full_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

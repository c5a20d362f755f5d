//! Items that a user removed here: they are removed on Trakt too and never imported from there again.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{TitleId, TombstoneId, UserId};
use crate::kinds::{TombstoneCategory, TombstoneOrigin};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tombstone")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: TombstoneId,
    pub user_id: UserId,
    /// The slug of the Trakt account that contained it.
    pub account: String,
    pub category: TombstoneCategory,
    pub title_id: TitleId,
    /// `None` if the play had no date.
    pub watched_at: Option<Millis>,
    /// The history ID on Trakt, if known.
    pub history_id: Option<i64>,
    pub origin: TombstoneOrigin,
    pub created_at: Millis,
    /// When its removal on Trakt was enqueued; `None` while no account is connected.
    pub queued_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

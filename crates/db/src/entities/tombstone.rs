//! What a person removed here, so that it is removed at Trakt too and does not come back from there.

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
    /// The slug of the Trakt account that held it.
    pub account: String,
    pub category: TombstoneCategory,
    pub title_id: TitleId,
    /// None: the play had no date.
    pub watched_at: Option<Millis>,
    /// The entry on Trakt, when it is known.
    pub history_id: Option<i64>,
    pub origin: TombstoneOrigin,
    pub created_at: Millis,
    /// When its removal at Trakt was enqueued; None while no account is connected.
    pub queued_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The plays on Trakt as they were last seen.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{PlayId, TraktPlayId, UserId};
use crate::kinds::TitleKind;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trakt_play")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: TraktPlayId,
    pub user_id: UserId,
    /// The slug of the account at Trakt.
    pub account: String,
    /// Movie or episode.
    pub kind: TitleKind,
    /// Trakt's id of the movie or episode.
    pub trakt_id: i64,
    /// To the minute, as Trakt keeps it.
    pub watched_at: Millis,
    /// None: it was there before the person connected without importing, and only its time is known.
    pub history_id: Option<i64>,
    /// The play here.
    pub play_id: Option<PlayId>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

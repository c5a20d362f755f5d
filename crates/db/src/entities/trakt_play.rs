//! The plays on Trakt at the last check.

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
    /// The account's slug on Trakt.
    pub account: String,
    /// Movie or episode.
    pub kind: TitleKind,
    /// Trakt's ID of the movie or episode.
    pub trakt_id: i64,
    /// To the minute, which is Trakt's precision.
    pub watched_at: Millis,
    /// `None` if it existed before the user connected without importing: only its time is known then.
    pub history_id: Option<i64>,
    /// The corresponding play here.
    pub play_id: Option<PlayId>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

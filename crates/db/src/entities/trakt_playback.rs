//! The resume points on Trakt at the last check.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{TitleId, UserId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "trakt_playback")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The account's slug on Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Its ID on Trakt.
    pub playback_id: i64,
    pub paused_at: Millis,
    /// It was also a resume point here.
    pub is_here: bool,
    /// Where it is, 0 to 100, while it waits for the length of its title to be known.
    pub waiting_percent: Option<f64>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

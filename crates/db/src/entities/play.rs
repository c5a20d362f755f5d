//! Watched titles: one row per viewing that counts.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{FileId, PlayId, TitleId, UserId};
use crate::kinds::PlaySource;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "play")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: PlayId,
    pub user_id: UserId,
    pub title_id: TitleId,
    /// `None` if the user does not know when.
    pub watched_at: Option<Millis>,
    pub source: PlaySource,
    pub file_id: Option<FileId>,
    pub is_private: bool,
    /// Unique per user.
    pub trakt_history_id: Option<i64>,
    pub created_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

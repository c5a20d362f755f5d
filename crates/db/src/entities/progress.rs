//! Resume points of users.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{FileId, TitleId, UserId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "progress")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// Milliseconds from the beginning.
    pub position_ms: i64,
    /// Length in milliseconds.
    pub duration_ms: i64,
    /// 0 to 100.
    pub percent: f64,
    pub file_id: Option<FileId>,
    pub is_private: bool,
    pub paused_at: Millis,
    pub updated_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

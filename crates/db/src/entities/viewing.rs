//! A user's current viewing of a title, which can continue across several players.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{TitleId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "viewing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    pub started_at: Millis,
    /// When the player counted it as a play.
    pub counted_at: Option<Millis>,
    /// When the previous viewing counted, if that was recent.
    pub follows_at: Option<Millis>,
    /// Milliseconds of the title that were played during this viewing.
    pub played_ms: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

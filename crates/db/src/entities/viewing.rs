//! The present viewing of a title by a person, which may go on across several players.

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
    /// When the player counted it.
    pub counted_at: Option<Millis>,
    /// When the viewing before it counted, if that was a short while ago.
    pub follows_at: Option<Millis>,
    /// Milliseconds of the title that were played in it.
    pub played_ms: i64,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

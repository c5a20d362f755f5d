//! Players that are or were open. They survive server restarts.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{FileId, UserId};
use crate::kinds::PlaybackState;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "playback_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub user_id: UserId,
    pub file_id: FileId,
    pub is_private: bool,
    pub state: PlaybackState,
    /// Milliseconds from the beginning.
    pub position_ms: i64,
    /// Length in milliseconds.
    pub duration_ms: i64,
    /// Number of the last event received from the player: late and repeated events are ignored.
    pub last_seq: i64,
    pub last_event_at: Millis,
    pub started_at: Millis,
    pub stopped_at: Option<Millis>,
    /// State of the scrobble state machine in `sync`.
    pub machine: Json,
    /// The player it follows: the users of both are watching together.
    pub companion_of: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Players that are or were open. They survive a restart of the server.

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
    /// Milliseconds from the start.
    pub position_ms: i64,
    /// Milliseconds.
    pub duration_ms: i64,
    /// Number of the last event taken from the player: late and repeated ones are ignored.
    pub last_seq: i64,
    pub last_event_at: Millis,
    pub started_at: Millis,
    pub stopped_at: Option<Millis>,
    /// State of the scrobble machine in `sync`.
    pub machine: Json,
    /// The player that it follows: its person watches together with that one's.
    pub companion_of: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

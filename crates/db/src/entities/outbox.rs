//! Messages to Trakt: waiting and sent.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{OutboxId, PlayId, TitleId, UserId};
use crate::kinds::{OutboxKind, OutboxState};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: OutboxId,
    pub user_id: UserId,
    pub kind: OutboxKind,
    /// `None` if the message concerns a list or an account.
    pub title_id: Option<TitleId>,
    pub play_id: Option<PlayId>,
    pub playback_session_id: Option<String>,
    /// Number of the viewing within the playback session; 0 outside of sessions.
    pub viewing: i64,
    /// What to send, in the frozen format of `sync::outbox`.
    pub payload: Json,
    pub occurred_at: Millis,
    pub state: OutboxState,
    pub attempts: i32,
    pub next_attempt_at: Millis,
    /// When the last attempt started.
    pub sent_at: Option<Millis>,
    /// Why the last attempt failed: a stable code, its details, and the sentence that earlier versions stored instead.
    pub error_code: Option<String>,
    pub error_facts: Option<Json>,
    pub error_text: Option<String>,
    pub created_at: Millis,
    pub finished_at: Option<Millis>,
    /// Its play was deleted: it is not sent (again), and if it arrived, it is removed.
    pub withdrawn: bool,
    /// The request that last contained it: a hash of the body, shared by all rows of the request.
    pub batch: Option<String>,
    /// The item and date as last sent.
    pub claimed: Option<Json>,
    /// When the first attempt that may have arrived without a response started.
    pub doubtful_since: Option<Millis>,
    /// When a complete check of Trakt's history did not find it.
    pub missing_since: Option<Millis>,
    /// When to look up its history entry on Trakt.
    pub verify_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Messages to Trakt: those that wait, and those that were sent.

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
    /// None: the message is about a list or an account.
    pub title_id: Option<TitleId>,
    pub play_id: Option<PlayId>,
    pub playback_session_id: Option<String>,
    /// Number of the viewing inside the playback session; 0 outside one.
    pub viewing: i64,
    /// What to send, in the frozen format of `sync::outbox`.
    pub payload: Json,
    pub occurred_at: Millis,
    pub state: OutboxState,
    pub attempts: i32,
    pub next_attempt_at: Millis,
    /// When the last attempt began.
    pub sent_at: Option<Millis>,
    /// Why the last attempt failed: a stable code, its facts, and the sentence that earlier versions stored instead.
    pub error_code: Option<String>,
    pub error_facts: Option<Json>,
    pub error_text: Option<String>,
    pub created_at: Millis,
    pub finished_at: Option<Millis>,
    /// Its play was deleted: it is not sent (again), and what arrived is removed.
    pub withdrawn: bool,
    /// The request in which it was sent last: a hash of the body, shared by the rows that went together.
    pub batch: Option<String>,
    /// How it was named and dated when it was sent last.
    pub claimed: Option<Json>,
    /// When the first attempt began that may have arrived without an answer.
    pub doubtful_since: Option<Millis>,
    /// When a complete look into Trakt's history did not find it.
    pub missing_since: Option<Millis>,
    /// When to look which entry on Trakt it has become.
    pub verify_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

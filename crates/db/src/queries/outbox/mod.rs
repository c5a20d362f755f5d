//! Messages to Trakt. This module contains the rows themselves; `drain` sends them to Trakt, and `queue` is what a user
//! sees of them and decides about them.

mod conditions;
mod drain;
mod queue;

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DeriveIntoActiveModel, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Set, sea_query::Expr,
};

pub(super) use conditions::one;
use conditions::open;
pub use drain::{
    Claim, Lane, Settled, StoredFailure, catch_up, claim, claim_batch, convert_to_history, due_bulk,
    look_later, move_in_time, next_bulk_due, next_verify, open_count, open_scrobbles, recheck, recover,
    send_again, set_missing, set_verify_at, settle, settle_arrived, to_verify, users_waiting,
};
pub use queue::{
    Counts, about_preference, about_preferences, counts, discard, drop_overtaken, end_waits, put_off, queue,
    retry, set_aside,
};

use super::run::Run as _;
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::{
        outbox::{ActiveModel, Column, Entity},
        playback_session,
    },
    ids::{FileId, OutboxId, PlayId, TitleId, UserId},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

/// A message to enqueue, in the same transaction as the change.
#[derive(Clone, Debug, DeriveIntoActiveModel)]
pub struct NewOutboxRow {
    /// The user whose account it is for.
    pub user_id: UserId,
    /// The kind of message.
    pub kind: OutboxKind,
    /// The affected title; `None` for a list or an account.
    pub title_id: Option<TitleId>,
    /// The affected play, if it exists already.
    pub play_id: Option<PlayId>,
    /// The player that caused it.
    pub playback_session_id: Option<String>,
    /// Number of the viewing within the playback session; 0 outside of sessions.
    pub viewing: i64,
    /// What to send.
    pub payload: Json,
    /// When it happened, not when it is sent.
    pub occurred_at: Millis,
    /// The earliest time at which it is sent.
    pub next_attempt_at: Millis,
}

/// Enqueues a message.
#[boxed]
pub async fn insert(tx: &Tx, new: NewOutboxRow, now: Millis) -> Result<OutboxRow> {
    let row = ActiveModel {
        state: Set(OutboxState::Pending),
        attempts: Set(0),
        created_at: Set(now),
        withdrawn: Set(false),
        ..new.into_active_model()
    };
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns a row.
#[boxed]
pub async fn find(conn: &dyn Conn, id: OutboxId) -> Result<Option<OutboxRow>> {
    Ok(Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns a row, locked until the transaction ends.
#[boxed]
pub async fn find_for_update(tx: &Tx, id: OutboxId) -> Result<Option<OutboxRow>> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(&tx.raw()).await?)
}

/// Returns the last row of a playback session, which determines the player's sync indicator.
#[boxed]
pub async fn last_of_session(conn: &dyn Conn, session_id: &str) -> Result<Option<OutboxRow>> {
    let own = Column::PlaybackSessionId.eq(session_id);
    Ok(Entity::find().filter(own).order_by_desc(Column::Id).one(&conn.raw()).await?)
}

/// Returns the rows of a playback session, oldest first.
#[boxed]
pub async fn of_session(conn: &dyn Conn, session_id: &str) -> Result<Vec<OutboxRow>> {
    let own = Column::PlaybackSessionId.eq(session_id);
    Ok(Entity::find().filter(own).order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Returns the waiting messages about some titles, oldest first.
#[boxed]
pub async fn open_of_titles(
    conn: &dyn Conn,
    user_id: UserId,
    title_ids: &[TitleId],
) -> Result<Vec<OutboxRow>> {
    let waiting = open(user_id).add(Column::TitleId.is_in(title_ids.iter().copied()));
    Ok(Entity::find().filter(waiting).order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Returns the plays that some messages are about.
#[boxed]
pub async fn plays_of(conn: &dyn Conn, ids: &[OutboxId]) -> Result<Vec<PlayId>> {
    let plays = Entity::find()
        .select_only()
        .column(Column::PlayId)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::PlayId.is_not_null());
    Ok(plays.into_tuple().all(&conn.raw()).await?)
}

/// Changes the payload of a row.
#[boxed]
pub async fn set_payload(tx: &Tx, id: OutboxId, payload: Json) -> Result<()> {
    one(id).col_expr(Column::Payload, Expr::value(payload)).run(tx).await?;
    Ok(())
}

/// Replaces an unsent message with one about another title. It is a new row, so that a worker that has already
/// read the old one cannot send it.
#[boxed]
pub async fn replace_unsent(tx: &Tx, old: &OutboxRow, title_id: TitleId, now: Millis) -> Result<()> {
    Entity::delete_by_id(old.id).run(tx).await?;
    let new = NewOutboxRow {
        user_id: old.user_id,
        kind: old.kind,
        title_id: Some(title_id),
        play_id: old.play_id,
        playback_session_id: old.playback_session_id.clone(),
        viewing: old.viewing,
        payload: old.payload.clone(),
        occurred_at: old.occurred_at,
        next_attempt_at: now,
    };
    insert(tx, new, now).await?;
    Ok(())
}

/// Changes the title of a message that is not being sent.
#[boxed]
pub async fn set_title(tx: &Tx, id: OutboxId, title_id: TitleId) -> Result<()> {
    one(id).col_expr(Column::TitleId, Expr::value(title_id)).run(tx).await?;
    Ok(())
}

/// Changes the title of unsent messages from players of a file, because the file contains another title.
#[boxed]
pub async fn retitle_unsent(tx: &Tx, file_id: FileId, from: TitleId, to: TitleId) -> Result<()> {
    let players = playback_session::Entity::find()
        .select_only()
        .column(playback_session::Column::Id)
        .filter(playback_session::Column::FileId.eq(file_id));
    Entity::update_many()
        .col_expr(Column::TitleId, Expr::value(to))
        .filter(Column::TitleId.eq(from))
        .filter(Column::State.eq(OutboxState::Pending))
        .filter(Column::PlayId.is_null())
        .filter(Column::PlaybackSessionId.in_subquery(players.into_query()))
        .run(tx)
        .await?;
    Ok(())
}

/// Sets the play that a message is about.
#[boxed]
pub async fn set_play(tx: &Tx, id: OutboxId, play_id: Option<PlayId>) -> Result<()> {
    one(id).col_expr(Column::PlayId, Expr::value(play_id)).run(tx).await?;
    Ok(())
}

/// Deletes finished rows from before `before`, and returns their number; failed ones are kept until the
/// user decides.
#[boxed]
pub async fn prune(tx: &Tx, before: Millis) -> Result<u64> {
    let old = Entity::delete_many()
        .filter(Column::State.is_in([OutboxState::Done, OutboxState::Superseded]))
        .filter(Column::FinishedAt.lt(before));
    old.run(tx).await
}

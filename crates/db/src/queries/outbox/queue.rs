//! The queue as shown to a user, and the user's decisions about it.

use crate::boxed;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _},
};

use super::super::run::Run as _;
use super::conditions::{one, shown};
use super::drain::StoredFailure;
use crate::{
    Conn, Millis, Result, Tx,
    entities::outbox::{Column, Entity},
    ids::{OutboxId, TitleId, UserId},
    kinds::{OutboxKind, OutboxState, SyncCategory},
    rows::OutboxRow,
};

/// The number of waiting and failed rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pending, in flight or unknown.
    pub pending: u64,
    /// Failed.
    pub failed: u64,
}

/// Returns the queue as shown to a user: all waiting and failed rows, oldest first.
#[boxed]
pub async fn queue(conn: &dyn Conn, user_id: UserId, offset: u64, limit: u64) -> Result<Vec<OutboxRow>> {
    let page = Entity::find().filter(shown(user_id)).order_by_asc(Column::Id).offset(offset).limit(limit);
    Ok(page.all(&conn.raw()).await?)
}

/// Counts the waiting and failed rows of the queue.
#[boxed]
pub async fn counts(conn: &dyn Conn, user_id: UserId) -> Result<Counts> {
    #[derive(FromQueryResult)]
    struct StateCount {
        state: OutboxState,
        rows: i64,
    }
    let states = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "rows")
        .filter(shown(user_id))
        .group_by(Column::State)
        .into_model::<StateCount>()
        .all(&conn.raw())
        .await?;
    let mut counts = Counts::default();
    for StateCount { state, rows } in states {
        let sum = if state == OutboxState::Failed { &mut counts.failed } else { &mut counts.pending };
        *sum += rows.unsigned_abs();
    }
    Ok(counts)
}

/// Retries a user's row that failed or is waiting for its next attempt; returns whether there was one.
#[boxed]
pub async fn retry(tx: &Tx, user_id: UserId, id: OutboxId, now: Millis) -> Result<bool> {
    let waiting = one(id)
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]));
    if waiting.run(tx).await? > 0 {
        return Ok(true);
    }
    let failed = one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Pending))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::Failed));
    Ok(failed.run(tx).await? > 0)
}

/// Makes a user's rows due that are waiting because of one of these failures.
#[boxed]
pub async fn end_waits(tx: &Tx, user_id: UserId, codes: &[&str], now: Millis) -> Result<()> {
    let waiting = Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
        .filter(Column::NextAttemptAt.gt(now))
        .filter(Column::ErrorCode.is_in(codes.iter().copied()));
    waiting.run(tx).await?;
    Ok(())
}

/// Discards a user's row; returns whether there was one that is not being sent right now.
#[boxed]
pub async fn discard(tx: &Tx, user_id: UserId, id: OutboxId) -> Result<bool> {
    let discarded = Entity::delete_by_id(id)
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown, OutboxState::Failed]));
    Ok(discarded.run(tx).await? > 0)
}

/// Sets aside waiting rows because another account was connected: they were meant for the previous account, so they are
/// only sent at the user's request. History entries fail with this reason. Starts and pauses are superseded, because
/// they only report what is being watched now, and so are preferences, which are compared with the new account anyway.
#[boxed]
pub async fn set_aside(tx: &Tx, user_id: UserId, why: &StoredFailure, now: Millis) -> Result<()> {
    let waiting = || {
        Entity::update_many()
            .col_expr(Column::FinishedAt, Expr::value(now))
            .filter(Column::UserId.eq(user_id))
            .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
    };
    waiting()
        .col_expr(Column::State, Expr::value(OutboxState::Superseded))
        .filter(
            Condition::any()
                .add(Column::Kind.is_in([OutboxKind::ScrobbleStart, OutboxKind::ScrobblePause]))
                .add(Column::Kind.is_in(preferences()))
                .add(Column::Withdrawn.eq(true)),
        )
        .run(tx)
        .await?;
    waiting()
        .col_expr(Column::State, Expr::value(OutboxState::Failed))
        .col_expr(Column::ErrorCode, Expr::value(why.code.as_str()))
        .col_expr(Column::ErrorFacts, Expr::value(why.facts.clone()))
        .col_expr(Column::ErrorText, Expr::value(Option::<String>::None))
        .run(tx)
        .await?;
    Ok(())
}

/// Returns the kinds of messages about preferences.
fn preferences() -> impl Iterator<Item = OutboxKind> {
    OutboxKind::ALL.iter().copied().filter(|kind| kind.preference().is_some())
}

/// Returns the waiting and failed messages about a category of preferences, oldest first.
#[boxed]
pub async fn about_preferences(
    conn: &dyn Conn,
    user_id: UserId,
    category: SyncCategory,
) -> Result<Vec<OutboxRow>> {
    let kinds = OutboxKind::ALL.iter().copied().filter(|kind| kind.preference() == Some(category));
    let about = Entity::find().filter(shown(user_id).add(Column::Kind.is_in(kinds)));
    Ok(about.order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Returns the waiting and failed messages about a user's preference for a title in a category, oldest first.
#[boxed]
pub async fn about_preference(
    conn: &dyn Conn,
    user_id: UserId,
    category: SyncCategory,
    title_id: TitleId,
) -> Result<Vec<OutboxRow>> {
    let kinds = OutboxKind::ALL.iter().copied().filter(|kind| kind.preference() == Some(category));
    let about = shown(user_id).add(Column::Kind.is_in(kinds)).add(Column::TitleId.eq(title_id));
    Ok(Entity::find().filter(about).order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Deletes messages that are no longer needed, unless they are being sent right now.
#[boxed]
pub async fn drop_overtaken(tx: &Tx, ids: &[OutboxId]) -> Result<()> {
    let overtaken = Entity::delete_many()
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown, OutboxState::Failed]));
    overtaken.run(tx).await?;
    Ok(())
}

/// Postpones waiting messages, and records since when they have been postponed.
#[boxed]
pub async fn put_off(tx: &Tx, ids: &[OutboxId], until: Millis, now: Millis) -> Result<()> {
    let since = Expr::col(Column::MissingSince).if_null(now);
    Entity::update_many()
        .col_expr(Column::NextAttemptAt, Expr::value(until))
        .col_expr(Column::MissingSince, since)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
        .run(tx)
        .await?;
    Ok(())
}

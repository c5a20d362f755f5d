//! The way of a row to Trakt: found, claimed, sent, settled.

use crate::boxed;
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::conditions::{OPEN, one, open};
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::outbox::{Column, Entity},
    ids::{OutboxId, PlayId, UserId},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

/// The kinds that say what is being watched now.
fn scrobbles() -> impl Iterator<Item = OutboxKind> {
    OutboxKind::ALL.iter().copied().filter(|kind| kind.is_scrobble())
}

/// Why an attempt or a message failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFailure {
    /// Stable.
    pub code: String,
    /// What the code leaves open: names, limits, times. A JSON object.
    pub facts: Json,
}

/// Where a claimed row goes after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Trakt has it.
    Done,
    /// Overtaken by later events.
    Superseded,
    /// Trakt will not take it.
    Failed(StoredFailure),
    /// Surely not arrived: tried again at this time.
    Retry(Millis, StoredFailure),
    /// Perhaps arrived: checked at this time.
    Unknown(Millis, StoredFailure),
}

/// The scrobbles of a person that wait, oldest first.
#[boxed]
pub async fn open_scrobbles(conn: &dyn Conn, user_id: UserId) -> Result<Vec<OutboxRow>> {
    let waiting = open(user_id).add(Column::Kind.is_in(scrobbles()));
    Ok(Entity::find().filter(waiting).order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// The bulk work of a person that is due, oldest first.
#[boxed]
pub async fn due_bulk(conn: &dyn Conn, user_id: UserId, now: Millis, limit: u64) -> Result<Vec<OutboxRow>> {
    let due = open(user_id).add(Column::Kind.is_not_in(scrobbles())).add(Column::NextAttemptAt.lte(now));
    Ok(Entity::find().filter(due).order_by_asc(Column::Id).limit(limit).all(&conn.raw()).await?)
}

/// When the next bulk work of a person is due; None when nothing waits.
#[boxed]
pub async fn next_bulk_due(conn: &dyn Conn, user_id: UserId) -> Result<Option<Millis>> {
    let waiting = open(user_id).add(Column::Kind.is_not_in(scrobbles()));
    let first = Entity::find().filter(waiting).order_by_asc(Column::NextAttemptAt);
    Ok(first.one(&conn.raw()).await?.map(|row| row.next_attempt_at))
}

/// Takes rows for sending: they are in flight once the transaction is committed. Rows that moved on or were withdrawn
/// meanwhile are left out of the answer.
#[boxed]
pub async fn claim(tx: &Tx, ids: &[OutboxId], now: Millis) -> Result<Vec<OutboxId>> {
    let mut claimed = Vec::with_capacity(ids.len());
    for &id in ids {
        let taken = one(id)
            .col_expr(Column::State, Expr::value(OutboxState::InFlight))
            .col_expr(Column::SentAt, Expr::value(now))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
            .filter(Column::Withdrawn.eq(false))
            .exec(&tx.raw())
            .await?;
        if taken.rows_affected == 1 {
            claimed.push(id);
        }
    }
    Ok(claimed)
}

/// Writes down what came of a row.
#[boxed]
pub async fn settle(tx: &Tx, id: OutboxId, settled: &Settled, now: Millis) -> Result<()> {
    let (state, failure, next, finished) = match settled {
        Settled::Done => (OutboxState::Done, None, now, Some(now)),
        Settled::Superseded => (OutboxState::Superseded, None, now, Some(now)),
        Settled::Failed(failure) => (OutboxState::Failed, Some(failure), now, Some(now)),
        Settled::Retry(at, failure) => (OutboxState::Pending, Some(failure), *at, None),
        Settled::Unknown(at, failure) => (OutboxState::Unknown, Some(failure), *at, None),
    };
    one(id)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::ErrorCode, Expr::value(failure.map(|failure| failure.code.clone())))
        .col_expr(Column::ErrorFacts, Expr::value(failure.map(|failure| failure.facts.clone())))
        .col_expr(Column::ErrorText, Expr::value(Option::<String>::None))
        .col_expr(Column::NextAttemptAt, Expr::value(next))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Rows in flight that nobody is sending any more (a crash): whether they arrived is unknown. How many there were.
/// Only the holder of the account's lease may call this.
#[boxed]
pub async fn recover(tx: &Tx, user_id: UserId, now: Millis) -> Result<u64> {
    let lost = Entity::update_many()
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::InFlight));
    Ok(lost.exec(&tx.raw()).await?.rows_affected)
}

/// Trakt has a row, but nobody knows under which id: it is to be looked for.
#[boxed]
pub async fn recheck(tx: &Tx, id: OutboxId, now: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// A scrobble that came too late to be one becomes a history entry of `play_id`, to be sent at once.
#[boxed]
pub async fn convert_to_history(
    tx: &Tx,
    id: OutboxId,
    play_id: PlayId,
    payload: Json,
    now: Millis,
) -> Result<()> {
    one(id)
        .col_expr(Column::Kind, Expr::value(OutboxKind::HistoryAdd))
        .col_expr(Column::State, Expr::value(OutboxState::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::PlayId, Expr::value(play_id))
        .col_expr(Column::Payload, Expr::value(payload))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Everybody for whom something waits.
#[boxed]
pub async fn users_waiting(conn: &dyn Conn) -> Result<Vec<UserId>> {
    let waiting = Entity::find().select_only().column(Column::UserId).distinct();
    Ok(waiting.filter(Column::State.is_in(OPEN)).into_tuple().all(&conn.raw()).await?)
}

/// How many rows wait for this person.
#[boxed]
pub async fn open_count(conn: &dyn Conn, user_id: UserId) -> Result<u64> {
    Ok(Entity::find().filter(open(user_id)).count(&conn.raw()).await?)
}

//! The way of a row to Trakt: found, claimed, sent, settled.

use crate::boxed;
use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::super::chunks::id_chunks;
use super::super::run::Run as _;
use super::conditions::{OPEN, one, open};
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::outbox::{Column, Entity},
    ids::{OutboxId, PlayId, UserId},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

/// The two parts of the queue, which are processed in parallel: what is being watched now, and everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Scrobbles.
    Live,
    /// Everything that can wait.
    Bulk,
}

impl Lane {
    fn kinds(self) -> impl Iterator<Item = OutboxKind> {
        OutboxKind::ALL.iter().copied().filter(move |kind| kind.is_scrobble() == (self == Self::Live))
    }
}

/// Why an attempt or a message failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFailure {
    /// A stable code.
    pub code: String,
    /// Details that the code does not contain: names, limits, times. A JSON object.
    pub facts: Json,
}

/// What happens to a claimed row after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Trakt accepted it.
    Done,
    /// Superseded by later events.
    Superseded,
    /// Trakt rejected it.
    Failed(StoredFailure),
    /// Certainly not received: tried again at this time.
    Retry(Millis, StoredFailure),
    /// Possibly received: checked at this time.
    Unknown(Millis, StoredFailure),
}

/// Returns the waiting scrobbles of a user, oldest first.
#[boxed]
pub async fn open_scrobbles(conn: &dyn Conn, user_id: UserId) -> Result<Vec<OutboxRow>> {
    let waiting = open(user_id).add(Column::Kind.is_in(Lane::Live.kinds()));
    Ok(Entity::find().filter(waiting).order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Returns the due bulk rows of a user, oldest first.
#[boxed]
pub async fn due_bulk(conn: &dyn Conn, user_id: UserId, now: Millis, limit: u64) -> Result<Vec<OutboxRow>> {
    let due = open(user_id).add(Column::Kind.is_in(Lane::Bulk.kinds())).add(Column::NextAttemptAt.lte(now));
    Ok(Entity::find().filter(due).order_by_asc(Column::Id).limit(limit).all(&conn.raw()).await?)
}

/// Returns when the next bulk row of a user is due; `None` if nothing is waiting.
#[boxed]
pub async fn next_bulk_due(conn: &dyn Conn, user_id: UserId) -> Result<Option<Millis>> {
    let waiting = open(user_id).add(Column::Kind.is_in(Lane::Bulk.kinds()));
    let first = Entity::find().filter(waiting).order_by_asc(Column::NextAttemptAt);
    Ok(first.one(&conn.raw()).await?.map(|row| row.next_attempt_at))
}

/// Claims rows for sending: they are in flight once the transaction is committed. Returns the claimed rows, without
/// those that have changed state or were withdrawn in the meantime.
#[boxed]
pub async fn claim(tx: &Tx, ids: &[OutboxId], now: Millis) -> Result<Vec<OutboxId>> {
    let mut claimed = Vec::with_capacity(ids.len());
    for &id in ids {
        let taken = one(id)
            .col_expr(Column::State, Expr::value(OutboxState::InFlight))
            .col_expr(Column::SentAt, Expr::value(now))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .col_expr(Column::MissingSince, Expr::value(Option::<Millis>::None))
            .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
            .filter(Column::Withdrawn.eq(false))
            .run(tx)
            .await?;
        if taken == 1 {
            claimed.push(id);
        }
    }
    Ok(claimed)
}

/// What is sent for a row, stored with it so that the check after a lost response knows what to look for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The row.
    pub id: OutboxId,
    /// The item and its date.
    pub claimed: Json,
}

/// Claims rows that are sent together in one request, `batch`; see [`claim`].
#[boxed]
pub async fn claim_batch(tx: &Tx, claims: &[Claim], batch: &str, now: Millis) -> Result<Vec<OutboxId>> {
    let ids: Vec<OutboxId> = claims.iter().map(|claim| claim.id).collect();
    let claimed = self::claim(tx, &ids, now).await?;
    for claim in claims.iter().filter(|claim| claimed.contains(&claim.id)) {
        one(claim.id)
            .col_expr(Column::Batch, Expr::value(batch))
            .col_expr(Column::Claimed, Expr::value(claim.claimed.clone()))
            .run(tx)
            .await?;
    }
    Ok(claimed)
}

/// Records the outcome of an attempt.
#[boxed]
pub async fn settle(tx: &Tx, id: OutboxId, settled: &Settled, now: Millis) -> Result<()> {
    let (state, failure, next, finished) = match settled {
        Settled::Done => (OutboxState::Done, None, now, Some(now)),
        Settled::Superseded => (OutboxState::Superseded, None, now, Some(now)),
        Settled::Failed(failure) => (OutboxState::Failed, Some(failure), now, Some(now)),
        Settled::Retry(at, failure) => (OutboxState::Pending, Some(failure), *at, None),
        Settled::Unknown(at, failure) => (OutboxState::Unknown, Some(failure), *at, None),
    };
    if matches!(settled, Settled::Unknown(..)) {
        let since = Expr::cust("COALESCE(doubtful_since, sent_at)");
        one(id).col_expr(Column::DoubtfulSince, since).run(tx).await?;
    }
    one(id)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::ErrorCode, Expr::value(failure.map(|failure| failure.code.clone())))
        .col_expr(Column::ErrorFacts, Expr::value(failure.map(|failure| failure.facts.clone())))
        .col_expr(Column::ErrorText, Expr::value(Option::<String>::None))
        .col_expr(Column::NextAttemptAt, Expr::value(next))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .run(tx)
        .await?;
    Ok(())
}

/// Marks a lane's in-flight rows that are no longer being sent (after a crash) as unknown, and returns their number.
/// The caller must be the worker of the lane and hold the account's lease.
#[boxed]
pub async fn recover(tx: &Tx, user_id: UserId, lane: Lane, now: Millis) -> Result<u64> {
    let lost = Entity::update_many()
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::DoubtfulSince, Expr::cust("COALESCE(doubtful_since, sent_at)"))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Kind.is_in(lane.kinds()))
        .filter(Column::State.eq(OutboxState::InFlight));
    lost.run(tx).await
}

/// Corrects a user's waiting times after the clock was set back: a row that was written or sent in what is now the
/// future, or that waits longer than any row should, becomes due; one whose arrival is unknown becomes due at
/// `doubt_until`.
#[boxed]
pub async fn catch_up(
    tx: &Tx,
    user_id: UserId,
    now: Millis,
    longest: Millis,
    doubt_until: Millis,
) -> Result<u64> {
    let mut moved = 0;
    for (state, due) in [(OutboxState::Pending, now), (OutboxState::Unknown, doubt_until)] {
        let odd = Condition::any()
            .add(Column::CreatedAt.gt(now))
            .add(Column::SentAt.gt(now))
            .add(Column::NextAttemptAt.gt(longest));
        let rows = Entity::update_many()
            .col_expr(Column::NextAttemptAt, Expr::value(due))
            .filter(Column::UserId.eq(user_id))
            .filter(Column::State.eq(state))
            .filter(Column::NextAttemptAt.gt(due))
            .filter(odd);
        moved += rows.run(tx).await?;
    }
    Ok(moved)
}

/// Records that a complete check did not find this row on Trakt: the check is repeated at `again_at`.
#[boxed]
pub async fn set_missing(tx: &Tx, id: OutboxId, since: Millis, again_at: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::MissingSince, Expr::value(since))
        .col_expr(Column::NextAttemptAt, Expr::value(again_at))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
        .run(tx)
        .await?;
    Ok(())
}

/// Queues a row again because Trakt does not have it, or not correctly, unless it was withdrawn in the meantime.
#[boxed]
pub async fn send_again(tx: &Tx, id: OutboxId, now: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::State.is_in([OutboxState::Unknown, OutboxState::Done]))
        .filter(Column::Withdrawn.eq(false))
        .run(tx)
        .await?;
    Ok(())
}

/// Postpones the next check of a row whose arrival is unknown.
#[boxed]
pub async fn look_later(tx: &Tx, id: OutboxId, at: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
        .run(tx)
        .await?;
    Ok(())
}

/// Moves all times of a row, and its payload, by `by` milliseconds, because the clock they were read from was set.
#[boxed]
pub async fn move_in_time(tx: &Tx, row: &OutboxRow, payload: Json, by: i64) -> Result<()> {
    let moved = |at: Millis| Millis::from(at.0 + TimeDelta::milliseconds(by));
    one(row.id)
        .col_expr(Column::Payload, Expr::value(payload))
        .col_expr(Column::OccurredAt, Expr::value(moved(row.occurred_at)))
        .col_expr(Column::NextAttemptAt, Expr::value(moved(row.next_attempt_at)))
        .col_expr(Column::SentAt, Expr::value(row.sent_at.map(moved)))
        .col_expr(Column::MissingSince, Expr::value(row.missing_since.map(moved)))
        .col_expr(Column::DoubtfulSince, Expr::value(row.doubtful_since.map(moved)))
        .run(tx)
        .await?;
    Ok(())
}

/// Sets when to look up the history entries of some rows on Trakt; `None` for never again.
#[boxed]
pub async fn set_verify_at(tx: &Tx, ids: &[OutboxId], at: Option<Millis>) -> Result<()> {
    for ids in id_chunks(ids) {
        Entity::update_many()
            .col_expr(Column::VerifyAt, Expr::value(at))
            .filter(Column::Id.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Returns a user's accepted rows whose history entries are due to be looked up, oldest first.
#[boxed]
pub async fn to_verify(conn: &dyn Conn, user_id: UserId, now: Millis, limit: u64) -> Result<Vec<OutboxRow>> {
    let due = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::Done))
        .filter(Column::VerifyAt.lte(now));
    Ok(due.order_by_asc(Column::Id).limit(limit).all(&conn.raw()).await?)
}

/// Returns when the next history entry is due to be looked up.
#[boxed]
pub async fn next_verify(conn: &dyn Conn, user_id: UserId) -> Result<Option<Millis>> {
    let waiting = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::Done))
        .filter(Column::VerifyAt.is_not_null())
        .order_by_asc(Column::VerifyAt);
    Ok(waiting.one(&conn.raw()).await?.and_then(|row| row.verify_at))
}

/// Makes a row due for a check because Trakt has it, but its ID there is unknown.
#[boxed]
pub async fn recheck(tx: &Tx, id: OutboxId, now: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .run(tx)
        .await?;
    Ok(())
}

/// Converts a scrobble that is too late into a history entry of `play_id`, due at `at`: to be sent, or to be checked if
/// its arrival is unknown.
#[boxed]
pub async fn convert_to_history(
    tx: &Tx,
    id: OutboxId,
    play_id: PlayId,
    payload: Json,
    in_doubt: bool,
    at: Millis,
) -> Result<()> {
    let state = if in_doubt { OutboxState::Unknown } else { OutboxState::Pending };
    one(id)
        .col_expr(Column::Kind, Expr::value(OutboxKind::HistoryAdd))
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .col_expr(Column::PlayId, Expr::value(play_id))
        .col_expr(Column::Payload, Expr::value(payload))
        .run(tx)
        .await?;
    Ok(())
}

/// Settles failed messages about plays that were found on Trakt: they have nothing left to do.
#[boxed]
pub async fn settle_arrived(tx: &Tx, play_ids: &[PlayId], now: Millis) -> Result<()> {
    for ids in id_chunks(play_ids) {
        Entity::update_many()
            .col_expr(Column::State, Expr::value(OutboxState::Done))
            .col_expr(Column::ErrorCode, Expr::value(Option::<String>::None))
            .col_expr(Column::ErrorFacts, Expr::value(Option::<Json>::None))
            .col_expr(Column::ErrorText, Expr::value(Option::<String>::None))
            .col_expr(Column::FinishedAt, Expr::value(now))
            .filter(Column::PlayId.is_in(ids))
            .filter(Column::Kind.is_in([OutboxKind::HistoryAdd, OutboxKind::ScrobbleStop]))
            .filter(Column::State.eq(OutboxState::Failed))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Returns all users with waiting rows.
#[boxed]
pub async fn users_waiting(conn: &dyn Conn) -> Result<Vec<UserId>> {
    let waiting = Entity::find().select_only().column(Column::UserId).distinct();
    Ok(waiting.filter(Column::State.is_in(OPEN)).into_tuple().all(&conn.raw()).await?)
}

/// Returns the number of a user's waiting rows.
#[boxed]
pub async fn open_count(conn: &dyn Conn, user_id: UserId) -> Result<u64> {
    Ok(Entity::find().filter(open(user_id)).count(&conn.raw()).await?)
}

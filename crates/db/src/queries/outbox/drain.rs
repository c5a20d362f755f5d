//! The way of a row to Trakt: found, claimed, sent, settled.

use crate::boxed;
use chrono::TimeDelta;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::super::chunks::id_chunks;
use super::conditions::{OPEN, one, open};
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::outbox::{Column, Entity},
    ids::{OutboxId, PlayId, UserId},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

/// The two parts of the queue, which are worked off side by side: what is being watched now, and everything else.
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
    let waiting = open(user_id).add(Column::Kind.is_in(Lane::Live.kinds()));
    Ok(Entity::find().filter(waiting).order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// The bulk work of a person that is due, oldest first.
#[boxed]
pub async fn due_bulk(conn: &dyn Conn, user_id: UserId, now: Millis, limit: u64) -> Result<Vec<OutboxRow>> {
    let due = open(user_id).add(Column::Kind.is_in(Lane::Bulk.kinds())).add(Column::NextAttemptAt.lte(now));
    Ok(Entity::find().filter(due).order_by_asc(Column::Id).limit(limit).all(&conn.raw()).await?)
}

/// When the next bulk work of a person is due; None when nothing waits.
#[boxed]
pub async fn next_bulk_due(conn: &dyn Conn, user_id: UserId) -> Result<Option<Millis>> {
    let waiting = open(user_id).add(Column::Kind.is_in(Lane::Bulk.kinds()));
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
            .col_expr(Column::MissingSince, Expr::value(Option::<Millis>::None))
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

/// What a row says when it is sent: kept with it, so that the look after a lost answer knows what to look for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Which row.
    pub id: OutboxId,
    /// How it is named and dated.
    pub claimed: Json,
}

/// Takes rows that go together in one request, `batch`; see [`claim`].
#[boxed]
pub async fn claim_batch(tx: &Tx, claims: &[Claim], batch: &str, now: Millis) -> Result<Vec<OutboxId>> {
    let ids: Vec<OutboxId> = claims.iter().map(|claim| claim.id).collect();
    let claimed = self::claim(tx, &ids, now).await?;
    for claim in claims.iter().filter(|claim| claimed.contains(&claim.id)) {
        one(claim.id)
            .col_expr(Column::Batch, Expr::value(batch))
            .col_expr(Column::Claimed, Expr::value(claim.claimed.clone()))
            .exec(&tx.raw())
            .await?;
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
    if matches!(settled, Settled::Unknown(..)) {
        let since = Expr::cust("COALESCE(doubtful_since, sent_at)");
        one(id).col_expr(Column::DoubtfulSince, since).exec(&tx.raw()).await?;
    }
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

/// Rows of a lane in flight that nobody is sending any more (a crash): whether they arrived is unknown. How many there
/// were. Only who works on the lane and holds the account's lease may call this.
#[boxed]
pub async fn recover(tx: &Tx, user_id: UserId, lane: Lane, now: Millis) -> Result<u64> {
    let lost = Entity::update_many()
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::DoubtfulSince, Expr::cust("COALESCE(doubtful_since, sent_at)"))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Kind.is_in(lane.kinds()))
        .filter(Column::State.eq(OutboxState::InFlight));
    Ok(lost.exec(&tx.raw()).await?.rows_affected)
}

/// Brings the waits of a person back to what they were meant to be after the clock was set back: a row that was written
/// or sent in what is now the future, or waits longer than anything waits, is due; one in doubt is after `doubt_until`.
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
        moved += rows.exec(&tx.raw()).await?.rows_affected;
    }
    Ok(moved)
}

/// A complete look did not find this row on Trakt: it is looked for again at `again_at`.
#[boxed]
pub async fn set_missing(tx: &Tx, id: OutboxId, since: Millis, again_at: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::MissingSince, Expr::value(since))
        .col_expr(Column::NextAttemptAt, Expr::value(again_at))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Trakt does not have a row, or not as it should be: it is sent again. Unless it was withdrawn meanwhile.
#[boxed]
pub async fn send_again(tx: &Tx, id: OutboxId, now: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::State.is_in([OutboxState::Unknown, OutboxState::Done]))
        .filter(Column::Withdrawn.eq(false))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Puts off the next look at a row that is in doubt.
#[boxed]
pub async fn look_later(tx: &Tx, id: OutboxId, at: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(at))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// The clock that a row was written by has been set: every time of the row is moved by `by`, in milliseconds, and with them
/// what it says.
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
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// When to look which entries on Trakt some rows have become; None: never again.
#[boxed]
pub async fn set_verify_at(tx: &Tx, ids: &[OutboxId], at: Option<Millis>) -> Result<()> {
    for ids in id_chunks(ids) {
        Entity::update_many()
            .col_expr(Column::VerifyAt, Expr::value(at))
            .filter(Column::Id.is_in(ids))
            .exec(&tx.raw())
            .await?;
    }
    Ok(())
}

/// The rows of a person that Trakt took and whose entries are to be looked at, oldest first.
#[boxed]
pub async fn to_verify(conn: &dyn Conn, user_id: UserId, now: Millis, limit: u64) -> Result<Vec<OutboxRow>> {
    let due = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::Done))
        .filter(Column::VerifyAt.lte(now));
    Ok(due.order_by_asc(Column::Id).limit(limit).all(&conn.raw()).await?)
}

/// When the next entry is to be looked at.
#[boxed]
pub async fn next_verify(conn: &dyn Conn, user_id: UserId) -> Result<Option<Millis>> {
    let waiting = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::Done))
        .filter(Column::VerifyAt.is_not_null())
        .order_by_asc(Column::VerifyAt);
    Ok(waiting.one(&conn.raw()).await?.and_then(|row| row.verify_at))
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

/// A scrobble that came too late to be one becomes a history entry of `play_id`. It is due at `at`: to be sent, or to be
/// looked for when it is in doubt.
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
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Some plays were found on Trakt: messages that failed to bring them there have nothing left to do.
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
            .exec(&tx.raw())
            .await?;
    }
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

//! What Trakt must still be told.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::NotSet,
    ColumnTrait, Condition, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Set, UpdateMany,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::outbox::{ActiveModel, Column, Entity},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

const SCROBBLES: [OutboxKind; 3] =
    [OutboxKind::ScrobbleStart, OutboxKind::ScrobblePause, OutboxKind::ScrobbleStop];
const OPEN: [OutboxState; 3] = [OutboxState::Pending, OutboxState::InFlight, OutboxState::Unknown];

/// An intention to write down, in the transaction that made the change.
#[derive(Clone, Debug)]
pub struct NewOutboxRow {
    /// Whose account.
    pub user_id: i64,
    /// What to say.
    pub kind: OutboxKind,
    /// About which title.
    pub title_id: i64,
    /// The play that it tells of, when there is one already.
    pub play_id: Option<i64>,
    /// The player that it comes from.
    pub playback_session_id: Option<String>,
    /// Number of the viewing inside the playback session; 0 outside one.
    pub viewing: i64,
    /// What to send.
    pub payload: Json,
    /// When it happened; never when it is sent.
    pub occurred_at: Millis,
    /// Not sent before.
    pub next_attempt_at: Millis,
}

/// Why an attempt or a row failed: a code for programs, a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Stable.
    pub code: String,
    /// What happened, what it means, what to do.
    pub text: String,
}

/// Where a claimed row goes after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Trakt has it.
    Done,
    /// Overtaken by later events.
    Superseded,
    /// Trakt will not take it.
    Failed(Trouble),
    /// Surely not arrived: tried again at this time.
    Retry(Millis, Trouble),
    /// Perhaps arrived: checked at this time.
    Unknown(Millis, Trouble),
}

/// How much waits and how much failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pending, in flight or unknown.
    pub pending: u64,
    /// Failed.
    pub failed: u64,
}

/// Writes an intention down.
pub async fn insert(tx: &Tx, new: NewOutboxRow, now: Millis) -> Result<OutboxRow> {
    let row = ActiveModel {
        id: NotSet,
        user_id: Set(new.user_id),
        kind: Set(new.kind),
        title_id: Set(new.title_id),
        play_id: Set(new.play_id),
        playback_session_id: Set(new.playback_session_id),
        viewing: Set(new.viewing),
        payload: Set(new.payload),
        occurred_at: Set(new.occurred_at),
        state: Set(OutboxState::Pending),
        attempts: Set(0),
        next_attempt_at: Set(new.next_attempt_at),
        sent_at: Set(None),
        error_code: Set(None),
        error_text: Set(None),
        created_at: Set(now),
        finished_at: Set(None),
        withdrawn: Set(false),
    };
    Ok(row.insert(tx.raw()).await?)
}

/// One row.
pub async fn find(conn: &impl Conn, id: i64) -> Result<Option<OutboxRow>> {
    Ok(Entity::find_by_id(id).one(conn.raw()).await?)
}

/// One row, which nobody else can change until the transaction ends.
pub async fn find_for_update(tx: &Tx, id: i64) -> Result<Option<OutboxRow>> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?)
}

/// The scrobbles of a person that wait, oldest first.
pub async fn open_scrobbles(conn: &impl Conn, user_id: i64) -> Result<Vec<OutboxRow>> {
    let waiting = open(user_id).add(Column::Kind.is_in(SCROBBLES));
    Ok(Entity::find().filter(waiting).order_by_asc(Column::Id).all(conn.raw()).await?)
}

/// The bulk work of a person that is due, oldest first.
pub async fn due_bulk(conn: &impl Conn, user_id: i64, now: Millis, limit: u64) -> Result<Vec<OutboxRow>> {
    let due = open(user_id).add(Column::Kind.is_not_in(SCROBBLES)).add(Column::NextAttemptAt.lte(now));
    Ok(Entity::find().filter(due).order_by_asc(Column::Id).limit(limit).all(conn.raw()).await?)
}

/// When the next bulk work of a person is due; None when nothing waits.
pub async fn next_bulk_due(conn: &impl Conn, user_id: i64) -> Result<Option<Millis>> {
    let waiting = open(user_id).add(Column::Kind.is_not_in(SCROBBLES));
    let first = Entity::find().filter(waiting).order_by_asc(Column::NextAttemptAt);
    Ok(first.one(conn.raw()).await?.map(|row| row.next_attempt_at))
}

/// Takes rows for sending: they are in flight once the transaction is committed. Rows that moved on or were withdrawn
/// meanwhile are left out of the answer.
pub async fn claim(tx: &Tx, ids: &[i64], now: Millis) -> Result<Vec<i64>> {
    let mut claimed = Vec::with_capacity(ids.len());
    for &id in ids {
        let taken = one(id)
            .col_expr(Column::State, Expr::value(OutboxState::InFlight))
            .col_expr(Column::SentAt, Expr::value(now))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]))
            .filter(Column::Withdrawn.eq(false))
            .exec(tx.raw())
            .await?;
        if taken.rows_affected == 1 {
            claimed.push(id);
        }
    }
    Ok(claimed)
}

/// Writes down what came of a row.
pub async fn settle(tx: &Tx, id: i64, settled: &Settled, now: Millis) -> Result<()> {
    let (state, trouble, next, finished) = match settled {
        Settled::Done => (OutboxState::Done, None, now, Some(now)),
        Settled::Superseded => (OutboxState::Superseded, None, now, Some(now)),
        Settled::Failed(trouble) => (OutboxState::Failed, Some(trouble), now, Some(now)),
        Settled::Retry(at, trouble) => (OutboxState::Pending, Some(trouble), *at, None),
        Settled::Unknown(at, trouble) => (OutboxState::Unknown, Some(trouble), *at, None),
    };
    one(id)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::ErrorCode, Expr::value(trouble.map(|trouble| trouble.code.clone())))
        .col_expr(Column::ErrorText, Expr::value(trouble.map(|trouble| trouble.text.clone())))
        .col_expr(Column::NextAttemptAt, Expr::value(next))
        .col_expr(Column::FinishedAt, Expr::value(finished))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Rows in flight that nobody is sending any more (a crash): whether they arrived is unknown. How many there were.
/// Only the holder of the account's lease may call this.
pub async fn recover(tx: &Tx, user_id: i64, now: Millis) -> Result<u64> {
    let lost = Entity::update_many()
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::InFlight));
    Ok(lost.exec(tx.raw()).await?.rows_affected)
}

/// Trakt has a row, but nobody knows under which id: it is to be looked for.
pub async fn recheck(tx: &Tx, id: i64, now: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// A scrobble that came too late to be one becomes a history entry of `play_id`, to be sent at once.
pub async fn convert_to_history(tx: &Tx, id: i64, play_id: i64, payload: Json, now: Millis) -> Result<()> {
    one(id)
        .col_expr(Column::Kind, Expr::value(OutboxKind::HistoryAdd))
        .col_expr(Column::State, Expr::value(OutboxState::Pending))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::PlayId, Expr::value(play_id))
        .col_expr(Column::Payload, Expr::value(payload))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// Changes what a row will send.
pub async fn set_payload(tx: &Tx, id: i64, payload: Json) -> Result<()> {
    one(id).col_expr(Column::Payload, Expr::value(payload)).exec(tx.raw()).await?;
    Ok(())
}

/// Says which play a row tells of.
pub async fn set_play(tx: &Tx, id: i64, play_id: Option<i64>) -> Result<()> {
    one(id).col_expr(Column::PlayId, Expr::value(play_id)).exec(tx.raw()).await?;
    Ok(())
}

/// A person says "try again" about a row that failed or waits for its next attempt: whether there was one of theirs.
pub async fn retry(tx: &Tx, user_id: i64, id: i64, now: Millis) -> Result<bool> {
    let waiting = one(id)
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown]));
    if waiting.exec(tx.raw()).await?.rows_affected > 0 {
        return Ok(true);
    }
    let failed = one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Pending))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::NextAttemptAt, Expr::value(now))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.eq(OutboxState::Failed));
    Ok(failed.exec(tx.raw()).await?.rows_affected > 0)
}

/// A person says "leave it": whether there was a row of theirs that is not being sent just now.
pub async fn discard(tx: &Tx, user_id: i64, id: i64) -> Result<bool> {
    let discarded = Entity::delete_by_id(id)
        .filter(Column::UserId.eq(user_id))
        .filter(Column::State.is_in([OutboxState::Pending, OutboxState::Unknown, OutboxState::Failed]));
    Ok(discarded.exec(tx.raw()).await?.rows_affected > 0)
}

/// Another account is connected: what waits was meant for the one before, so it is only sent when the person says so.
/// What can be told late is failed with this reason; what only said what is watched just then is over.
pub async fn set_aside(tx: &Tx, user_id: i64, why: &Trouble, now: Millis) -> Result<()> {
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
                .add(Column::Withdrawn.eq(true)),
        )
        .exec(tx.raw())
        .await?;
    waiting()
        .col_expr(Column::State, Expr::value(OutboxState::Failed))
        .col_expr(Column::ErrorCode, Expr::value(why.code.as_str()))
        .col_expr(Column::ErrorText, Expr::value(why.text.as_str()))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// The last row of a playback session: what its dot shows.
pub async fn last_of_session(conn: &impl Conn, session_id: &str) -> Result<Option<OutboxRow>> {
    let own = Column::PlaybackSessionId.eq(session_id);
    Ok(Entity::find().filter(own).order_by_desc(Column::Id).one(conn.raw()).await?)
}

/// The rows of a playback session, oldest first.
pub async fn of_session(conn: &impl Conn, session_id: &str) -> Result<Vec<OutboxRow>> {
    let own = Column::PlaybackSessionId.eq(session_id);
    Ok(Entity::find().filter(own).order_by_asc(Column::Id).all(conn.raw()).await?)
}

/// The stops and additions about a title that wait, oldest first.
pub async fn open_of_title(conn: &impl Conn, user_id: i64, title_id: i64) -> Result<Vec<OutboxRow>> {
    let waiting = open(user_id).add(Column::TitleId.eq(title_id));
    Ok(Entity::find().filter(waiting).order_by_asc(Column::Id).all(conn.raw()).await?)
}

/// What a person sees as the queue: everything that waits or failed, oldest first.
pub async fn queue(conn: &impl Conn, user_id: i64, offset: u64, limit: u64) -> Result<Vec<OutboxRow>> {
    let page = Entity::find().filter(shown(user_id)).order_by_asc(Column::Id).offset(offset).limit(limit);
    Ok(page.all(conn.raw()).await?)
}

/// How much of the queue waits and how much failed.
pub async fn counts(conn: &impl Conn, user_id: i64) -> Result<Counts> {
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
        .all(conn.raw())
        .await?;
    let mut counts = Counts::default();
    for StateCount { state, rows } in states {
        let sum = if state == OutboxState::Failed { &mut counts.failed } else { &mut counts.pending };
        *sum += rows.unsigned_abs();
    }
    Ok(counts)
}

/// Everybody for whom something waits.
pub async fn users_waiting(conn: &impl Conn) -> Result<Vec<i64>> {
    let waiting = Entity::find().select_only().column(Column::UserId).distinct();
    Ok(waiting.filter(Column::State.is_in(OPEN)).into_tuple().all(conn.raw()).await?)
}

/// How many rows wait for this person.
pub async fn open_count(conn: &impl Conn, user_id: i64) -> Result<u64> {
    Ok(Entity::find().filter(open(user_id)).count(conn.raw()).await?)
}

/// Forgets finished rows from before `before`; failed ones stay until a person decides. How many there were.
pub async fn prune(tx: &Tx, before: Millis) -> Result<u64> {
    let old = Entity::delete_many()
        .filter(Column::State.is_in([OutboxState::Done, OutboxState::Superseded]))
        .filter(Column::FinishedAt.lt(before));
    Ok(old.exec(tx.raw()).await?.rows_affected)
}

fn open(user_id: i64) -> Condition {
    Condition::all().add(Column::UserId.eq(user_id)).add(Column::State.is_in(OPEN))
}

fn shown(user_id: i64) -> Condition {
    let states = OPEN.into_iter().chain([OutboxState::Failed]);
    Condition::all().add(Column::UserId.eq(user_id)).add(Column::State.is_in(states))
}

fn one(id: i64) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}

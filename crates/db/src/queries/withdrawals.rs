//! Messages to Trakt about plays that were deleted here.

use crate::boxed;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::outbox::one;
use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::outbox::{Column, Entity},
    ids::{OutboxId, PlayId, TitleId, UserId},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

/// Returns the rows about a play, oldest first, locked until the transaction ends.
///
/// Rows that [`drop_unsent`] may delete are locked with them, ordered by ID as in the drain: if they were locked one by
/// one in another order, the two would deadlock.
#[boxed]
pub async fn about_play(tx: &Tx, play_id: PlayId) -> Result<Vec<OutboxRow>> {
    let about = Entity::find().filter(Column::PlayId.eq(play_id)).all(&tx.raw()).await?;
    let mut concerned = Condition::any().add(Column::PlayId.eq(play_id));
    for row in &about {
        if let Some(session_id) = &row.playback_session_id {
            concerned = concerned.add(unsent_of(session_id, row.viewing));
        }
    }
    let locked = Entity::find().filter(concerned).order_by_asc(Column::Id).lock_exclusive();
    let mut locked = locked.all(&tx.raw()).await?;
    locked.retain(|row| row.play_id == Some(play_id));
    Ok(locked)
}

/// Selects the unsent rows about a viewing.
fn unsent_of(session_id: &str, viewing: i64) -> Condition {
    Condition::all()
        .add(Column::PlaybackSessionId.eq(session_id))
        .add(Column::Viewing.eq(viewing))
        .add(Column::State.eq(OutboxState::Pending))
}

/// Deletes a message that did not arrive, and the unsent messages about the same viewing.
#[boxed]
pub async fn drop_unsent(tx: &Tx, row: &OutboxRow) -> Result<()> {
    Entity::delete_by_id(row.id).run(tx).await?;
    if let Some(session_id) = &row.playback_session_id {
        Entity::delete_many().filter(unsent_of(session_id, row.viewing)).run(tx).await?;
    }
    Ok(())
}

/// Withdraws a message that may have arrived. One that is being sent stays in flight; the others are checked.
#[boxed]
pub async fn withdraw(tx: &Tx, id: OutboxId, now: Millis) -> Result<()> {
    let withdrawn = one(id)
        .col_expr(Column::Withdrawn, Expr::value(true))
        .col_expr(Column::PlayId, Expr::value(Option::<PlayId>::None))
        .col_expr(Column::NextAttemptAt, Expr::value(now));
    withdrawn.run(tx).await?;
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::State.ne(OutboxState::InFlight))
        .run(tx)
        .await?;
    Ok(())
}

/// Returns a user's removals that have not succeeded yet, oldest first.
#[boxed]
pub async fn removals(conn: &dyn Conn, user_id: UserId) -> Result<Vec<OutboxRow>> {
    let removals = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Kind.eq(OutboxKind::HistoryRemove))
        .filter(Column::State.is_not_in([OutboxState::Done, OutboxState::Superseded]));
    Ok(removals.order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Returns whether a user has deleted a play of this title since `since`.
#[boxed]
pub async fn was_removed(conn: &dyn Conn, user_id: UserId, title_id: TitleId, since: Millis) -> Result<bool> {
    let removal = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.eq(title_id))
        .filter(Column::Kind.eq(OutboxKind::HistoryRemove))
        .filter(Column::CreatedAt.gte(since));
    Ok(removal.one(&conn.raw()).await?.is_some())
}

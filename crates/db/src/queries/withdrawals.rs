//! Messages to Trakt about plays that were deleted here.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::outbox::one;
use crate::{
    Conn, Millis, Result, Tx,
    entities::outbox::{Column, Entity},
    ids::{OutboxId, PlayId, TitleId, UserId},
    kinds::{OutboxKind, OutboxState},
    rows::OutboxRow,
};

/// The rows about a play, oldest first, which nobody else can change until the transaction ends.
pub async fn about_play(tx: &Tx, play_id: PlayId) -> Result<Vec<OutboxRow>> {
    let about = Entity::find().filter(Column::PlayId.eq(play_id)).order_by_asc(Column::Id);
    Ok(about.lock_exclusive().all(tx.raw()).await?)
}

/// Deletes a message that did not arrive, and with it what was not sent yet about the same viewing.
pub async fn drop_unsent(tx: &Tx, row: &OutboxRow) -> Result<()> {
    Entity::delete_by_id(row.id).exec(tx.raw()).await?;
    if let Some(session_id) = &row.playback_session_id {
        let viewing = Entity::delete_many()
            .filter(Column::PlaybackSessionId.eq(session_id))
            .filter(Column::Viewing.eq(row.viewing))
            .filter(Column::State.eq(OutboxState::Pending));
        viewing.exec(tx.raw()).await?;
    }
    Ok(())
}

/// Withdraws a message that may have arrived. One that is being sent stays in flight; the others are looked up.
pub async fn withdraw(tx: &Tx, id: OutboxId, now: Millis) -> Result<()> {
    let withdrawn = one(id)
        .col_expr(Column::Withdrawn, Expr::value(true))
        .col_expr(Column::PlayId, Expr::value(Option::<PlayId>::None))
        .col_expr(Column::NextAttemptAt, Expr::value(now));
    withdrawn.exec(tx.raw()).await?;
    one(id)
        .col_expr(Column::State, Expr::value(OutboxState::Unknown))
        .col_expr(Column::FinishedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::State.ne(OutboxState::InFlight))
        .exec(tx.raw())
        .await?;
    Ok(())
}

/// The removals of a person that have yet to succeed, oldest first.
pub async fn removals(conn: &impl Conn, user_id: UserId) -> Result<Vec<OutboxRow>> {
    let removals = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Kind.eq(OutboxKind::HistoryRemove))
        .filter(Column::State.is_not_in([OutboxState::Done, OutboxState::Superseded]));
    Ok(removals.order_by_asc(Column::Id).all(conn.raw()).await?)
}

/// Whether a person has deleted a play of this title since.
pub async fn was_removed(
    conn: &impl Conn,
    user_id: UserId,
    title_id: TitleId,
    since: Millis,
) -> Result<bool> {
    let removal = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.eq(title_id))
        .filter(Column::Kind.eq(OutboxKind::HistoryRemove))
        .filter(Column::CreatedAt.gte(since));
    Ok(removal.one(conn.raw()).await?.is_some())
}

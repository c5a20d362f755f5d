//! The current viewing of each title by each user.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::viewing::{Column, Entity},
    ids::{TitleId, UserId},
    rows::Viewing,
};

/// Returns a user's viewings of some titles.
#[boxed]
pub async fn of_titles(conn: &dyn Conn, user_id: UserId, title_ids: &[TitleId]) -> Result<Vec<Viewing>> {
    let own = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.is_in(title_ids.iter().copied()));
    Ok(own.all(&conn.raw()).await?)
}

/// Saves the current viewing of a title.
#[boxed]
pub async fn put(tx: &Tx, viewing: Viewing) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::TitleId])
        .update_columns([Column::StartedAt, Column::CountedAt, Column::FollowsAt, Column::PlayedMs])
        .to_owned();
    let row = viewing.into_active_model().reset_all();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Makes a viewing countable again because its play was deleted.
#[boxed]
pub async fn uncount(tx: &Tx, user_id: UserId, title_id: TitleId, watched_at: Millis) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::CountedAt, Expr::value(Option::<Millis>::None))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.eq(title_id))
        .filter(Column::StartedAt.lte(watched_at))
        .run(tx)
        .await?;
    Ok(())
}

/// Moves viewings from one title to another, of one user or of all users; if a user has both, the later one is kept.
#[boxed]
pub async fn move_to(tx: &Tx, user_id: Option<UserId>, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let kept = of(into).all(&tx.raw()).await?;
    let moving = of(from).all(&tx.raw()).await?;
    for row in moving.into_iter().filter(|row| user_id.is_none_or(|user_id| row.user_id == user_id)) {
        Entity::delete_by_id((row.user_id, from)).run(tx).await?;
        let rival = kept.iter().find(|other| other.user_id == row.user_id);
        if rival.is_none_or(|other| other.started_at.0 < row.started_at.0) {
            put(tx, Viewing { title_id: into, ..row }).await?;
        }
    }
    Ok(())
}

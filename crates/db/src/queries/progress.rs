//! Resume points.

use crate::boxed;
use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, sea_query::OnConflict};

use super::run::Run as _;
use crate::{
    Conn, Result, Tx,
    entities::progress::{Column, Entity},
    ids::{TitleId, UserId},
    rows::Progress,
};

/// Returns a user's resume point in a title.
#[boxed]
pub async fn find(conn: &dyn Conn, user_id: UserId, title_id: TitleId) -> Result<Option<Progress>> {
    Ok(Entity::find_by_id((user_id, title_id)).one(&conn.raw()).await?)
}

/// Sets the resume point of a title.
#[boxed]
pub async fn put(tx: &Tx, progress: Progress) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::TitleId])
        .update_columns([
            Column::PositionMs,
            Column::DurationMs,
            Column::Percent,
            Column::FileId,
            Column::IsPrivate,
            Column::PausedAt,
            Column::UpdatedAt,
        ])
        .to_owned();
    let row = progress.into_active_model().reset_all();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Deletes a resume point; returns whether it existed.
#[boxed]
pub async fn delete(tx: &Tx, user_id: UserId, title_id: TitleId) -> Result<bool> {
    Ok(Entity::delete_by_id((user_id, title_id)).run(tx).await? > 0)
}

//! Plays that were not sent to Trakt because their titles could not be identified on Trakt.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use super::run::Run as _;
use crate::{
    Conn, Result, Tx,
    entities::{play, unnamed_play},
    ids::{PlayId, UserId},
    rows::Play,
};

/// Records that a play was not sent to Trakt.
#[boxed]
pub async fn note(tx: &Tx, play_id: PlayId) -> Result<()> {
    let row = unnamed_play::Model { play_id }.into_active_model().reset_all();
    unnamed_play::Entity::insert(row).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Deletes the record because the play is sent to Trakt now.
#[boxed]
pub async fn forget(tx: &Tx, play_id: PlayId) -> Result<()> {
    unnamed_play::Entity::delete_by_id(play_id).run(tx).await?;
    Ok(())
}

/// Returns such plays of a user, oldest first.
#[boxed]
pub async fn of_user(conn: &dyn Conn, user_id: UserId, limit: u64) -> Result<Vec<Play>> {
    let noted = unnamed_play::Entity::find().select_only().column(unnamed_play::Column::PlayId);
    let plays = play::Entity::find()
        .filter(play::Column::UserId.eq(user_id))
        .filter(play::Column::Id.in_subquery(noted.into_query()))
        .order_by_asc(play::Column::Id)
        .limit(limit);
    Ok(plays.all(&conn.raw()).await?)
}

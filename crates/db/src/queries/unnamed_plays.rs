//! Plays that Trakt was not told of, because nothing named their titles to it.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait,
};

use crate::{
    Conn, Result, Tx,
    entities::{play, unnamed_play},
    ids::{PlayId, UserId},
    rows::Play,
};

/// Notes that Trakt was not told of a play.
#[boxed]
pub async fn note(tx: &Tx, play_id: PlayId) -> Result<()> {
    let row = unnamed_play::Model { play_id }.into_active_model().reset_all();
    unnamed_play::Entity::insert(row).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Trakt is told of a play now.
#[boxed]
pub async fn forget(tx: &Tx, play_id: PlayId) -> Result<()> {
    unnamed_play::Entity::delete_by_id(play_id).exec(&tx.raw()).await?;
    Ok(())
}

/// Such plays of a person, oldest first.
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

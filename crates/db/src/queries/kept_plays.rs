//! Plays that were removed on Trakt and that the user kept here. Only an import sends them to Trakt again.

use crate::boxed;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Set, sea_query::OnConflict};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::{
    Conn, Result, Tx,
    entities::kept_play::{ActiveModel, Column, Entity},
    ids::PlayId,
};

/// Records that some plays were kept. Recording one twice changes nothing.
#[boxed]
pub async fn note(tx: &Tx, play_ids: &[PlayId]) -> Result<()> {
    let keep = OnConflict::column(Column::PlayId).do_nothing().to_owned();
    for chunk in chunks::<Entity, _>(play_ids.to_vec()) {
        let rows = chunk.into_iter().map(|play_id| ActiveModel { play_id: Set(play_id) });
        Entity::insert_many(rows).on_conflict(keep.clone()).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Deletes the records because the plays are sent to Trakt now.
#[boxed]
pub async fn forget(tx: &Tx, play_ids: &[PlayId]) -> Result<()> {
    for ids in id_chunks(play_ids) {
        Entity::delete_many().filter(Column::PlayId.is_in(ids)).run(tx).await?;
    }
    Ok(())
}

/// Returns whether a play was kept.
#[boxed]
pub async fn contains(conn: &dyn Conn, play_id: PlayId) -> Result<bool> {
    Ok(Entity::find_by_id(play_id).one(&conn.raw()).await?.is_some())
}

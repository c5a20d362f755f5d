//! Plays that were not sent to Trakt because a switch was off or their titles are excluded.

use crate::boxed;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set, sea_query::OnConflict,
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::{
    Conn, Result, Tx,
    entities::{play, withheld_play},
    ids::{PlayId, UserId},
    rows::Play,
};

/// Records that some plays were not sent to Trakt. Recording one twice changes nothing.
#[boxed]
pub async fn note(tx: &Tx, play_ids: &[PlayId]) -> Result<()> {
    let keep = OnConflict::column(withheld_play::Column::PlayId).do_nothing().to_owned();
    for chunk in chunks::<withheld_play::Entity, _>(play_ids.to_vec()) {
        let rows = chunk.into_iter().map(|play_id| withheld_play::ActiveModel { play_id: Set(play_id) });
        withheld_play::Entity::insert_many(rows)
            .on_conflict(keep.clone())
            .exec_without_returning(&tx.raw())
            .await?;
    }
    Ok(())
}

/// Deletes the records because the plays are sent to Trakt now.
#[boxed]
pub async fn forget(tx: &Tx, play_ids: &[PlayId]) -> Result<()> {
    for ids in id_chunks(play_ids) {
        let noted = withheld_play::Column::PlayId.is_in(ids);
        withheld_play::Entity::delete_many().filter(noted).run(tx).await?;
    }
    Ok(())
}

/// Returns such plays of a user after `after`, by ID.
#[boxed]
pub async fn of_user(conn: &dyn Conn, user_id: UserId, after: PlayId, limit: u64) -> Result<Vec<Play>> {
    let noted = withheld_play::Entity::find().select_only().column(withheld_play::Column::PlayId);
    let plays = play::Entity::find()
        .filter(play::Column::UserId.eq(user_id))
        .filter(play::Column::Id.gt(after))
        .filter(play::Column::Id.in_subquery(noted.into_query()))
        .order_by_asc(play::Column::Id)
        .limit(limit);
    Ok(plays.all(&conn.raw()).await?)
}

//! The resume points on Trakt at the last check.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait, IntoActiveModel as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Result, Tx,
    entities::trakt_playback::{Column, Entity},
    ids::{TitleId, UserId},
    rows::TraktPlayback,
};

/// Returns all resume points that were seen in an account.
#[boxed]
pub async fn of_account(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<TraktPlayback>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    Ok(own.all(&conn.raw()).await?)
}

/// Saves resume points, replacing those seen before.
#[boxed]
pub async fn put_many(tx: &Tx, rows: Vec<TraktPlayback>) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::Account, Column::TitleId])
        .update_columns([Column::PlaybackId, Column::PausedAt, Column::IsHere, Column::WaitingPercent])
        .to_owned();
    for chunk in chunks::<Entity, _>(rows) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Separates a title's resume point here from the one on Trakt: later changes here no longer affect it.
#[boxed]
pub async fn detach(tx: &Tx, user_id: UserId, title_id: TitleId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::IsHere, Expr::value(false))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::TitleId.eq(title_id))
        .filter(Column::IsHere.eq(true))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes resume points that no longer exist.
#[boxed]
pub async fn forget(tx: &Tx, user_id: UserId, account: &str, title_ids: &[TitleId]) -> Result<()> {
    for ids in id_chunks(title_ids) {
        Entity::delete_many()
            .filter(Column::UserId.eq(user_id))
            .filter(Column::Account.eq(account))
            .filter(Column::TitleId.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Moves resume points of a title to another; if an account has both, the one of the remaining title is kept.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let (kept, moving) = (of(into).all(&tx.raw()).await?, of(from).all(&tx.raw()).await?);
    Entity::delete_many().filter(Column::TitleId.eq(from)).run(tx).await?;
    let is_alone = |row: &TraktPlayback| {
        !kept.iter().any(|kept| (kept.user_id, &kept.account) == (row.user_id, &row.account))
    };
    let moved = moving.into_iter().filter(is_alone).map(|row| TraktPlayback { title_id: into, ..row });
    put_many(tx, moved.collect()).await
}

//! Titles recommended by Trakt.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, sea_query::OnConflict,
};

use super::chunks::chunks;
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{
        recommendation::{Column, Entity},
        recommendation_read,
    },
    ids::{TitleId, UserId},
    rows::Recommendation,
};

/// Returns an account's recommendations, in Trakt's order.
#[boxed]
pub async fn of_account(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<Recommendation>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    Ok(own.order_by_asc(Column::Position).order_by_asc(Column::TitleId).all(&conn.raw()).await?)
}

/// Replaces an account's recommendations.
#[boxed]
pub async fn replace(
    tx: &Tx,
    user_id: UserId,
    account: &str,
    rows: Vec<Recommendation>,
    read_at: Millis,
) -> Result<()> {
    let own = Entity::delete_many().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    own.run(tx).await?;
    put_many(tx, rows).await?;
    let read = recommendation_read::Model { user_id, account: account.to_owned(), read_at };
    let again =
        OnConflict::columns([recommendation_read::Column::UserId, recommendation_read::Column::Account])
            .update_column(recommendation_read::Column::ReadAt)
            .to_owned();
    recommendation_read::Entity::insert(read.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

/// Returns when the recommendations were read; `None` if they have to be read.
#[boxed]
pub async fn read_at(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Option<Millis>> {
    let read =
        recommendation_read::Entity::find_by_id((user_id, account.to_owned())).one(&conn.raw()).await?;
    Ok(read.map(|read| read.read_at))
}

/// Marks a user's recommendations as outdated; they are kept until they are read again.
#[boxed]
pub async fn outdate(tx: &Tx, user_id: UserId) -> Result<()> {
    let own =
        recommendation_read::Entity::delete_many().filter(recommendation_read::Column::UserId.eq(user_id));
    own.run(tx).await?;
    Ok(())
}

/// Deletes a user's recommendations.
#[boxed]
pub async fn clear(tx: &Tx, user_id: UserId) -> Result<()> {
    Entity::delete_many().filter(Column::UserId.eq(user_id)).run(tx).await?;
    outdate(tx, user_id).await
}

/// Moves recommendations of a title to another; if an account has both, the one of the remaining title is kept.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let (kept, moving) = (of(into).all(&tx.raw()).await?, of(from).all(&tx.raw()).await?);
    Entity::delete_many().filter(Column::TitleId.eq(from)).run(tx).await?;
    let is_alone = |row: &Recommendation| {
        !kept.iter().any(|kept| (kept.user_id, &kept.account) == (row.user_id, &row.account))
    };
    let moved = moving.into_iter().filter(is_alone).map(|row| Recommendation { title_id: into, ..row });
    put_many(tx, moved.collect()).await
}

async fn put_many(tx: &Tx, rows: Vec<Recommendation>) -> Result<()> {
    for chunk in chunks::<Entity, _>(rows) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

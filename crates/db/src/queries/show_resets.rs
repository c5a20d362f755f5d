//! Shows that users are rewatching.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, EntityTrait, IntoActiveModel as _, QueryFilter as _,
};

use super::chunks::chunks;
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Result, Tx,
    entities::show_reset::{Column, Entity},
    ids::{TitleId, UserId},
    rows::ShowReset,
};

/// Returns the shows that a user is rewatching.
#[boxed]
pub async fn of_user(conn: &dyn Conn, user_id: UserId) -> Result<Vec<ShowReset>> {
    Ok(Entity::find().filter(Column::UserId.eq(user_id)).all(&conn.raw()).await?)
}

/// Returns the shows that an account is rewatching.
#[boxed]
pub async fn of_account(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<ShowReset>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    Ok(own.all(&conn.raw()).await?)
}

/// Replaces the shows that an account is rewatching; returns whether that is a change.
#[boxed]
pub async fn replace(tx: &Tx, user_id: UserId, account: &str, mut rows: Vec<ShowReset>) -> Result<bool> {
    rows.sort_unstable_by_key(|row| (row.title_id, row.reset_at.0));
    rows.dedup_by_key(|row| row.title_id);
    let own = || Condition::all().add(Column::UserId.eq(user_id)).add(Column::Account.eq(account));
    let mut before = Entity::find().filter(own()).all(&tx.raw()).await?;
    before.sort_unstable_by_key(|row| row.title_id);
    if before == rows {
        return Ok(false);
    }
    Entity::delete_many().filter(own()).run(tx).await?;
    put_many(tx, rows).await?;
    Ok(true)
}

/// Moves resets of a title to another; if an account has both, the one of the remaining title is kept.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let (kept, moving) = (of(into).all(&tx.raw()).await?, of(from).all(&tx.raw()).await?);
    Entity::delete_many().filter(Column::TitleId.eq(from)).run(tx).await?;
    let is_alone = |row: &ShowReset| {
        !kept.iter().any(|kept| (kept.user_id, &kept.account) == (row.user_id, &row.account))
    };
    let moved = moving.into_iter().filter(is_alone).map(|row| ShowReset { title_id: into, ..row });
    put_many(tx, moved.collect()).await
}

async fn put_many(tx: &Tx, rows: Vec<ShowReset>) -> Result<()> {
    for chunk in chunks::<Entity, _>(rows) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

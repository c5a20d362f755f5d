//! How far each category of a Trakt account has been read.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait, IntoActiveModel as _, QueryFilter as _,
    sea_query::{Expr, OnConflict},
};

use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::sync_cursor::{Column, Entity},
    ids::UserId,
    kinds::{SyncCategory, SyncState},
    rows::SyncCursor,
};

/// Returns the cursor of a category; `None` if the user has not decided about it yet.
#[boxed]
pub async fn find(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    category: SyncCategory,
) -> Result<Option<SyncCursor>> {
    let key = (user_id, account.to_owned(), category);
    Ok(Entity::find_by_id(key).one(&conn.raw()).await?)
}

/// Returns the cursors of an account.
#[boxed]
pub async fn of_account(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<SyncCursor>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    Ok(own.all(&conn.raw()).await?)
}

/// Saves a cursor, replacing the previous one.
#[boxed]
pub async fn put(tx: &Tx, cursor: SyncCursor) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::Account, Column::Category])
        .update_columns([
            Column::State,
            Column::Activity,
            Column::Checkpoint,
            Column::Done,
            Column::Total,
            Column::Held,
            Column::Requests,
            Column::AskedAt,
            Column::ReadAt,
            Column::NextAt,
            Column::FullAt,
        ])
        .to_owned();
    Entity::insert(cursor.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

/// Makes all categories of an account due immediately.
#[boxed]
pub async fn set_due(tx: &Tx, user_id: UserId, account: &str, now: Millis) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::NextAt.gt(now))
        .run(tx)
        .await?;
    Ok(())
}

/// Makes the followed categories of an account due to be read again immediately, even if Trakt reports no changes: only
/// a read finds what was changed here in the meantime.
#[boxed]
pub async fn read_again(tx: &Tx, user_id: UserId, account: &str, now: Millis) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Activity, Expr::value(Json::Object(serde_json::Map::new())))
        .col_expr(Column::NextAt, Expr::value(now))
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::State.eq(SyncState::Following))
        .run(tx)
        .await?;
    Ok(())
}

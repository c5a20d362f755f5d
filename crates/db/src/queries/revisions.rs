//! State that nodes share through the database: the revisions of users' data, and connections to Trakt in progress.

use crate::boxed;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::run::Run as _;
use crate::{
    Conn, Json, Result, Tx,
    entities::{connect_attempt, sync_revision},
    ids::UserId,
};

/// Increments the revision of a user, atomically across nodes, and returns it.
#[boxed]
pub async fn raise(tx: &Tx, user_id: UserId) -> Result<i64> {
    let first = sync_revision::ActiveModel { user_id: Set(user_id), revision: Set(0) };
    let keep = OnConflict::column(sync_revision::Column::UserId).do_nothing().to_owned();
    sync_revision::Entity::insert(first).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
    sync_revision::Entity::update_many()
        .col_expr(sync_revision::Column::Revision, Expr::col(sync_revision::Column::Revision).add(1))
        .filter(sync_revision::Column::UserId.eq(user_id))
        .run(tx)
        .await?;
    let raised = sync_revision::Entity::find_by_id(user_id).one(&tx.raw()).await?;
    Ok(raised.map_or(0, |row| row.revision))
}

/// Returns the revisions of all users that have had any changes.
#[boxed]
pub async fn all(conn: &dyn Conn) -> Result<Vec<(UserId, i64)>> {
    let rows = sync_revision::Entity::find().all(&conn.raw()).await?;
    Ok(rows.into_iter().map(|row| (row.user_id, row.revision)).collect())
}

/// Stores the progress of connecting a user to Trakt.
#[boxed]
pub async fn put_connect_attempt(tx: &Tx, user_id: UserId, node: &str, state: Json) -> Result<()> {
    let row =
        connect_attempt::ActiveModel { user_id: Set(user_id), node: Set(node.to_owned()), state: Set(state) };
    let replace = OnConflict::column(connect_attempt::Column::UserId)
        .update_columns([connect_attempt::Column::Node, connect_attempt::Column::State])
        .to_owned();
    connect_attempt::Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Returns the progress of connecting a user to Trakt: the node that stored it last, and its state.
#[boxed]
pub async fn connect_attempt(conn: &dyn Conn, user_id: UserId) -> Result<Option<(String, Json)>> {
    let found = connect_attempt::Entity::find_by_id(user_id).one(&conn.raw()).await?;
    Ok(found.map(|row| (row.node, row.state)))
}

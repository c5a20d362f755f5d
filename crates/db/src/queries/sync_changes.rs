//! Changes made by syncing, on either side.

use sea_orm::{
    ColumnTrait as _, EntityTrait, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    Select,
    sea_query::{Expr, ExprTrait as _},
};

use super::chunks::insert_numbered;
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Millis, Result, Tx,
    entities::sync_change::{Column, Entity},
    ids::{SyncChangeId, TitleId, UserId},
    kinds::{SyncCategory, SyncDirection, SyncReason, SyncWhat},
    rows::SyncChange,
};

/// Selects changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// In this category.
    pub category: Option<SyncCategory>,
    /// In this direction.
    pub direction: Option<SyncDirection>,
    /// Of this kind.
    pub what: Option<SyncWhat>,
    /// For this reason.
    pub reason: Option<SyncReason>,
    /// To this title.
    pub title_id: Option<TitleId>,
}

/// Adds changes, whose IDs the database assigns.
#[boxed]
pub async fn insert_many(tx: &Tx, rows: Vec<SyncChange>) -> Result<Vec<SyncChange>> {
    insert_numbered::<Entity, _>(tx, rows, |row, id| row.id = id).await
}

/// Adds to the count of the row for a whole import with the same account, category, direction, kind and start; returns
/// whether there is one.
#[boxed]
pub async fn count_up(tx: &Tx, summary: &SyncChange) -> Result<bool> {
    let same = Entity::update_many()
        .col_expr(Column::Amount, Expr::col(Column::Amount).add(summary.amount))
        .col_expr(Column::ChangedAt, Expr::value(summary.changed_at))
        .filter(Column::UserId.eq(summary.user_id))
        .filter(Column::Account.eq(summary.account.clone()))
        .filter(Column::Category.eq(summary.category))
        .filter(Column::Direction.eq(summary.direction))
        .filter(Column::What.eq(summary.what))
        .filter(Column::TitleId.is_null())
        .filter(Column::RunAt.eq(summary.run_at));
    Ok(same.run(tx).await? > 0)
}

/// Returns a change of a user.
#[boxed]
pub async fn find(conn: &dyn Conn, user_id: UserId, id: SyncChangeId) -> Result<Option<SyncChange>> {
    Ok(Entity::find_by_id(id).filter(Column::UserId.eq(user_id)).one(&conn.raw()).await?)
}

/// Returns changes of a user, newest first.
#[boxed]
pub async fn page(
    conn: &dyn Conn,
    user_id: UserId,
    filter: ChangeFilter,
    offset: u64,
    limit: u64,
) -> Result<Vec<SyncChange>> {
    let page = filtered(user_id, filter).order_by_desc(Column::Id).offset(offset).limit(limit);
    Ok(page.all(&conn.raw()).await?)
}

/// Returns the changes of a run that were not undone, newest first, without those that are only counted.
#[boxed]
pub async fn of_run(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    run_at: Millis,
) -> Result<Vec<SyncChange>> {
    let changes = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::RunAt.eq(run_at))
        .filter(Column::TitleId.is_not_null())
        .filter(Column::UndoneAt.is_null())
        .order_by_desc(Column::Id);
    Ok(changes.all(&conn.raw()).await?)
}

/// Returns the number of a user's changes.
#[boxed]
pub async fn count(conn: &dyn Conn, user_id: UserId, filter: ChangeFilter) -> Result<u64> {
    Ok(filtered(user_id, filter).count(&conn.raw()).await?)
}

/// Marks a change as undone; returns `false` if it already was.
#[boxed]
pub async fn set_undone(tx: &Tx, id: SyncChangeId, now: Millis) -> Result<bool> {
    let change = Entity::update_many()
        .col_expr(Column::UndoneAt, Expr::value(now))
        .filter(Column::Id.eq(id))
        .filter(Column::UndoneAt.is_null());
    Ok(change.run(tx).await? > 0)
}

/// Deletes changes from before `before`, and returns their number.
#[boxed]
pub async fn prune(tx: &Tx, before: Millis) -> Result<u64> {
    let old = Entity::delete_many().filter(Column::ChangedAt.lt(before));
    old.run(tx).await
}

fn filtered(user_id: UserId, filter: ChangeFilter) -> Select<Entity> {
    let mut changes = Entity::find().filter(Column::UserId.eq(user_id));
    if let Some(category) = filter.category {
        changes = changes.filter(Column::Category.eq(category));
    }
    if let Some(direction) = filter.direction {
        changes = changes.filter(Column::Direction.eq(direction));
    }
    if let Some(what) = filter.what {
        changes = changes.filter(Column::What.eq(what));
    }
    if let Some(reason) = filter.reason {
        changes = changes.filter(Column::Reason.eq(reason));
    }
    if let Some(title_id) = filter.title_id {
        changes = changes.filter(Column::TitleId.eq(title_id));
    }
    changes
}

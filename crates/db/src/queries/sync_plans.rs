//! Removals that await the user's confirmation because there are implausibly many.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::chunks::{id_chunks, insert_without_returning};
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{sync_plan, sync_plan_item},
    ids::{SyncPlanId, SyncPlanItemId, UserId},
    kinds::{SyncCategory, SyncDirection, SyncPlanState},
    rows::{SyncPlan, SyncPlanItem},
};

/// Adds a plan.
#[boxed]
pub async fn insert(tx: &Tx, plan: SyncPlan) -> Result<SyncPlan> {
    let mut row = plan.into_active_model().reset_all();
    row.not_set(sync_plan::Column::Id);
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns the newest plan of a category and direction in this state.
#[boxed]
pub async fn open(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    (category, direction): (SyncCategory, SyncDirection),
    state: SyncPlanState,
) -> Result<Option<SyncPlan>> {
    use sync_plan::Column;
    let plan = sync_plan::Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::Category.eq(category))
        .filter(Column::Direction.eq(direction))
        .filter(Column::State.eq(state))
        .order_by_desc(Column::Id);
    Ok(plan.one(&conn.raw()).await?)
}

/// Returns a plan of a user.
#[boxed]
pub async fn find(conn: &dyn Conn, user_id: UserId, id: SyncPlanId) -> Result<Option<SyncPlan>> {
    let one = sync_plan::Entity::find_by_id(id).filter(sync_plan::Column::UserId.eq(user_id));
    Ok(one.one(&conn.raw()).await?)
}

/// Returns the plans of a user's account that are waiting or being applied, oldest first, with their numbers of items.
#[boxed]
pub async fn undecided(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<(SyncPlan, u64)>> {
    use sync_plan::Column;
    let plans = sync_plan::Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::State.is_in([SyncPlanState::Waiting, SyncPlanState::Confirmed]))
        .order_by_asc(Column::Id);
    let mut counted = Vec::new();
    for plan in plans.all(&conn.raw()).await? {
        let items = sync_plan_item::Entity::find().filter(sync_plan_item::Column::PlanId.eq(plan.id));
        let count = items.count(&conn.raw()).await?;
        counted.push((plan, count));
    }
    Ok(counted)
}

/// Sets the state of a plan.
#[boxed]
pub async fn set_state(tx: &Tx, id: SyncPlanId, state: SyncPlanState, now: Millis) -> Result<()> {
    sync_plan::Entity::update_many()
        .col_expr(sync_plan::Column::State, Expr::value(state))
        .col_expr(sync_plan::Column::DecidedAt, Expr::value(now))
        .filter(sync_plan::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes a plan with its items because it is no longer needed.
#[boxed]
pub async fn delete(tx: &Tx, id: SyncPlanId) -> Result<()> {
    sync_plan::Entity::delete_by_id(id).run(tx).await?;
    Ok(())
}

/// Replaces the items of a plan.
#[boxed]
pub async fn replace_items(tx: &Tx, id: SyncPlanId, items: Vec<SyncPlanItem>) -> Result<()> {
    let own = sync_plan_item::Column::PlanId.eq(id);
    sync_plan_item::Entity::delete_many().filter(own).run(tx).await?;
    insert_without_returning::<sync_plan_item::Entity>(tx, items).await
}

/// Returns items of a plan, in their order.
#[boxed]
pub async fn items(conn: &dyn Conn, id: SyncPlanId, offset: u64, limit: u64) -> Result<Vec<SyncPlanItem>> {
    let items = sync_plan_item::Entity::find()
        .filter(sync_plan_item::Column::PlanId.eq(id))
        .order_by_asc(sync_plan_item::Column::Id)
        .offset(offset)
        .limit(limit);
    Ok(items.all(&conn.raw()).await?)
}

/// Returns the number of items of a plan.
#[boxed]
pub async fn count_items(conn: &dyn Conn, id: SyncPlanId) -> Result<u64> {
    let items = sync_plan_item::Entity::find().filter(sync_plan_item::Column::PlanId.eq(id));
    Ok(items.count(&conn.raw()).await?)
}

/// Deletes items that have been processed.
#[boxed]
pub async fn delete_items(tx: &Tx, ids: &[SyncPlanItemId]) -> Result<()> {
    for ids in id_chunks(ids) {
        let some = sync_plan_item::Column::Id.is_in(ids);
        sync_plan_item::Entity::delete_many().filter(some).run(tx).await?;
    }
    Ok(())
}

//! Removals from collections that await confirmation.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

use super::chunks::chunks;
use super::run::Run as _;
use crate::boxed;
use crate::entities::{collection_plan, collection_plan_item};
use crate::ids::{CollectionConfigId, CollectionPlanId, TitleId};
use crate::kinds::CollectionPlanState;
use crate::rows::{CollectionPlan, CollectionPlanItem};
use crate::{Conn, Result, Tx};

/// Returns all plans, oldest first.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<CollectionPlan>> {
    Ok(collection_plan::Entity::find().order_by_asc(collection_plan::Column::Id).all(&conn.raw()).await?)
}

/// Returns a plan.
#[boxed]
pub async fn find(conn: &dyn Conn, id: CollectionPlanId) -> Result<Option<CollectionPlan>> {
    Ok(collection_plan::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns the plan of a collection, if there is one.
#[boxed]
pub async fn of_collection(
    conn: &dyn Conn,
    config: CollectionConfigId,
    library: &str,
    name: &str,
) -> Result<Option<CollectionPlan>> {
    let plan = collection_plan::Entity::find()
        .filter(collection_plan::Column::ConfigId.eq(config))
        .filter(collection_plan::Column::Library.eq(library))
        .filter(collection_plan::Column::Name.eq(name));
    Ok(plan.one(&conn.raw()).await?)
}

/// Returns the titles that would be removed, in their order.
#[boxed]
pub async fn items(conn: &dyn Conn, id: CollectionPlanId) -> Result<Vec<TitleId>> {
    let items = collection_plan_item::Entity::find()
        .select_only()
        .column(collection_plan_item::Column::TitleId)
        .filter(collection_plan_item::Column::PlanId.eq(id))
        .order_by_asc(collection_plan_item::Column::Position);
    Ok(items.into_tuple().all(&conn.raw()).await?)
}

/// Adds a plan, replacing the one of its collection.
#[boxed]
pub async fn put(tx: &Tx, plan: CollectionPlan, items: &[TitleId]) -> Result<CollectionPlanId> {
    remove(tx, plan.config_id, &plan.library, &plan.name).await?;
    let mut row = plan.into_active_model().reset_all();
    row.not_set(collection_plan::Column::Id);
    let id = row.insert(&tx.raw()).await?.id;
    let rows = items.iter().zip(0..).map(|(title_id, position)| CollectionPlanItem {
        plan_id: id,
        title_id: *title_id,
        position,
    });
    for chunk in chunks::<collection_plan_item::Entity, _>(rows.collect()) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        collection_plan_item::Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(id)
}

/// Sets the user's decision about a plan; returns whether the plan still exists.
#[boxed]
pub async fn set_state(tx: &Tx, id: CollectionPlanId, state: CollectionPlanState) -> Result<bool> {
    let changed = collection_plan::Entity::update_many()
        .col_expr(collection_plan::Column::State, Expr::value(state))
        .filter(collection_plan::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(changed > 0)
}

/// Deletes the plan of a collection: nothing is waiting any more.
#[boxed]
pub async fn remove(tx: &Tx, config: CollectionConfigId, library: &str, name: &str) -> Result<()> {
    collection_plan::Entity::delete_many()
        .filter(collection_plan::Column::ConfigId.eq(config))
        .filter(collection_plan::Column::Library.eq(library))
        .filter(collection_plan::Column::Name.eq(name))
        .run(tx)
        .await?;
    Ok(())
}

/// Replaces a title with another in all plans; if a plan contains both, the remaining title keeps its position.
#[boxed]
pub async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    use collection_plan_item::{Column, Entity};
    let with_both = Entity::find().select_only().column(Column::PlanId).filter(Column::TitleId.eq(into));
    Entity::update_many()
        .col_expr(Column::TitleId, Expr::value(into))
        .filter(Column::TitleId.eq(from))
        .filter(Column::PlanId.not_in_subquery(with_both.into_query()))
        .run(tx)
        .await?;
    Ok(())
}

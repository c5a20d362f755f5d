//! What would go from collections of other servers: their items are no titles of this server, so their keys are kept beside
//! the plans.

use std::collections::HashSet;

use db::ids::{CollectionConfigId, CollectionPlanId};
use db::{Conn, Tx, collection_plans, settings};

fn key(plan: CollectionPlanId) -> String {
    format!("collections.waiting.{plan}")
}

/// Keeps the keys of a plan. Ids of plans that are gone may be given again, so what was kept of an earlier one goes.
pub(super) async fn put(tx: &Tx, plan: CollectionPlanId, keys: &[i64]) -> db::Result<()> {
    if keys.is_empty() {
        settings::delete(tx, &key(plan)).await?;
        return Ok(());
    }
    settings::put(tx, &key(plan), &keys).await
}

/// The keys of a plan.
pub(super) async fn keys(conn: &dyn Conn, plan: CollectionPlanId) -> db::Result<HashSet<i64>> {
    Ok(settings::get(conn, &key(plan)).await?.unwrap_or_default())
}

/// Removes the plan of a collection: nothing waits any more.
pub(super) async fn remove(tx: &Tx, config: CollectionConfigId, library: &str, name: &str) -> db::Result<()> {
    if let Some(plan) = collection_plans::of_collection(tx, config, library, name).await? {
        settings::delete(tx, &key(plan.id)).await?;
    }
    collection_plans::remove(tx, config, library, name).await
}

/// Forgets the keys of all plans of a file.
pub(super) async fn forget(tx: &Tx, config: CollectionConfigId) -> db::Result<()> {
    for plan in collection_plans::list(tx).await?.iter().filter(|plan| plan.config_id == config) {
        settings::delete(tx, &key(plan.id)).await?;
    }
    Ok(())
}

//! The items that waiting plans would remove from collections on Plex. They are not titles of this server, so they
//! are stored as settings next to the plans.

use std::collections::HashSet;

use collections::entry::Entry;
use collections::plan::Member;
use db::ids::{CollectionConfigId, CollectionPlanId};
use db::{Conn, Tx, collection_plans, settings};
use serde::{Deserialize, Serialize};

/// An item on a Plex server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Item {
    /// An item with its name and ids.
    Named { key: i64, entry: Entry },
    /// The form that older versions stored.
    Key(i64),
}

fn key(plan: CollectionPlanId) -> String {
    format!("collections.waiting.{plan}")
}

/// Stores the items of a plan. Plan ids may be reused, so items stored under this id for an earlier plan are
/// deleted.
pub(super) async fn put(tx: &Tx, plan: CollectionPlanId, items: &[Member]) -> db::Result<()> {
    if items.is_empty() {
        settings::delete(tx, &key(plan)).await?;
        return Ok(());
    }
    let named = |item: &Member| {
        let Member { key, kind, title, year, ids } = item.clone();
        Item::Named { key, entry: Entry { kind, title, year, ids } }
    };
    settings::put(tx, &key(plan), &items.iter().map(named).collect::<Vec<_>>()).await
}

async fn items(conn: &dyn Conn, plan: CollectionPlanId) -> db::Result<Vec<Item>> {
    Ok(settings::get(conn, &key(plan)).await?.unwrap_or_default())
}

/// The keys of a plan's items.
pub(super) async fn keys(conn: &dyn Conn, plan: CollectionPlanId) -> db::Result<HashSet<i64>> {
    let of = |item| match item {
        Item::Named { key, .. } | Item::Key(key) => key,
    };
    Ok(items(conn, plan).await?.into_iter().map(of).collect())
}

/// The items of a plan whose names are known.
pub(super) async fn entries(conn: &dyn Conn, plan: CollectionPlanId) -> db::Result<Vec<Entry>> {
    let of = |item| match item {
        Item::Named { entry, .. } => Some(entry),
        Item::Key(_) => None,
    };
    Ok(items(conn, plan).await?.into_iter().filter_map(of).collect())
}

/// Removes the waiting plan of a collection, with its items.
pub(super) async fn remove(tx: &Tx, config: CollectionConfigId, library: &str, name: &str) -> db::Result<()> {
    if let Some(plan) = collection_plans::of_collection(tx, config, library, name).await? {
        settings::delete(tx, &key(plan.id)).await?;
    }
    collection_plans::remove(tx, config, library, name).await
}

/// Deletes the items of all plans of a file.
pub(super) async fn forget(tx: &Tx, config: CollectionConfigId) -> db::Result<()> {
    for plan in collection_plans::list(tx).await?.iter().filter(|plan| plan.config_id == config) {
        settings::delete(tx, &key(plan.id)).await?;
    }
    Ok(())
}

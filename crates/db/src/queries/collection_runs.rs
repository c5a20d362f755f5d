//! The history of runs of Kometa config files.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::chunks::id_chunks;
use super::run::Run as _;
use crate::boxed;
use crate::entities::{collection_result, collection_run};
use crate::ids::{CollectionConfigId, CollectionRunId};
use crate::kinds::CollectionRunState;
use crate::rows::{CollectionResult, CollectionRun};
use crate::{Conn, Json, Millis, Result, Tx};

/// Adds a run.
#[boxed]
pub async fn insert(tx: &Tx, run: CollectionRun) -> Result<CollectionRun> {
    let mut row = run.into_active_model().reset_all();
    row.not_set(collection_run::Column::Id);
    Ok(row.insert(&tx.raw()).await?)
}

/// Adds the result of a collection.
#[boxed]
pub async fn insert_result(tx: &Tx, result: CollectionResult) -> Result<CollectionResult> {
    let mut row = result.into_active_model().reset_all();
    row.not_set(collection_result::Column::Id);
    Ok(row.insert(&tx.raw()).await?)
}

/// Records that a run has ended, and how.
#[boxed]
pub async fn finish(
    tx: &Tx,
    id: CollectionRunId,
    state: CollectionRunState,
    problems: Json,
    now: Millis,
) -> Result<()> {
    collection_run::Entity::update_many()
        .col_expr(collection_run::Column::State, Expr::value(state))
        .col_expr(collection_run::Column::Problems, Expr::value(problems))
        .col_expr(collection_run::Column::FinishedAt, Expr::value(now))
        .filter(collection_run::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Marks runs of a file that still seem to be running as interrupted. The caller must hold the file's lease.
#[boxed]
pub async fn interrupt(tx: &Tx, config: CollectionConfigId, now: Millis) -> Result<()> {
    collection_run::Entity::update_many()
        .col_expr(collection_run::Column::State, Expr::value(CollectionRunState::Interrupted))
        .col_expr(collection_run::Column::FinishedAt, Expr::value(now))
        .filter(collection_run::Column::ConfigId.eq(config))
        .filter(collection_run::Column::State.eq(CollectionRunState::Running))
        .run(tx)
        .await?;
    Ok(())
}

/// Returns a run.
#[boxed]
pub async fn find(conn: &dyn Conn, id: CollectionRunId) -> Result<Option<CollectionRun>> {
    Ok(collection_run::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns runs of one file or of all files, newest first.
#[boxed]
pub async fn list(
    conn: &dyn Conn,
    config: Option<CollectionConfigId>,
    offset: u64,
    limit: u64,
) -> Result<Vec<CollectionRun>> {
    let mut runs = collection_run::Entity::find().order_by_desc(collection_run::Column::Id);
    if let Some(config) = config {
        runs = runs.filter(collection_run::Column::ConfigId.eq(config));
    }
    Ok(runs.offset(offset).limit(limit).all(&conn.raw()).await?)
}

/// Returns the results of the collections in some runs, in the order in which they were built.
#[boxed]
pub async fn results(conn: &dyn Conn, runs: &[CollectionRunId]) -> Result<Vec<CollectionResult>> {
    let mut all = Vec::new();
    for ids in id_chunks(runs) {
        let some = collection_result::Entity::find()
            .filter(collection_result::Column::RunId.is_in(ids))
            .order_by_asc(collection_result::Column::Id);
        all.extend(some.all(&conn.raw()).await?);
    }
    Ok(all)
}

/// Deletes all but the newest `keep` runs of a file.
#[boxed]
pub async fn forget(tx: &Tx, config: CollectionConfigId, keep: u64) -> Result<()> {
    let of_file = collection_run::Column::ConfigId.eq(config);
    let oldest = collection_run::Entity::find()
        .filter(of_file.clone())
        .order_by_desc(collection_run::Column::Id)
        .offset(keep.saturating_sub(1))
        .limit(1)
        .one(&tx.raw())
        .await?;
    let Some(oldest) = oldest else { return Ok(()) };
    collection_run::Entity::delete_many()
        .filter(of_file)
        .filter(collection_run::Column::Id.lt(oldest.id))
        .run(tx)
        .await?;
    Ok(())
}

//! Kometa config files that the server runs.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, sea_query::Expr,
};

use super::run::Run as _;
use crate::boxed;
use crate::entities::collection_config::{Column, Entity};
use crate::ids::CollectionConfigId;
use crate::rows::CollectionConfig;
use crate::{Conn, Error, Json, Millis, Result, Tx};

/// Returns all config files, by path.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<CollectionConfig>> {
    Ok(Entity::find().order_by_asc(Column::Path).all(&conn.raw()).await?)
}

/// Returns a config file.
#[boxed]
pub async fn find(conn: &dyn Conn, id: CollectionConfigId) -> Result<Option<CollectionConfig>> {
    Ok(Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Adds a config file. A path that already exists is a [`crate::Conflict`].
#[boxed]
pub async fn insert(tx: &Tx, config: CollectionConfig) -> Result<CollectionConfig> {
    let mut row = config.into_active_model().reset_all();
    row.not_set(Column::Id);
    Ok(row.insert(&tx.raw()).await?)
}

/// Changes how a config file is run.
///
/// # Errors
/// [`Error::NotFound`] if it no longer exists.
#[boxed]
pub async fn update(tx: &Tx, config: &CollectionConfig) -> Result<()> {
    let changed = Entity::update_many()
        .col_expr(Column::Enabled, Expr::value(config.enabled))
        .col_expr(Column::RunAt, Expr::value(config.run_at))
        .col_expr(Column::ScheduledSince, Expr::value(config.scheduled_since))
        .col_expr(Column::AfterScan, Expr::value(config.after_scan))
        .filter(Column::Id.eq(config.id))
        .run(tx)
        .await?;
    if changed == 0 { Err(Error::NotFound("config file")) } else { Ok(()) }
}

/// Records when the file was read.
#[boxed]
pub async fn read(tx: &Tx, id: CollectionConfigId, at: Millis) -> Result<()> {
    Entity::update_many().col_expr(Column::ReadAt, Expr::value(at)).filter(Column::Id.eq(id)).run(tx).await?;
    Ok(())
}

/// Stores the state of its token pair, in the server's format.
#[boxed]
pub async fn set_credentials(tx: &Tx, id: CollectionConfigId, credentials: Json) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::Credentials, Expr::value(credentials))
        .filter(Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes a config file with its history and the waiting plans; returns whether it existed. Its collections are kept.
#[boxed]
pub async fn delete(tx: &Tx, id: CollectionConfigId) -> Result<bool> {
    Ok(Entity::delete_by_id(id).run(tx).await? > 0)
}

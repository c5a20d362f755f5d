//! Server-wide settings: one JSON value per key.

use crate::boxed;
use sea_orm::{
    ColumnTrait as _, EntityTrait, QueryFilter as _, Set,
    sea_query::{Expr, OnConflict},
};
use serde::{Serialize, de::DeserializeOwned};

use super::run::Run as _;
use crate::{Conn, Error, Json, Result, Tx, entities::setting};

/// Returns the value of `key`; an error if it cannot be read as a `T`.
#[boxed]
pub async fn get<T: DeserializeOwned>(conn: &dyn Conn, key: &str) -> Result<Option<T>> {
    let row = setting::Entity::find_by_id(key.to_owned()).one(&conn.raw()).await?;
    row.map(|row| serde_json::from_value(row.value).map_err(|error| shape(key, &error))).transpose()
}

/// Sets the value of `key`.
#[boxed]
pub async fn put<T: Serialize + Sync>(tx: &Tx, key: &str, value: &T) -> Result<()> {
    let value = serde_json::to_value(value).map_err(|error| shape(key, &error))?;
    let replace = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
    setting::Entity::insert(setting::ActiveModel { key: Set(key.to_owned()), value: Set(value) })
        .on_conflict(replace)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

/// Atomically increments the number at `key`, and returns the new number.
#[boxed]
pub async fn increment(tx: &Tx, key: &str) -> Result<i64> {
    loop {
        let Some(old) = get::<i64>(tx, key).await? else {
            let first = setting::ActiveModel { key: Set(key.to_owned()), value: Set(0.into()) };
            let keep = OnConflict::column(setting::Column::Key).do_nothing().to_owned();
            setting::Entity::insert(first).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
            continue;
        };
        let raised = setting::Entity::update_many()
            .col_expr(setting::Column::Value, Expr::value(Json::from(old + 1)))
            .filter(setting::Column::Key.eq(key))
            .filter(setting::Column::Value.eq(Json::from(old)))
            .run(tx)
            .await?;
        if raised > 0 {
            return Ok(old + 1);
        }
    }
}

/// Deletes `key`; returns whether it existed.
#[boxed]
pub async fn delete(tx: &Tx, key: &str) -> Result<bool> {
    Ok(setting::Entity::delete_by_id(key.to_owned()).run(tx).await? > 0)
}

fn shape(key: &str, error: &serde_json::Error) -> Error {
    Error::Other(format!("the setting {key} is not what was expected: {error}"))
}

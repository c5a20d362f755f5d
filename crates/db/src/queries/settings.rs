//! Settings of the whole server: one JSON value per key.

use sea_orm::{EntityTrait, Set, sea_query::OnConflict};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Conn, Error, Result, Tx, entities::setting};

/// The value of `key`; an error when it has another shape than `T`.
pub async fn get<T: DeserializeOwned>(conn: &impl Conn, key: &str) -> Result<Option<T>> {
    let row = setting::Entity::find_by_id(key.to_owned()).one(conn.raw()).await?;
    row.map(|row| serde_json::from_value(row.value).map_err(|error| shape(key, &error))).transpose()
}

/// Sets the value of `key`.
pub async fn put<T: Serialize + Sync>(tx: &Tx, key: &str, value: &T) -> Result<()> {
    let value = serde_json::to_value(value).map_err(|error| shape(key, &error))?;
    let replace = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
    setting::Entity::insert(setting::ActiveModel { key: Set(key.to_owned()), value: Set(value) })
        .on_conflict(replace)
        .exec_without_returning(tx.raw())
        .await?;
    Ok(())
}

/// Removes `key`; whether it was there.
pub async fn delete(tx: &Tx, key: &str) -> Result<bool> {
    Ok(setting::Entity::delete_by_id(key.to_owned()).exec(tx.raw()).await?.rows_affected > 0)
}

fn shape(key: &str, error: &serde_json::Error) -> Error {
    Error::Other(format!("the setting {key} is not what was expected: {error}"))
}

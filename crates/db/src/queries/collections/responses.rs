//! Responses of Trakt's lists and charts, kept for later runs.

use crate::boxed;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, sea_query::OnConflict};

use crate::entities::collection_source;
use crate::{Conn, Json, Millis, Result, Tx};

/// Returns the latest response of a list or chart.
#[boxed]
pub async fn response(conn: &dyn Conn, source: &str) -> Result<Option<Json>> {
    let row = collection_source::Entity::find_by_id(source.to_owned()).one(&conn.raw()).await?;
    Ok(row.map(|row| row.answer))
}

/// Stores the response of a list or chart.
#[boxed]
pub async fn store_response(tx: &Tx, source: &str, response: Json, now: Millis) -> Result<()> {
    let replace = OnConflict::column(collection_source::Column::Source)
        .update_columns([collection_source::Column::Answer, collection_source::Column::AskedAt])
        .to_owned();
    let row = collection_source::Model { source: source.to_owned(), answer: response, asked_at: now };
    collection_source::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

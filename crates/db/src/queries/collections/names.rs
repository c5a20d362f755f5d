//! Names of libraries in other programs.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, QueryOrder as _, sea_query::OnConflict,
};

use super::super::run::Run as _;
use crate::entities::library_name;
use crate::ids::LibraryId;
use crate::{Conn, Result, Tx};

/// Returns the names of libraries in other programs.
#[boxed]
pub async fn library_names(conn: &dyn Conn) -> Result<Vec<(String, LibraryId)>> {
    let rows = library_name::Entity::find().order_by_asc(library_name::Column::Name);
    let rows = rows.all(&conn.raw()).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.library_id)).collect())
}

/// Records which library a name in another program refers to.
#[boxed]
pub async fn name_library(tx: &Tx, name: &str, library: LibraryId) -> Result<()> {
    let replace = OnConflict::column(library_name::Column::Name)
        .update_column(library_name::Column::LibraryId)
        .to_owned();
    let row = library_name::Model { name: name.to_owned(), library_id: library };
    library_name::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

/// Deletes a name of a library in another program.
#[boxed]
pub async fn unname_library(tx: &Tx, name: &str) -> Result<()> {
    library_name::Entity::delete_by_id(name.to_owned()).run(tx).await?;
    Ok(())
}

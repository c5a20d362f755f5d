//! Libraries and what scans said about them.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, DeriveIntoActiveModel, EntityTrait as _,
    ExprTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set, sea_query::Expr,
};

use crate::entities::{library, media_file, scan_problem};
use crate::ids::LibraryId;
use crate::kinds::{FileState, LibraryKind, LibraryState, ProblemCode, UnavailableReason};
use crate::rows::{Library, ScanProblem};
use crate::{Conn, Error, Millis, Result, Tx};

/// A library to add.
#[derive(Debug, Clone, DeriveIntoActiveModel)]
#[sea_orm(active_model = "library::ActiveModel")]
pub struct NewLibrary {
    /// Shown name.
    pub name: String,
    /// What it holds.
    pub kind: LibraryKind,
    /// Absolute path of its root.
    pub path: String,
}

/// Adds a library; [`Conflict::LibraryPath`](crate::Conflict::LibraryPath) when its folder has one already.
#[boxed]
pub async fn insert(tx: &Tx, new: NewLibrary, now: Millis) -> Result<Library> {
    let row = library::ActiveModel {
        state: Set(LibraryState::Ok),
        created_at: Set(now),
        ..new.into_active_model()
    };
    Ok(row.insert(&tx.raw()).await?)
}

/// Every library, by name.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<Library>> {
    let by_name =
        library::Entity::find().order_by_asc(library::Column::Name).order_by_asc(library::Column::Id);
    Ok(by_name.all(&conn.raw()).await?)
}

/// One library.
#[boxed]
pub async fn find(conn: &dyn Conn, id: LibraryId) -> Result<Option<Library>> {
    Ok(library::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Writes a changed row back.
#[boxed]
pub async fn update(tx: &Tx, row: Library) -> Result<Library> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Removes a library with its files and decisions. Titles and plays stay; see [`titles::prune`](super::titles::prune).
#[boxed]
pub async fn delete(tx: &Tx, id: LibraryId) -> Result<()> {
    let deleted = library::Entity::delete_by_id(id).exec(&tx.raw()).await?;
    if deleted.rows_affected == 0 { Err(Error::NotFound("library")) } else { Ok(()) }
}

/// Records whether a library can be read, and why not. The text of an older version is removed.
#[boxed]
pub async fn set_state(
    tx: &Tx,
    id: LibraryId,
    state: LibraryState,
    reason: Option<UnavailableReason>,
) -> Result<()> {
    library::Entity::update_many()
        .col_expr(library::Column::State, Expr::value(state))
        .col_expr(library::Column::StateReason, Expr::value(reason))
        .col_expr(library::Column::Message, Expr::value(None::<String>))
        .filter(library::Column::Id.eq(id))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Notes the end of a complete scan.
#[boxed]
pub async fn set_scanned(tx: &Tx, id: LibraryId, now: Millis) -> Result<()> {
    library::Entity::update_many()
        .col_expr(library::Column::LastScannedAt, Expr::value(now))
        .filter(library::Column::Id.eq(id))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Files of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct FileCounts {
    /// The library.
    pub library_id: LibraryId,
    /// Files there.
    pub present: i64,
    /// Files gone.
    pub missing: i64,
}

/// Counts the files of every library that has any.
#[boxed]
pub async fn file_counts(conn: &dyn Conn) -> Result<Vec<FileCounts>> {
    let count_of = |state: FileState| {
        Expr::expr(Expr::case(media_file::Column::State.eq(state), 1).finally(0)).sum().cast_as("bigint")
    };
    let counts = media_file::Entity::find()
        .select_only()
        .column(media_file::Column::LibraryId)
        .column_as(count_of(FileState::Present), "present")
        .column_as(count_of(FileState::Missing), "missing")
        .group_by(media_file::Column::LibraryId)
        .into_model::<FileCounts>();
    Ok(counts.all(&conn.raw()).await?)
}

/// A folder or file that could not be used at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Path below the root.
    pub path: String,
    /// What is wrong.
    pub code: ProblemCode,
}

/// Replaces what the last scan could not use.
#[boxed]
pub async fn replace_findings(tx: &Tx, library_id: LibraryId, findings: Vec<Finding>) -> Result<()> {
    let of_library = scan_problem::Column::LibraryId.eq(library_id);
    scan_problem::Entity::delete_many().filter(of_library).exec(&tx.raw()).await?;
    for chunk in findings.chunks(1_000) {
        let rows = chunk.iter().cloned().map(|finding| scan_problem::ActiveModel {
            id: NotSet,
            library_id: Set(library_id),
            path: Set(finding.path),
            code: Set(finding.code),
        });
        scan_problem::Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// What the last scans could not use, of one library or of all.
#[boxed]
pub async fn findings(conn: &dyn Conn, library_id: Option<LibraryId>) -> Result<Vec<ScanProblem>> {
    let mut found = scan_problem::Entity::find()
        .order_by_asc(scan_problem::Column::LibraryId)
        .order_by_asc(scan_problem::Column::Path);
    if let Some(id) = library_id {
        found = found.filter(scan_problem::Column::LibraryId.eq(id));
    }
    Ok(found.all(&conn.raw()).await?)
}

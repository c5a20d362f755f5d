//! Libraries and the findings of scans.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::NotSet, ColumnTrait as _, DeriveIntoActiveModel, EntityTrait as _,
    ExprTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Set, sea_query::Expr,
};

use super::run::Run as _;
use crate::entities::{library, media_file, scan_problem};
use crate::ids::LibraryId;
use crate::kinds::{FileState, LibraryKind, LibraryState, ProblemCode, UnavailableReason};
use crate::rows::{Library, ScanProblem};
use crate::{Conn, Error, Millis, Result, Tx};

/// A library to add.
#[derive(Debug, Clone, DeriveIntoActiveModel)]
#[sea_orm(active_model = "library::ActiveModel")]
pub struct NewLibrary {
    /// Display name.
    pub name: String,
    /// Its media type.
    pub kind: LibraryKind,
    /// Absolute path of its root folder.
    pub path: String,
}

/// Adds a library; returns [`Conflict::LibraryPath`](crate::Conflict::LibraryPath) if its folder already has one.
#[boxed]
pub async fn insert(tx: &Tx, new: NewLibrary, now: Millis) -> Result<Library> {
    let row = library::ActiveModel {
        state: Set(LibraryState::Ok),
        created_at: Set(now),
        ..new.into_active_model()
    };
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns all libraries, by name.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<Library>> {
    let by_name =
        library::Entity::find().order_by_asc(library::Column::Name).order_by_asc(library::Column::Id);
    Ok(by_name.all(&conn.raw()).await?)
}

/// Returns a library.
#[boxed]
pub async fn find(conn: &dyn Conn, id: LibraryId) -> Result<Option<Library>> {
    Ok(library::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Saves a changed row.
#[boxed]
pub async fn update(tx: &Tx, row: Library) -> Result<Library> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Deletes a library with its files and matches. Titles and plays are kept; see
/// [`titles::prune`](super::titles::prune).
#[boxed]
pub async fn delete(tx: &Tx, id: LibraryId) -> Result<()> {
    let deleted = library::Entity::delete_by_id(id).run(tx).await?;
    if deleted == 0 { Err(Error::NotFound("library")) } else { Ok(()) }
}

/// Records whether a library is available, and if not, why. The text stored by an older version is removed.
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
        .run(tx)
        .await?;
    Ok(())
}

/// Records the end of a complete scan.
#[boxed]
pub async fn set_scanned(tx: &Tx, id: LibraryId, now: Millis) -> Result<()> {
    library::Entity::update_many()
        .col_expr(library::Column::LastScannedAt, Expr::value(now))
        .filter(library::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// The number of files of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct FileCounts {
    /// The library.
    pub library_id: LibraryId,
    /// Present files.
    pub present: i64,
    /// Missing files.
    pub missing: i64,
}

/// Counts the files of all libraries that have any.
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
    /// Path relative to the root folder.
    pub path: String,
    /// The problem.
    pub code: ProblemCode,
}

/// Replaces the findings of the last scan.
#[boxed]
pub async fn replace_findings(tx: &Tx, library_id: LibraryId, findings: Vec<Finding>) -> Result<()> {
    let of_library = scan_problem::Column::LibraryId.eq(library_id);
    scan_problem::Entity::delete_many().filter(of_library).run(tx).await?;
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

/// Returns the findings of the last scans, of one library or of all.
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

//! Media files and their titles.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DerivePartialModel, EntityTrait as _, IntoActiveModel as _,
    JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::chunks::{chunks, id_chunks, insert_numbered, repoint};
use super::run::Run as _;
use crate::entities::{file_title, media_file, play, playback_session, progress, title};
use crate::ids::{FileId, LibraryId, MatchGroupId, TitleId};
use crate::kinds::{FileState, ProbeState, ProblemCode};
use crate::rows::{FileTitle, MediaFile, Title};
use crate::{Conn, Json, Millis, Result, Tx};

/// What a scan needs to know about a file before it looks at the disk.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct KnownFile {
    /// Primary key.
    pub id: FileId,
    /// Its group.
    pub match_group_id: Option<MatchGroupId>,
    /// Path relative to the library.
    pub path: String,
    /// The real path if it is not valid UTF-8.
    pub path_bytes: Option<Vec<u8>>,
    /// Size in bytes.
    pub size: i64,
    /// Modification time.
    pub modified_at: Millis,
    /// Identifies the content.
    pub fingerprint: Option<String>,
    /// Inode number.
    pub inode: Option<i64>,
    /// Device number.
    pub device: Option<i64>,
    /// Present or missing.
    pub state: FileState,
    /// Whether it was probed.
    pub probe_state: ProbeState,
    /// The problem, if there is one.
    pub problem_code: Option<ProblemCode>,
    /// Identifies the state of the files next to it.
    pub sidecar_stamp: Option<String>,
}

/// Returns all files of a library.
#[boxed]
pub async fn known(conn: &dyn Conn, library_id: LibraryId) -> Result<Vec<KnownFile>> {
    let files = media_file::Entity::find().filter(media_file::Column::LibraryId.eq(library_id));
    Ok(files.into_partial_model().all(&conn.raw()).await?)
}

/// Returns a file.
#[boxed]
pub async fn find(conn: &dyn Conn, id: FileId) -> Result<Option<MediaFile>> {
    Ok(media_file::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns the files of a title, best first: present before missing, high resolution before low.
#[boxed]
pub async fn of_title(conn: &dyn Conn, title_id: TitleId) -> Result<Vec<MediaFile>> {
    let held = file_title::Entity::find()
        .select_only()
        .column(file_title::Column::FileId)
        .filter(file_title::Column::TitleId.eq(title_id));
    let files = media_file::Entity::find()
        .filter(media_file::Column::Id.in_subquery(sea_orm::QueryTrait::into_query(held)))
        .order_by_desc(media_file::Column::State)
        .order_by_desc(media_file::Column::Height)
        .order_by_asc(media_file::Column::Part)
        .order_by_asc(media_file::Column::Id);
    Ok(files.all(&conn.raw()).await?)
}

/// Returns the titles in a file, in their order.
#[boxed]
pub async fn titles_of(conn: &dyn Conn, id: FileId) -> Result<Vec<Title>> {
    let held =
        title::Entity::belongs_to(file_title::Entity).from(title::Column::Id).to(file_title::Column::TitleId);
    let titles = title::Entity::find()
        .join(JoinType::InnerJoin, held.into())
        .filter(file_title::Column::FileId.eq(id))
        .order_by_asc(file_title::Column::Ordinal);
    Ok(titles.all(&conn.raw()).await?)
}

/// Returns the files of a group, by path.
#[boxed]
pub async fn of_group(conn: &dyn Conn, group_id: MatchGroupId) -> Result<Vec<MediaFile>> {
    let files = media_file::Entity::find()
        .filter(media_file::Column::MatchGroupId.eq(group_id))
        .order_by_asc(media_file::Column::Path);
    Ok(files.all(&conn.raw()).await?)
}

/// Returns the paths of some groups as `(group, path)`, by path.
#[boxed]
pub async fn paths_of_groups(
    conn: &dyn Conn,
    group_ids: &[MatchGroupId],
) -> Result<Vec<(MatchGroupId, String)>> {
    let paths = media_file::Entity::find()
        .select_only()
        .columns([media_file::Column::MatchGroupId, media_file::Column::Path])
        .filter(media_file::Column::MatchGroupId.is_in(group_ids.iter().copied()))
        .order_by_asc(media_file::Column::Path)
        .into_tuple();
    Ok(paths.all(&conn.raw()).await?)
}

/// Adds files, whose IDs the database assigns; returns them in the order of `rows`.
#[boxed]
pub async fn insert_many(tx: &Tx, rows: Vec<MediaFile>) -> Result<Vec<MediaFile>> {
    insert_numbered::<media_file::Entity, _>(tx, rows, |row, id| row.id = id).await
}

/// Saves a changed row.
#[boxed]
pub async fn update(tx: &Tx, row: MediaFile) -> Result<MediaFile> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Marks files as missing.
#[boxed]
pub async fn set_missing(tx: &Tx, ids: &[FileId], now: Millis) -> Result<()> {
    for ids in id_chunks(ids) {
        media_file::Entity::update_many()
            .col_expr(media_file::Column::State, Expr::value(FileState::Missing))
            .col_expr(media_file::Column::MissingSinceAt, Expr::value(now))
            .col_expr(media_file::Column::UpdatedAt, Expr::value(now))
            .filter(media_file::Column::Id.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Marks missing files as present again.
#[boxed]
pub async fn set_present(tx: &Tx, ids: &[FileId], now: Millis) -> Result<()> {
    for ids in id_chunks(ids) {
        media_file::Entity::update_many()
            .col_expr(media_file::Column::State, Expr::value(FileState::Present))
            .col_expr(media_file::Column::MissingSinceAt, Expr::value(None::<Millis>))
            .col_expr(media_file::Column::UpdatedAt, Expr::value(now))
            .filter(media_file::Column::Id.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Deletes the row of a file that was replaced by its copy, after pointing all references at the copy.
#[boxed]
pub async fn replace(tx: &Tx, replaced: FileId, copy: FileId) -> Result<()> {
    repoint(tx, play::Column::FileId, replaced, copy).await?;
    repoint(tx, progress::Column::FileId, replaced, copy).await?;
    repoint(tx, playback_session::Column::FileId, replaced, copy).await?;
    media_file::Entity::delete_by_id(replaced).run(tx).await?;
    Ok(())
}

/// Links files to titles; a link that already exists only gets the new ordinal.
#[boxed]
pub async fn link(tx: &Tx, links: Vec<FileTitle>) -> Result<()> {
    for chunk in chunks::<file_title::Entity, _>(links) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        let keep = sea_orm::sea_query::OnConflict::columns([
            file_title::Column::FileId,
            file_title::Column::TitleId,
        ])
        .update_column(file_title::Column::Ordinal)
        .to_owned();
        file_title::Entity::insert_many(rows).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Removes the links of files to titles.
#[boxed]
pub async fn unlink(tx: &Tx, file_ids: &[FileId]) -> Result<()> {
    for ids in id_chunks(file_ids) {
        let of_files = file_title::Column::FileId.is_in(ids);
        file_title::Entity::delete_many().filter(of_files).run(tx).await?;
    }
    Ok(())
}

/// Returns the links of files to titles, in the order of the file.
#[boxed]
pub async fn links(conn: &dyn Conn, file_ids: &[FileId]) -> Result<Vec<FileTitle>> {
    let mut links = Vec::new();
    for ids in id_chunks(file_ids) {
        let rows = file_title::Entity::find()
            .filter(file_title::Column::FileId.is_in(ids))
            .order_by_asc(file_title::Column::FileId)
            .order_by_asc(file_title::Column::Ordinal);
        links.extend(rows.all(&conn.raw()).await?);
    }
    Ok(links)
}

/// A file that is present but has a problem.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct ProblemFile {
    /// Primary key.
    pub id: FileId,
    /// Its library.
    pub library_id: LibraryId,
    /// Path relative to the library.
    pub path: String,
    /// The problem.
    pub problem_code: ProblemCode,
    /// The text stored by an older version.
    pub problem: Option<String>,
    /// Details that the code does not contain.
    pub problem_facts: Option<Json>,
}

/// Returns the present files that have a problem, by path.
#[boxed]
pub async fn with_problem(conn: &dyn Conn, library_id: Option<LibraryId>) -> Result<Vec<ProblemFile>> {
    use media_file::Column;
    let mut files = media_file::Entity::find()
        .filter(Column::ProblemCode.is_not_null())
        .filter(Column::State.eq(FileState::Present))
        .order_by_asc(Column::LibraryId)
        .order_by_asc(Column::Path);
    if let Some(id) = library_id {
        files = files.filter(Column::LibraryId.eq(id));
    }
    Ok(files.into_partial_model().all(&conn.raw()).await?)
}

//! Media files and the titles they hold.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DerivePartialModel, EntityTrait as _, IntoActiveModel as _,
    JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

use super::chunks::{chunks, id_chunks, insert_numbered, repoint};
use crate::entities::{file_title, media_file, play, playback_session, progress, title};
use crate::ids::{FileId, LibraryId, MatchGroupId, TitleId};
use crate::kinds::{FileState, ProbeState, ProblemCode};
use crate::rows::{FileTitle, MediaFile, Title};
use crate::{Conn, Json, Millis, Result, Tx};

/// What a scan has to know of every file before it looks at the disk.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct KnownFile {
    /// The row.
    pub id: FileId,
    /// Its group.
    pub match_group_id: Option<MatchGroupId>,
    /// Relative path.
    pub path: String,
    /// The true path when it is not UTF-8.
    pub path_bytes: Option<Vec<u8>>,
    /// Bytes.
    pub size: i64,
    /// Modification time.
    pub modified_at: Millis,
    /// Identity of the content.
    pub fingerprint: Option<String>,
    /// Inode number.
    pub inode: Option<i64>,
    /// Device number.
    pub device: Option<i64>,
    /// Present or missing.
    pub state: FileState,
    /// How far its probing is.
    pub probe_state: ProbeState,
    /// What is wrong with it.
    pub problem_code: Option<ProblemCode>,
    /// State of the files beside it.
    pub sidecar_stamp: Option<String>,
}

/// Every file of a library.
#[boxed]
pub async fn known(conn: &dyn Conn, library_id: LibraryId) -> Result<Vec<KnownFile>> {
    let files = media_file::Entity::find().filter(media_file::Column::LibraryId.eq(library_id));
    Ok(files.into_partial_model().all(&conn.raw()).await?)
}

/// One file.
#[boxed]
pub async fn find(conn: &dyn Conn, id: FileId) -> Result<Option<MediaFile>> {
    Ok(media_file::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// The files of a title, best first: present before missing, higher before lower.
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

/// The titles that a file holds, in their order.
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

/// The files of a group, by path.
#[boxed]
pub async fn of_group(conn: &dyn Conn, group_id: MatchGroupId) -> Result<Vec<MediaFile>> {
    let files = media_file::Entity::find()
        .filter(media_file::Column::MatchGroupId.eq(group_id))
        .order_by_asc(media_file::Column::Path);
    Ok(files.all(&conn.raw()).await?)
}

/// The paths of some groups: `(group, path)`, by path.
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

/// Adds files; their ids are given by the database. The answer has them in the order of `rows`.
#[boxed]
pub async fn insert_many(tx: &Tx, rows: Vec<MediaFile>) -> Result<Vec<MediaFile>> {
    insert_numbered::<media_file::Entity, _>(tx, rows, |row, id| row.id = id).await
}

/// Writes a changed row back.
#[boxed]
pub async fn update(tx: &Tx, row: MediaFile) -> Result<MediaFile> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Calls files missing.
#[boxed]
pub async fn set_missing(tx: &Tx, ids: &[FileId], now: Millis) -> Result<()> {
    for ids in id_chunks(ids) {
        media_file::Entity::update_many()
            .col_expr(media_file::Column::State, Expr::value(FileState::Missing))
            .col_expr(media_file::Column::MissingSinceAt, Expr::value(now))
            .col_expr(media_file::Column::UpdatedAt, Expr::value(now))
            .filter(media_file::Column::Id.is_in(ids))
            .exec(&tx.raw())
            .await?;
    }
    Ok(())
}

/// Calls missing files present again.
#[boxed]
pub async fn set_present(tx: &Tx, ids: &[FileId], now: Millis) -> Result<()> {
    for ids in id_chunks(ids) {
        media_file::Entity::update_many()
            .col_expr(media_file::Column::State, Expr::value(FileState::Present))
            .col_expr(media_file::Column::MissingSinceAt, Expr::value(None::<Millis>))
            .col_expr(media_file::Column::UpdatedAt, Expr::value(now))
            .filter(media_file::Column::Id.is_in(ids))
            .exec(&tx.raw())
            .await?;
    }
    Ok(())
}

/// Removes the row of a file whose copy has taken over, after pointing everything at the copy.
#[boxed]
pub async fn replace(tx: &Tx, gone: FileId, copy: FileId) -> Result<()> {
    repoint(tx, play::Column::FileId, gone, copy).await?;
    repoint(tx, progress::Column::FileId, gone, copy).await?;
    repoint(tx, playback_session::Column::FileId, gone, copy).await?;
    media_file::Entity::delete_by_id(gone).exec(&tx.raw()).await?;
    Ok(())
}

/// Says which titles files hold; what is said already stays.
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

/// Forgets which titles files hold.
#[boxed]
pub async fn unlink(tx: &Tx, file_ids: &[FileId]) -> Result<()> {
    for ids in id_chunks(file_ids) {
        let of_files = file_title::Column::FileId.is_in(ids);
        file_title::Entity::delete_many().filter(of_files).exec(&tx.raw()).await?;
    }
    Ok(())
}

/// Which titles files hold, in the order of the file.
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

/// A file that is in the library but not in order.
#[derive(Debug, Clone, DerivePartialModel)]
#[sea_orm(entity = "media_file::Entity")]
pub struct ProblemFile {
    /// The row.
    pub id: FileId,
    /// Its library.
    pub library_id: LibraryId,
    /// Relative path.
    pub path: String,
    /// What is wrong.
    pub problem_code: ProblemCode,
    /// The text of an older version.
    pub problem: Option<String>,
    /// What the code alone does not say.
    pub problem_facts: Option<Json>,
}

/// Files with a problem that are there, by path.
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

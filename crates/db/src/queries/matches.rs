//! Groups of files and their matched titles.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

use super::chunks::insert_numbered;
use super::run::Run as _;
use crate::entities::{match_group, media_file};
use crate::ids::{LibraryId, MatchGroupId, TitleId};
use crate::kinds::{FileState, MatchState};
use crate::rows::MatchGroup;
use crate::{Conn, Result, Tx};

/// Selects groups.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// In one of these states; in any state if empty.
    pub states: Vec<MatchState>,
    /// In this library.
    pub library_id: Option<LibraryId>,
}

/// Returns a page of the groups that have a file, by name, and their total number.
#[boxed]
pub async fn list(
    conn: &dyn Conn,
    filter: &Filter,
    offset: u64,
    limit: u64,
) -> Result<(Vec<MatchGroup>, u64)> {
    let with_files = media_file::Entity::find()
        .select_only()
        .column(media_file::Column::MatchGroupId)
        .filter(media_file::Column::MatchGroupId.is_not_null())
        .filter(media_file::Column::State.eq(FileState::Present));
    let mut groups = match_group::Entity::find()
        .filter(match_group::Column::Id.in_subquery(with_files.into_query()))
        .order_by_asc(match_group::Column::ParsedTitle)
        .order_by_asc(match_group::Column::Id);
    if !filter.states.is_empty() {
        groups = groups.filter(match_group::Column::State.is_in(filter.states.iter().copied()));
    }
    if let Some(id) = filter.library_id {
        groups = groups.filter(match_group::Column::LibraryId.eq(id));
    }
    let total = groups.clone().count(&conn.raw()).await?;
    Ok((groups.offset(offset).limit(limit).all(&conn.raw()).await?, total))
}

/// Returns a group.
#[boxed]
pub async fn find(conn: &dyn Conn, id: MatchGroupId) -> Result<Option<MatchGroup>> {
    Ok(match_group::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns the groups of a library.
#[boxed]
pub async fn of_library(conn: &dyn Conn, library_id: LibraryId) -> Result<Vec<MatchGroup>> {
    let groups = match_group::Entity::find().filter(match_group::Column::LibraryId.eq(library_id));
    Ok(groups.all(&conn.raw()).await?)
}

/// Returns the groups matched with a title.
#[boxed]
pub async fn of_title(conn: &dyn Conn, title_id: TitleId) -> Result<Vec<MatchGroup>> {
    let groups = match_group::Entity::find()
        .filter(match_group::Column::TitleId.eq(title_id))
        .order_by_asc(match_group::Column::Id);
    Ok(groups.all(&conn.raw()).await?)
}

/// Returns groups that were not tried yet and come after a given one, oldest first.
#[boxed]
pub async fn pending(conn: &dyn Conn, after: MatchGroupId, limit: u64) -> Result<Vec<MatchGroup>> {
    let groups = match_group::Entity::find()
        .filter(match_group::Column::State.eq(MatchState::Pending))
        .filter(match_group::Column::Id.gt(after))
        .order_by_asc(match_group::Column::Id)
        .limit(limit);
    Ok(groups.all(&conn.raw()).await?)
}

/// Adds groups, whose IDs the database assigns; returns them in the order of `rows`.
#[boxed]
pub async fn insert_many(tx: &Tx, rows: Vec<MatchGroup>) -> Result<Vec<MatchGroup>> {
    insert_numbered::<match_group::Entity, _>(tx, rows, |row, id| row.id = id).await
}

/// Saves a changed row.
#[boxed]
pub async fn update(tx: &Tx, row: MatchGroup) -> Result<MatchGroup> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Marks groups in these states to be tried again.
#[boxed]
pub async fn retry(tx: &Tx, states: &[MatchState]) -> Result<u64> {
    let update = match_group::Entity::update_many()
        .col_expr(match_group::Column::State, Expr::value(MatchState::Pending))
        .filter(match_group::Column::State.is_in(states.iter().copied()));
    update.run(tx).await
}

/// Deletes the groups of a library that have no files and no manual decision.
#[boxed]
pub async fn prune(tx: &Tx, library_id: LibraryId) -> Result<()> {
    let with_files = media_file::Entity::find()
        .select_only()
        .column(media_file::Column::MatchGroupId)
        .filter(media_file::Column::MatchGroupId.is_not_null());
    match_group::Entity::delete_many()
        .filter(match_group::Column::LibraryId.eq(library_id))
        .filter(match_group::Column::State.is_not_in([MatchState::Manual, MatchState::Ignored]))
        .filter(match_group::Column::Id.not_in_subquery(with_files.into_query()))
        .run(tx)
        .await?;
    Ok(())
}

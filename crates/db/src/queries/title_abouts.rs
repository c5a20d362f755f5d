//! Additional data from Trakt about titles: the distribution of ratings, related titles, people.

use std::collections::HashMap;

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};

use super::chunks::{chunks, repoint};
use super::people;
use super::run::Run as _;
use crate::boxed;
use crate::entities::{credit, file_title, title, title_about};
use crate::ids::TitleId;
use crate::rows::{Credit, Person, TitleAbout};
use crate::{Conn, Json, Millis, Result, Tx};

/// Returns the additional data about a title; `None` if it was never read.
#[boxed]
pub async fn find(conn: &dyn Conn, title_id: TitleId) -> Result<Option<TitleAbout>> {
    Ok(title_about::Entity::find_by_id(title_id).one(&conn.raw()).await?)
}

/// Returns the cast and crew of a title, in Trakt's order.
#[boxed]
pub async fn credits(conn: &dyn Conn, title_id: TitleId) -> Result<Vec<Credit>> {
    let own = credit::Entity::find().filter(credit::Column::TitleId.eq(title_id));
    Ok(own.order_by_asc(credit::Column::Position).all(&conn.raw()).await?)
}

/// Replaces the additional data about a title. `people` are those referred to by the credits.
#[boxed]
pub async fn replace(tx: &Tx, about: TitleAbout, people: Vec<Person>, credits: Vec<Credit>) -> Result<()> {
    people::note(tx, people).await?;
    let title_id = about.title_id;
    credit::Entity::delete_many().filter(credit::Column::TitleId.eq(title_id)).run(tx).await?;
    for chunk in chunks::<credit::Entity, _>(credits) {
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        credit::Entity::insert_many(rows).exec_without_returning(&tx.raw()).await?;
    }
    let again = OnConflict::column(title_about::Column::TitleId)
        .update_columns([
            title_about::Column::Votes,
            title_about::Column::Related,
            title_about::Column::ReadAt,
        ])
        .to_owned();
    title_about::Entity::insert(about.into_active_model().reset_all())
        .on_conflict(again)
        .exec_without_returning(&tx.raw())
        .await?;
    Ok(())
}

/// Returns when the additional data of each title was read.
#[boxed]
pub async fn read_at(conn: &dyn Conn) -> Result<HashMap<TitleId, Millis>> {
    let all = title_about::Entity::find()
        .select_only()
        .column(title_about::Column::TitleId)
        .column(title_about::Column::ReadAt);
    let rows: Vec<(TitleId, Millis)> = all.into_tuple().all(&conn.raw()).await?;
    Ok(rows.into_iter().collect())
}

/// Returns the related titles of every title.
#[boxed]
pub async fn all_related(conn: &dyn Conn) -> Result<Vec<Json>> {
    let all = title_about::Entity::find().select_only().column(title_about::Column::Related);
    Ok(all.into_tuple().all(&conn.raw()).await?)
}

/// Deletes additional data read before `before` for titles without files, and people that no title refers to any more.
#[boxed]
pub async fn forget(tx: &Tx, before: Millis) -> Result<()> {
    let with_files =
        file_title::Entity::find().select_only().column(file_title::Column::TitleId).into_query();
    let shows = title::Entity::find()
        .select_only()
        .column(title::Column::ShowId)
        .filter(title::Column::ShowId.is_not_null())
        .filter(title::Column::Id.in_subquery(with_files.clone()));
    let seasons = title::Entity::find()
        .select_only()
        .column(title::Column::ParentId)
        .filter(title::Column::ParentId.is_not_null())
        .filter(title::Column::Id.in_subquery(with_files.clone()));
    title_about::Entity::delete_many()
        .filter(title_about::Column::ReadAt.lt(before))
        .filter(title_about::Column::TitleId.not_in_subquery(with_files))
        .filter(title_about::Column::TitleId.not_in_subquery(shows.into_query()))
        .filter(title_about::Column::TitleId.not_in_subquery(seasons.into_query()))
        .run(tx)
        .await?;
    let kept = title_about::Entity::find().select_only().column(title_about::Column::TitleId);
    credit::Entity::delete_many()
        .filter(credit::Column::TitleId.not_in_subquery(kept.into_query()))
        .run(tx)
        .await?;
    people::forget_unreferenced(tx, before).await
}

/// Keeps the additional data of the remaining title if there is any, otherwise moves that of the other title to it.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    if find(tx, into).await?.is_some() {
        credit::Entity::delete_many().filter(credit::Column::TitleId.eq(from)).run(tx).await?;
        title_about::Entity::delete_by_id(from).run(tx).await?;
        return Ok(());
    }
    repoint(tx, credit::Column::TitleId, from, into).await?;
    repoint(tx, title_about::Column::TitleId, from, into).await
}

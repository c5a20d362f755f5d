//! Cast and crew members.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::boxed;
use crate::entities::{credit, person};
use crate::ids::PersonId;
use crate::rows::{Credit, Person};
use crate::{Conn, Millis, Result, Tx};

/// Returns a person.
#[boxed]
pub async fn find(conn: &dyn Conn, id: PersonId) -> Result<Option<Person>> {
    Ok(person::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns some people, in no particular order.
#[boxed]
pub async fn find_many(conn: &dyn Conn, ids: &[PersonId]) -> Result<Vec<Person>> {
    let mut rows = Vec::with_capacity(ids.len());
    for ids in id_chunks(ids) {
        rows.extend(person::Entity::find().filter(person::Column::Id.is_in(ids)).all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Returns the credits of some people, ordered by title ID.
#[boxed]
pub async fn credits(conn: &dyn Conn, ids: &[PersonId]) -> Result<Vec<Credit>> {
    let mut rows = Vec::new();
    for ids in id_chunks(ids) {
        let some = credit::Entity::find()
            .filter(credit::Column::PersonId.is_in(ids))
            .order_by_asc(credit::Column::TitleId)
            .order_by_asc(credit::Column::Position);
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Saves people's data that came with a title. Details read for a single person are kept unless there is newer data.
#[boxed]
pub async fn note(tx: &Tx, people: Vec<Person>) -> Result<()> {
    use person::Column;
    let newer = |column: Column| {
        let excluded = Expr::col((sea_orm::sea_query::Alias::new("excluded"), column));
        (column, excluded.if_null(Expr::col((person::Entity, column))))
    };
    for chunk in chunks::<person::Entity, _>(people) {
        let again = OnConflict::column(Column::Id)
            .update_columns([Column::Name, Column::Folded])
            .values(
                [
                    Column::Slug,
                    Column::Photo,
                    Column::Biography,
                    Column::Birthday,
                    Column::Death,
                    Column::Birthplace,
                ]
                .map(newer),
            )
            .to_owned();
        let rows = chunk.into_iter().map(|row| row.into_active_model().reset_all());
        person::Entity::insert_many(rows).on_conflict(again).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Saves a changed row.
#[boxed]
pub async fn update(tx: &Tx, row: Person) -> Result<Person> {
    Ok(row.into_active_model().reset_all().update(&tx.raw()).await?)
}

/// Returns people whose normalised names contain all words, in no particular order.
#[boxed]
pub async fn named(conn: &dyn Conn, words: &[String], limit: u64) -> Result<Vec<Person>> {
    let named = words
        .iter()
        .fold(person::Entity::find(), |found, word| found.filter(person::Column::Folded.contains(word)));
    Ok(named.order_by_asc(person::Column::Id).limit(limit).all(&conn.raw()).await?)
}

/// Returns at most `limit` normalised names with their IDs.
#[boxed]
pub async fn names(conn: &dyn Conn, limit: u64) -> Result<Vec<(PersonId, String)>> {
    let all = person::Entity::find().select_only().column(person::Column::Id).column(person::Column::Folded);
    Ok(all.order_by_asc(person::Column::Id).limit(limit).into_tuple().all(&conn.raw()).await?)
}

/// Returns the addresses of all portraits.
#[boxed]
pub async fn photos(conn: &dyn Conn) -> Result<Vec<String>> {
    let all = person::Entity::find()
        .select_only()
        .column(person::Column::Photo)
        .filter(person::Column::Photo.is_not_null());
    Ok(all.into_tuple().all(&conn.raw()).await?)
}

/// Deletes people that no title refers to, unless their details were read since `before`.
pub(super) async fn forget_unreferenced(tx: &Tx, before: Millis) -> Result<()> {
    let named = credit::Entity::find().select_only().column(credit::Column::PersonId);
    let old = sea_orm::Condition::any()
        .add(person::Column::ReadAt.is_null())
        .add(person::Column::ReadAt.lt(before));
    person::Entity::delete_many()
        .filter(person::Column::Id.not_in_subquery(named.into_query()))
        .filter(old)
        .run(tx)
        .await?;
    Ok(())
}

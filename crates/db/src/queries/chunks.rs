//! Statements over many rows, split according to the databases' limits.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, EntityTrait, IntoActiveModel, Iterable as _, PrimaryKeyToColumn as _,
    PrimaryKeyTrait, QueryFilter as _, Value, sea_query::Expr,
};

use super::run::Run as _;
use crate::{Conn as _, Result, Tx};

/// Maximum number of values in a statement: SQLite allows 32,766, PostgreSQL 65,535.
const VALUES: usize = 32_000;
/// Maximum number of IDs in an `IN`: a statement has other values too.
const IDS: usize = 10_000;

/// Splits rows into chunks that fit into one `INSERT` each.
pub(super) fn chunks<E: EntityTrait, R>(rows: Vec<R>) -> Vec<Vec<R>> {
    let size = VALUES / E::Column::iter().count();
    let mut rest = rows.into_iter();
    std::iter::from_fn(|| {
        let chunk: Vec<R> = rest.by_ref().take(size).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
    .collect()
}

/// Splits IDs into chunks that fit into one `IN` each.
pub(super) fn id_chunks<Id: Copy + Send + Sync>(
    ids: &[Id],
) -> impl Iterator<Item = impl Iterator<Item = Id> + Send + '_> + Send {
    ids.chunks(IDS).map(|chunk| chunk.iter().copied())
}

/// Inserts rows whose IDs the database assigns, and returns them in the order of `rows`; `set_id` sets a row's ID. Only
/// the IDs are read back from the database: a page of history is hundreds of rows with dozens of columns each.
pub(super) async fn insert_numbered<E, Id>(
    tx: &Tx,
    rows: Vec<E::Model>,
    set_id: impl Fn(&mut E::Model, Id),
) -> Result<Vec<E::Model>>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Clone,
    E::PrimaryKey: PrimaryKeyTrait<ValueType = Id>,
    Id: Ord,
{
    let mut inserted = Vec::with_capacity(rows.len());
    for chunk in chunks::<E, _>(rows) {
        let insert = E::insert_many(chunk.iter().cloned().map(unnumbered::<E>));
        let mut ids = insert.exec_with_returning_keys(&tx.raw()).await?;
        // Both databases number the rows of a statement in its order, but may return them in a different one.
        ids.sort_unstable();
        inserted.extend(chunk.into_iter().zip(ids).map(|(mut row, id)| {
            set_id(&mut row, id);
            row
        }));
    }
    Ok(inserted)
}

/// Inserts rows whose IDs the database assigns.
pub(super) async fn insert_without_returning<E>(tx: &Tx, rows: Vec<E::Model>) -> Result<()>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    for chunk in chunks::<E, _>(rows) {
        E::insert_many(chunk.into_iter().map(unnumbered::<E>)).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

fn unnumbered<E>(row: E::Model) -> E::ActiveModel
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let mut row = row.into_active_model().reset_all();
    E::PrimaryKey::iter().for_each(|key| row.not_set(key.into_column()));
    row
}

/// Makes all rows that refer to `from` in this column refer to `into`.
pub(super) async fn repoint<C, Id>(tx: &Tx, column: C, from: Id, into: Id) -> Result<()>
where
    Id: Into<Value>,
    C: ColumnTrait,
    C::EntityName: EntityTrait,
{
    let referring = C::EntityName::update_many().filter(column.eq(from));
    referring.col_expr(column, Expr::value(into)).run(tx).await?;
    Ok(())
}

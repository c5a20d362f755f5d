//! Runs updates and deletions. The statement is built first, so that the code running it is compiled only once.

use std::pin::Pin;

use sea_orm::{
    ConnectionTrait as _, DatabaseTransaction, DeleteMany, EntityTrait, QueryTrait, Statement, UpdateMany,
    ValidatedDeleteOne,
};

use crate::{Result, Tx};

/// An update or a deletion.
pub(super) trait Run: QueryTrait {
    /// Runs it and returns the number of changed rows.
    fn run<'a>(&self, tx: &'a Tx) -> Pin<Box<dyn Future<Output = Result<u64>> + Send + 'a>> {
        let transaction = tx.transaction();
        let statement = self.build(transaction.get_database_backend());
        Box::pin(execute(transaction, statement))
    }
}

impl<E: EntityTrait> Run for UpdateMany<E> {}

impl<E: EntityTrait> Run for DeleteMany<E> {}

impl<E: EntityTrait> Run for ValidatedDeleteOne<E> {}

async fn execute(transaction: &DatabaseTransaction, statement: Statement) -> Result<u64> {
    Ok(transaction.execute_raw(statement).await?.rows_affected())
}

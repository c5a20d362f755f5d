//! What each side contained at the last comparison.

use sea_orm::{
    ColumnTrait as _, EntityTrait, IntoActiveModel as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _, OnConflict},
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Result, Tx,
    entities::sync_shadow::{Column, Entity},
    ids::{TitleId, UserId},
    kinds::SyncCategory,
    rows::SyncShadow,
};

/// Identifies a comparison.
#[derive(Clone, Debug)]
pub struct Of {
    /// The user.
    pub user_id: UserId,
    /// The account's slug on Trakt.
    pub account: String,
    /// The compared category.
    pub category: SyncCategory,
}

impl Of {
    fn condition(&self) -> sea_orm::Condition {
        sea_orm::Condition::all()
            .add(Column::UserId.eq(self.user_id))
            .add(Column::Account.eq(self.account.as_str()))
            .add(Column::Category.eq(self.category))
    }

    /// Returns the row for a title's values on both sides; `None` if neither side has one.
    pub fn row(&self, title_id: TitleId, here: Option<i32>, there: Option<i32>) -> Option<SyncShadow> {
        let (user_id, account, category) = (self.user_id, self.account.clone(), self.category);
        let is_held = here.is_some() || there.is_some();
        is_held.then_some(SyncShadow { user_id, account, category, title_id, here, there })
    }
}

/// Returns everything that was compared.
#[boxed]
pub async fn all(conn: &dyn Conn, of: &Of) -> Result<Vec<SyncShadow>> {
    Ok(Entity::find().filter(of.condition()).all(&conn.raw()).await?)
}

/// Returns what was compared for some titles.
#[boxed]
pub async fn of_titles(conn: &dyn Conn, of: &Of, title_ids: &[TitleId]) -> Result<Vec<SyncShadow>> {
    let mut rows = Vec::new();
    for ids in id_chunks(title_ids) {
        let some = Entity::find().filter(of.condition()).filter(Column::TitleId.is_in(ids));
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Returns what was compared for a title.
#[boxed]
pub async fn find(conn: &dyn Conn, of: &Of, title_id: TitleId) -> Result<Option<SyncShadow>> {
    let key = (of.user_id, of.account.clone(), of.category, title_id);
    Ok(Entity::find_by_id(key).one(&conn.raw()).await?)
}

/// Saves comparisons, replacing previous ones.
#[boxed]
pub async fn put_many(tx: &Tx, rows: Vec<SyncShadow>) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::Account, Column::Category, Column::TitleId])
        .update_columns([Column::Here, Column::There])
        .to_owned();
    for chunk in chunks::<Entity, _>(rows) {
        let rows = chunk.into_iter().map(|row| row.into_active_model());
        let rows = rows.map(sea_orm::ActiveModelTrait::reset_all);
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Deletes the comparisons of these titles, because neither side contains them any more.
#[boxed]
pub async fn forget(tx: &Tx, of: &Of, title_ids: &[TitleId]) -> Result<()> {
    for ids in id_chunks(title_ids) {
        let some = Entity::delete_many().filter(of.condition()).filter(Column::TitleId.is_in(ids));
        some.run(tx).await?;
    }
    Ok(())
}

/// Deletes comparisons with differing sides, because an import reconciles them.
#[boxed]
pub async fn forget_differing(tx: &Tx, of: &Of) -> Result<()> {
    let differs = sea_orm::Condition::any()
        .add(Column::Here.is_null())
        .add(Column::There.is_null())
        .add(Expr::col(Column::Here).ne(Expr::col(Column::There)));
    Entity::delete_many().filter(of.condition()).filter(differs).run(tx).await?;
    Ok(())
}

/// Deletes comparisons of a user's category with a value here, because the category was cleared here: what both sides
/// contained is then imported again when the account is reconnected. Comparisons with a value only on Trakt are
/// kept.
#[boxed]
pub async fn forget_here(tx: &Tx, user_id: UserId, category: SyncCategory) -> Result<()> {
    let held = Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Category.eq(category))
        .filter(Column::Here.is_not_null());
    held.run(tx).await?;
    Ok(())
}

/// Moves comparisons of `from` to `into`, or deletes them where `into` was compared too.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let (kept, moving) = (of(into).all(&tx.raw()).await?, of(from).all(&tx.raw()).await?);
    Entity::delete_many().filter(Column::TitleId.eq(from)).run(tx).await?;
    let key = |row: &SyncShadow| (row.user_id, row.account.clone(), row.category);
    let is_alone = |row: &SyncShadow| !kept.iter().any(|kept| key(kept) == key(row));
    let moved = moving.into_iter().filter(is_alone).map(|row| SyncShadow { title_id: into, ..row });
    put_many(tx, moved.collect()).await
}

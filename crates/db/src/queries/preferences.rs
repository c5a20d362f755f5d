//! A user's preferences for titles: ratings, the watchlist, dropped shows.

use sea_orm::{
    ColumnTrait as _, EntityTrait, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
    sea_query::OnConflict,
};

use super::chunks::{chunks, id_chunks};
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Result, Tx,
    entities::{
        preference::{Column, Entity},
        user,
    },
    ids::{TitleId, UserId},
    kinds::SyncCategory,
    rows::Preference,
};

/// Returns a user's preferences in a category, including removed ones.
#[boxed]
pub async fn of_category(
    conn: &dyn Conn,
    user_id: UserId,
    category: SyncCategory,
) -> Result<Vec<Preference>> {
    let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Category.eq(category));
    Ok(own.all(&conn.raw()).await?)
}

/// Returns a user's preference for a title in a category.
#[boxed]
pub async fn find(
    conn: &dyn Conn,
    user_id: UserId,
    category: SyncCategory,
    title_id: TitleId,
) -> Result<Option<Preference>> {
    Ok(Entity::find_by_id((user_id, category, title_id)).one(&conn.raw()).await?)
}

/// Returns a user's preferences for some titles in a category, including removed ones.
#[boxed]
pub async fn of_titles(
    conn: &dyn Conn,
    user_id: UserId,
    category: SyncCategory,
    title_ids: &[TitleId],
) -> Result<Vec<Preference>> {
    let mut rows = Vec::new();
    for ids in id_chunks(title_ids) {
        let some = Entity::find()
            .filter(Column::UserId.eq(user_id))
            .filter(Column::Category.eq(category))
            .filter(Column::TitleId.is_in(ids));
        rows.extend(some.all(&conn.raw()).await?);
    }
    Ok(rows)
}

/// Locks a user's preferences until the transaction ends.
#[boxed]
pub async fn lock(tx: &Tx, user_id: UserId) -> Result<()> {
    user::Entity::find_by_id(user_id).lock_exclusive().one(&tx.raw()).await?;
    Ok(())
}

/// Returns all preferences of a user, without removed ones.
#[boxed]
pub async fn held(conn: &dyn Conn, user_id: UserId) -> Result<Vec<Preference>> {
    let held = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Value.is_not_null());
    Ok(held.all(&conn.raw()).await?)
}

/// Returns a user's preferences for some titles, without removed ones.
#[boxed]
pub async fn held_of(conn: &dyn Conn, user_id: UserId, title_ids: &[TitleId]) -> Result<Vec<Preference>> {
    let mut held = Vec::new();
    for ids in id_chunks(title_ids) {
        let some = Entity::find()
            .filter(Column::UserId.eq(user_id))
            .filter(Column::TitleId.is_in(ids))
            .filter(Column::Value.is_not_null());
        held.extend(some.all(&conn.raw()).await?);
    }
    Ok(held)
}

/// Saves preferences, replacing previous ones.
#[boxed]
pub async fn put_many(tx: &Tx, rows: Vec<Preference>) -> Result<()> {
    let replace = OnConflict::columns([Column::UserId, Column::Category, Column::TitleId])
        .update_columns([Column::Value, Column::ChangedAt, Column::TraktAheadMs])
        .to_owned();
    for chunk in chunks::<Entity, _>(rows) {
        let rows = chunk.into_iter().map(|row| row.into_active_model());
        let rows = rows.map(sea_orm::ActiveModelTrait::reset_all);
        Entity::insert_many(rows).on_conflict(replace.clone()).exec_without_returning(&tx.raw()).await?;
    }
    Ok(())
}

/// Deletes all traces of a user's preferences for some titles in a category.
#[boxed]
pub async fn forget(tx: &Tx, user_id: UserId, category: SyncCategory, title_ids: &[TitleId]) -> Result<()> {
    for ids in id_chunks(title_ids) {
        let some = Entity::delete_many()
            .filter(Column::UserId.eq(user_id))
            .filter(Column::Category.eq(category))
            .filter(Column::TitleId.is_in(ids));
        some.run(tx).await?;
    }
    Ok(())
}

/// Deletes all preferences of a user in a category.
#[boxed]
pub async fn clear(tx: &Tx, user_id: UserId, category: SyncCategory) -> Result<()> {
    let own = Entity::delete_many().filter(Column::UserId.eq(user_id)).filter(Column::Category.eq(category));
    own.run(tx).await?;
    Ok(())
}

/// Moves the preferences for a title to another; if a user has one for each, the later one is kept.
pub(super) async fn move_to(tx: &Tx, from: TitleId, into: TitleId) -> Result<()> {
    let of = |id: TitleId| Entity::find().filter(Column::TitleId.eq(id));
    let (kept, moving) = (of(into).all(&tx.raw()).await?, of(from).all(&tx.raw()).await?);
    Entity::delete_many().filter(Column::TitleId.eq(from)).run(tx).await?;
    let is_later = |row: &Preference| {
        let rival = kept.iter().find(|kept| (kept.user_id, kept.category) == (row.user_id, row.category));
        rival.is_none_or(|rival| rival.changed_at.0 < row.changed_at.0)
    };
    let moved = moving.into_iter().filter(is_later).map(|row| Preference { title_id: into, ..row });
    put_many(tx, moved.collect()).await
}

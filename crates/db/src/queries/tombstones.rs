//! Items that a user removed here, for Trakt and for everything that reads from Trakt.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DeriveIntoActiveModel, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder, Set, sea_query::Expr,
};

use super::chunks::id_chunks;
use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::tombstone::{ActiveModel, Column, Entity},
    ids::{TitleId, TombstoneId, UserId},
    kinds::{TombstoneCategory, TombstoneOrigin},
    rows::Tombstone,
};

/// A removal to remember.
#[derive(Clone, Debug, DeriveIntoActiveModel)]
#[sea_orm(active_model = "ActiveModel")]
pub struct NewTombstone {
    /// The user who removed it.
    pub user_id: UserId,
    /// The slug of the Trakt account that contains it.
    pub account: String,
    /// The category of the removed item.
    pub category: TombstoneCategory,
    /// Its title.
    pub title_id: TitleId,
    /// The time of the play; `None` if it had no date.
    pub watched_at: Option<Millis>,
    /// The history ID on Trakt, if known.
    pub history_id: Option<i64>,
    /// Where it was removed.
    pub origin: TombstoneOrigin,
    /// When its removal on Trakt was enqueued; `None` while no account is connected.
    pub queued_at: Option<Millis>,
}

/// Stores a removal.
#[boxed]
pub async fn insert(tx: &Tx, new: NewTombstone, now: Millis) -> Result<Tombstone> {
    let row = ActiveModel { created_at: Set(now), ..new.into_active_model() };
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns the removals made while this account was not connected, which still have to be sent to Trakt, oldest first.
#[boxed]
pub async fn unqueued(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<Vec<Tombstone>> {
    let waiting = Entity::find()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::QueuedAt.is_null());
    Ok(waiting.order_by_asc(Column::Id).all(&conn.raw()).await?)
}

/// Records that the removal on Trakt has been enqueued.
#[boxed]
pub async fn set_queued(tx: &Tx, ids: &[TombstoneId], now: Millis) -> Result<()> {
    for &id in ids {
        Entity::update_many()
            .col_expr(Column::QueuedAt, Expr::value(now))
            .filter(Column::Id.eq(id))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Forgets a removal, so that the removed item may be imported again.
#[boxed]
pub async fn forget(
    tx: &Tx,
    user_id: UserId,
    account: &str,
    title_id: TitleId,
    watched_at: Option<Millis>,
) -> Result<()> {
    let of_time = watched_at.map_or_else(|| Column::WatchedAt.is_null(), |at| Column::WatchedAt.eq(at));
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::TitleId.eq(title_id))
        .filter(of_time)
        .run(tx)
        .await?;
    Ok(())
}

/// Marks the removal of a history entry as not sent to Trakt for now; returns whether the removal is stored.
#[boxed]
pub async fn unqueue(tx: &Tx, removed: &NewTombstone) -> Result<bool> {
    let same = Condition::all()
        .add(Column::UserId.eq(removed.user_id))
        .add(Column::Account.eq(removed.account.clone()))
        .add(Column::Category.eq(removed.category))
        .add(match removed.history_id {
            Some(history_id) => Column::HistoryId.eq(history_id),
            None => Column::HistoryId.is_null(),
        });
    let same_play = |same: Condition| match (removed.history_id, removed.watched_at) {
        (Some(_), _) => same,
        (None, Some(at)) => same.add(Column::TitleId.eq(removed.title_id)).add(Column::WatchedAt.eq(at)),
        (None, None) => same.add(Column::TitleId.eq(removed.title_id)).add(Column::WatchedAt.is_null()),
    };
    let waiting = Entity::update_many()
        .col_expr(Column::QueuedAt, Expr::value(Option::<Millis>::None))
        .filter(same_play(same));
    Ok(waiting.run(tx).await? > 0)
}

/// Returns a user's removals from a Trakt account that concern some history entries, or plays of some titles whose
/// history entries were not known.
#[boxed]
pub async fn about(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    history_ids: &[i64],
    title_ids: &[TitleId],
) -> Result<Vec<Tombstone>> {
    let own = || Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
    let mut found = Vec::new();
    for ids in id_chunks(history_ids) {
        found.extend(own().filter(Column::HistoryId.is_in(ids)).all(&conn.raw()).await?);
    }
    for ids in id_chunks(title_ids) {
        let without_history_id = own().filter(Column::TitleId.is_in(ids)).filter(Column::HistoryId.is_null());
        found.extend(without_history_id.all(&conn.raw()).await?);
    }
    Ok(found)
}

/// Returns a user's removals of some titles that a Trakt account contains or contained, oldest first.
#[boxed]
pub async fn of_titles(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    title_ids: &[TitleId],
) -> Result<Vec<Tombstone>> {
    let mut found = Vec::new();
    for ids in id_chunks(title_ids) {
        let own = Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account));
        let history = own.filter(Column::Category.eq(TombstoneCategory::History));
        found.extend(
            history.filter(Column::TitleId.is_in(ids)).order_by_asc(Column::Id).all(&conn.raw()).await?,
        );
    }
    Ok(found)
}

/// Forgets some removals, so that the removed items may be imported again.
#[boxed]
pub async fn delete_many(tx: &Tx, ids: &[TombstoneId]) -> Result<()> {
    for ids in id_chunks(ids) {
        Entity::delete_many().filter(Column::Id.is_in(ids)).run(tx).await?;
    }
    Ok(())
}

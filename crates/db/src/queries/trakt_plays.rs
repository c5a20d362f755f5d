//! The plays on Trakt at the last check.

use sea_orm::{
    ColumnTrait as _, EntityTrait, PaginatorTrait as _, QueryFilter as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _, SubQueryStatement},
};

use super::chunks::{id_chunks, insert_without_returning};
use super::run::Run as _;
use crate::boxed;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{
        play,
        trakt_play::{Column, Entity},
    },
    ids::{PlayId, TraktPlayId, UserId},
    kinds::TitleKind,
    rows::{Play, TraktPlay},
};

/// A play on Trakt, with the data that identifies it in the compact form of Trakt's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenPlay {
    /// Trakt's ID of the movie or episode.
    pub trakt_id: i64,
    /// To the minute.
    pub watched_at: Millis,
    /// Whether it is a play here.
    pub is_here: bool,
}

/// Returns all plays of a kind that were seen in an account.
#[boxed]
pub async fn seen(conn: &dyn Conn, user_id: UserId, account: &str, kind: TitleKind) -> Result<Vec<SeenPlay>> {
    let rows: Vec<(i64, Millis, Option<PlayId>)> = of_account(user_id, account)
        .filter(Column::Kind.eq(kind))
        .select_only()
        .column(Column::TraktId)
        .column(Column::WatchedAt)
        .column(Column::PlayId)
        .into_tuple()
        .all(&conn.raw())
        .await?;
    let seen = |(trakt_id, watched_at, play): (i64, Millis, Option<PlayId>)| SeenPlay {
        trakt_id,
        watched_at,
        is_here: play.is_some(),
    };
    Ok(rows.into_iter().map(seen).collect())
}

/// Returns the plays of a kind with known history IDs. The others existed before the user connected without importing.
#[boxed]
pub async fn with_history_id(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    kind: TitleKind,
) -> Result<Vec<TraktPlay>> {
    let rows =
        of_account(user_id, account).filter(Column::Kind.eq(kind)).filter(Column::HistoryId.is_not_null());
    Ok(rows.all(&conn.raw()).await?)
}

/// Returns the plays of a movie or episode that were seen in an account.
#[boxed]
pub async fn of_item(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    kind: TitleKind,
    trakt_id: i64,
) -> Result<Vec<TraktPlay>> {
    let rows =
        of_account(user_id, account).filter(Column::Kind.eq(kind)).filter(Column::TraktId.eq(trakt_id));
    Ok(rows.all(&conn.raw()).await?)
}

/// Returns the plays of several movies or episodes that were seen in an account and are plays here.
#[boxed]
pub async fn here_of_items(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    kind: TitleKind,
    trakt_ids: &[i64],
) -> Result<Vec<TraktPlay>> {
    let mut plays = Vec::new();
    for ids in id_chunks(trakt_ids) {
        let rows = of_account(user_id, account)
            .filter(Column::Kind.eq(kind))
            .filter(Column::TraktId.is_in(ids))
            .filter(Column::PlayId.is_not_null());
        plays.extend(rows.all(&conn.raw()).await?);
    }
    Ok(plays)
}

/// Deletes a history entry of an account.
#[boxed]
pub async fn forget_entry(tx: &Tx, user_id: UserId, account: &str, history_id: i64) -> Result<()> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::HistoryId.eq(history_id))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes the records that some plays here were seen in an account.
#[boxed]
pub async fn unlink(tx: &Tx, user_id: UserId, account: &str, play_ids: &[PlayId]) -> Result<()> {
    for ids in id_chunks(play_ids) {
        Entity::delete_many()
            .filter(Column::UserId.eq(user_id))
            .filter(Column::Account.eq(account))
            .filter(Column::PlayId.is_in(ids))
            .run(tx)
            .await?;
    }
    Ok(())
}

/// Returns which of these history IDs were seen in an account.
#[boxed]
pub async fn known(conn: &dyn Conn, user_id: UserId, account: &str, history_ids: &[i64]) -> Result<Vec<i64>> {
    let mut known = Vec::new();
    for ids in id_chunks(history_ids) {
        let rows = of_account(user_id, account).filter(Column::HistoryId.is_in(ids));
        let ids: Vec<i64> =
            rows.select_only().column(Column::HistoryId).into_tuple().all(&conn.raw()).await?;
        known.extend(ids);
    }
    Ok(known)
}

/// Returns which of these plays here were seen in an account.
#[boxed]
pub async fn linked(
    conn: &dyn Conn,
    user_id: UserId,
    account: &str,
    play_ids: &[PlayId],
) -> Result<Vec<PlayId>> {
    let mut linked = Vec::new();
    for ids in id_chunks(play_ids) {
        let rows = of_account(user_id, account).filter(Column::PlayId.is_in(ids));
        let ids: Vec<PlayId> =
            rows.select_only().column(Column::PlayId).into_tuple().all(&conn.raw()).await?;
        linked.extend(ids);
    }
    Ok(linked)
}

/// Returns how many plays seen in an account are plays here.
#[boxed]
pub async fn count_here(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<u64> {
    Ok(of_account(user_id, account).filter(Column::PlayId.is_not_null()).count(&conn.raw()).await?)
}

/// Returns how many plays were seen in an account.
#[boxed]
pub async fn count(conn: &dyn Conn, user_id: UserId, account: &str) -> Result<u64> {
    Ok(of_account(user_id, account).count(&conn.raw()).await?)
}

/// Adds plays that were seen; the database assigns their IDs.
#[boxed]
pub async fn insert_many(tx: &Tx, rows: Vec<TraktPlay>) -> Result<()> {
    insert_without_returning::<Entity>(tx, rows).await
}

/// Deletes plays that no longer exist.
#[boxed]
pub async fn delete_many(tx: &Tx, ids: &[TraktPlayId]) -> Result<()> {
    for ids in id_chunks(ids) {
        Entity::delete_many().filter(Column::Id.is_in(ids)).run(tx).await?;
    }
    Ok(())
}

/// Deletes the plays without history IDs, which existed before the user connected without importing.
#[boxed]
pub async fn forget_without_history_id(tx: &Tx, user_id: UserId, account: &str) -> Result<()> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user_id))
        .filter(Column::Account.eq(account))
        .filter(Column::HistoryId.is_null())
        .run(tx)
        .await?;
    Ok(())
}

/// Returns plays here with a history ID that was never seen on Trakt, created before `before`.
#[boxed]
pub async fn unseen(conn: &dyn Conn, user_id: UserId, account: &str, before: Millis) -> Result<Vec<Play>> {
    let seen = of_account(user_id, account)
        .filter(Column::HistoryId.is_not_null())
        .select_only()
        .column(Column::HistoryId)
        .into_query();
    let rows = play::Entity::find()
        .filter(play::Column::UserId.eq(user_id))
        .filter(play::Column::TraktHistoryId.is_not_null())
        .filter(play::Column::CreatedAt.lt(before))
        .filter(play::Column::TraktHistoryId.not_in_subquery(seen));
    Ok(rows.all(&conn.raw()).await?)
}

/// Separates a play here from its history entries on Trakt: later changes of the entries no longer affect it.
#[boxed]
pub async fn detach(tx: &Tx, play_id: PlayId) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::PlayId, Expr::value(None::<PlayId>))
        .filter(Column::PlayId.eq(play_id))
        .run(tx)
        .await?;
    Ok(())
}

/// Corrects the time of a play that was seen.
#[boxed]
pub async fn set_watched_at(tx: &Tx, id: TraktPlayId, watched_at: Millis) -> Result<()> {
    Entity::update_many()
        .col_expr(Column::WatchedAt, Expr::value(watched_at))
        .filter(Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Links the plays here to the entries seen in this account, and to no others, because another account was connected.
#[boxed]
pub async fn relink(tx: &Tx, user_id: UserId, account: &str) -> Result<()> {
    let own = || play::Entity::update_many().filter(play::Column::UserId.eq(user_id));
    own()
        .col_expr(play::Column::TraktHistoryId, Expr::value(None::<i64>))
        .filter(play::Column::TraktHistoryId.is_not_null())
        .run(tx)
        .await?;
    let identified = || {
        of_account(user_id, account)
            .filter(Column::PlayId.is_not_null())
            .filter(Column::HistoryId.is_not_null())
            .select_only()
    };
    let entry = identified()
        .column_as(Column::HistoryId.min(), "entry")
        .filter(Expr::col((Entity, Column::PlayId)).eq(Expr::col((play::Entity, play::Column::Id))))
        .into_query();
    own()
        .col_expr(
            play::Column::TraktHistoryId,
            Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(entry))),
        )
        .filter(play::Column::Id.in_subquery(identified().column(Column::PlayId).into_query()))
        .run(tx)
        .await?;
    Ok(())
}

fn of_account(user_id: UserId, account: &str) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::Account.eq(account))
}

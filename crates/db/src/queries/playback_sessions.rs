//! Players that are or were open.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityName, EntityTrait, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, LockType},
};

use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{
        playback_session::{Column, Entity},
        trakt_account,
    },
    ids::UserId,
    kinds::PlaybackState,
    rows::{PlaybackSession, TraktAccount},
};

/// Adds a player.
#[boxed]
pub async fn insert(tx: &Tx, session: PlaybackSession) -> Result<()> {
    Entity::insert(session.into_active_model().reset_all()).exec_without_returning(&tx.raw()).await?;
    Ok(())
}

/// Returns a player.
#[boxed]
pub async fn find(conn: &dyn Conn, id: &str) -> Result<Option<PlaybackSession>> {
    Ok(Entity::find_by_id(id.to_owned()).one(&conn.raw()).await?)
}

/// Returns a player, locked until the transaction ends.
#[boxed]
pub async fn find_for_update(tx: &Tx, id: &str) -> Result<Option<PlaybackSession>> {
    Ok(Entity::find_by_id(id.to_owned()).lock_exclusive().one(&tx.raw()).await?)
}

/// Returns a player with its user's Trakt connection, in one read. The player is locked until the transaction ends.
#[boxed]
pub async fn find_with_account(tx: &Tx, id: &str) -> Result<Option<(PlaybackSession, Option<TraktAccount>)>> {
    let account_of_user =
        Entity::belongs_to(trakt_account::Entity).from(Column::UserId).to(trakt_account::Column::UserId);
    let mut with_account = Entity::find_by_id(id.to_owned())
        .join(JoinType::LeftJoin, account_of_user.into())
        .select_also(trakt_account::Entity);
    // PostgreSQL cannot lock the side of an outer join that may be missing.
    QueryTrait::query(&mut with_account).lock_with_tables(LockType::Update, [Entity.table_ref()]);
    Ok(with_account.one(&tx.raw()).await?)
}

/// Saves the state of a player.
#[boxed]
pub async fn update(tx: &Tx, session: PlaybackSession) -> Result<()> {
    session.into_active_model().reset_all().update(&tx.raw()).await?;
    Ok(())
}

/// Returns the players that are not stopped and sent no report from `since` until `now`. Players that follow another
/// one stop with it.
#[boxed]
pub async fn silent(conn: &dyn Conn, since: Millis, now: Millis) -> Result<Vec<PlaybackSession>> {
    let silent = Entity::find()
        .filter(Column::State.ne(PlaybackState::Stopped))
        .filter(Column::CompanionOf.is_null())
        .filter(Column::LastEventAt.lte(since).or(Column::LastEventAt.gt(now)));
    Ok(silent.order_by_asc(Column::LastEventAt).all(&conn.raw()).await?)
}

/// Sets the last report of players to `now` if it is in the future: the clock was set back, so its time is unknown.
#[boxed]
pub async fn follow_clock(tx: &Tx, now: Millis) -> Result<()> {
    let ahead = Entity::update_many()
        .col_expr(Column::LastEventAt, Expr::value(now))
        .filter(Column::State.ne(PlaybackState::Stopped))
        .filter(Column::LastEventAt.gt(now));
    ahead.run(tx).await?;
    Ok(())
}

/// Returns the players of a user that are not stopped, newest first.
#[boxed]
pub async fn live(conn: &dyn Conn, user_id: UserId) -> Result<Vec<PlaybackSession>> {
    let live =
        Entity::find().filter(Column::UserId.eq(user_id)).filter(Column::State.ne(PlaybackState::Stopped));
    Ok(live.order_by_desc(Column::StartedAt).all(&conn.raw()).await?)
}

/// Deletes players that stopped before `before`, and returns their number.
#[boxed]
pub async fn prune(tx: &Tx, before: Millis) -> Result<u64> {
    let old = Entity::delete_many()
        .filter(Column::State.eq(PlaybackState::Stopped))
        .filter(Column::LastEventAt.lt(before));
    old.run(tx).await
}

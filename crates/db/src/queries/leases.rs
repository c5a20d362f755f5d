//! Leases: which node may run what, and until when.

use crate::boxed;
use chrono::TimeDelta;
use sea_orm::{
    ActiveValue::NotSet,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect, Set, Statement,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::run::Run as _;
use crate::{Conn, Millis, Result, Tx, entities::lease};

/// Acquires or extends the lease `name` for `holder` until `until`. Returns `false` if another holder has it at `now`.
#[boxed]
pub async fn acquire(tx: &Tx, name: &str, holder: &str, until: Millis, now: Millis) -> Result<bool> {
    let row = lease::ActiveModel {
        name: Set(name.to_owned()),
        holder: Set(holder.to_owned()),
        expires_at: Set(until),
        epoch: NotSet,
    };
    let free = lease::Column::Holder.eq(holder).or(lease::Column::ExpiresAt.lte(now));
    let take_over = OnConflict::column(lease::Column::Name)
        .update_columns([lease::Column::Holder, lease::Column::ExpiresAt])
        .action_and_where(free)
        .to_owned();
    let taken = lease::Entity::insert(row).on_conflict(take_over).exec_without_returning(&tx.raw()).await?;
    Ok(taken > 0)
}

/// Releases the lease if `holder` still has it.
#[boxed]
pub async fn release(tx: &Tx, name: &str, holder: &str) -> Result<()> {
    let own = lease::Column::Holder.eq(holder);
    lease::Entity::delete_by_id(name.to_owned()).filter(own).run(tx).await?;
    Ok(())
}

/// The result of requesting a lease with [`hold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The caller holds it, in this epoch.
    Held(i64),
    /// Another holder has it. As long as that one is alive, `expires_at` keeps changing.
    Taken {
        /// The epoch of the holder.
        epoch: i64,
        /// When it expires unless it is extended.
        expires_at: Millis,
    },
}

/// Acquires or extends the lease `name` for `holder` for another `ttl` of the database's time. `stale` is the
/// state of a lease whose holder was observed not to extend it for at least its `ttl`: that lease may be
/// taken over regardless of the clocks.
#[boxed]
pub async fn hold(
    tx: &Tx,
    name: &str,
    holder: &str,
    ttl: TimeDelta,
    stale: Option<Hold>,
    node_time: Millis,
) -> Result<Hold> {
    let now = database_time(tx, node_time).await?;
    let until = Millis::from(now.0 + ttl);
    let first = lease::ActiveModel {
        name: Set(name.to_owned()),
        holder: Set(String::new()),
        expires_at: Set(now),
        epoch: Set(0),
    };
    let keep = OnConflict::column(lease::Column::Name).do_nothing().to_owned();
    lease::Entity::insert(first).on_conflict(keep).exec_without_returning(&tx.raw()).await?;
    let found = lease::Entity::find_by_id(name.to_owned()).lock_exclusive().one(&tx.raw()).await?;
    let Some(found) = found else {
        return Ok(Hold::Taken { epoch: 0, expires_at: now });
    };
    let state = Hold::Taken { epoch: found.epoch, expires_at: found.expires_at };
    let own = found.holder == holder;
    // A lease that expires later than a lease taken now was written before the clock was set back.
    let over = found.expires_at.0 <= now.0 || found.expires_at.0 > until.0 || stale == Some(state);
    if !own && !over {
        return Ok(state);
    }
    let epoch = if own { found.epoch } else { found.epoch + 1 };
    lease::Entity::update_many()
        .col_expr(lease::Column::Holder, Expr::value(holder))
        .col_expr(lease::Column::ExpiresAt, Expr::value(until))
        .col_expr(lease::Column::Epoch, Expr::value(epoch))
        .filter(lease::Column::Name.eq(name))
        .run(tx)
        .await?;
    Ok(Hold::Held(epoch))
}

/// Extends all leases of `holder` whose names begin with `prefix` for another `ttl`.
#[boxed]
pub async fn extend_all(
    tx: &Tx,
    prefix: &str,
    holder: &str,
    ttl: TimeDelta,
    node_time: Millis,
) -> Result<u64> {
    let now = database_time(tx, node_time).await?;
    let extended = lease::Entity::update_many()
        .col_expr(lease::Column::ExpiresAt, Expr::value(Millis::from(now.0 + ttl)))
        .filter(lease::Column::Holder.eq(holder))
        .filter(lease::Column::Name.starts_with(prefix));
    extended.run(tx).await
}

/// Returns whether `holder` still has the lease in this epoch. Nobody can take it over until the transaction ends.
#[boxed]
pub async fn is_held(tx: &Tx, name: &str, holder: &str, epoch: i64) -> Result<bool> {
    let own = lease::Entity::find_by_id(name.to_owned())
        .filter(lease::Column::Holder.eq(holder))
        .filter(lease::Column::Epoch.eq(epoch))
        .lock_exclusive();
    Ok(own.one(&tx.raw()).await?.is_some())
}

/// Releases a lease acquired with [`hold`]. Its epoch is kept.
#[boxed]
pub async fn give_back(tx: &Tx, name: &str, holder: &str) -> Result<()> {
    lease::Entity::update_many()
        .col_expr(lease::Column::Holder, Expr::value(""))
        .col_expr(lease::Column::ExpiresAt, Expr::value(Millis::from(chrono::DateTime::UNIX_EPOCH)))
        .filter(lease::Column::Name.eq(name))
        .filter(lease::Column::Holder.eq(holder))
        .run(tx)
        .await?;
    Ok(())
}

/// Returns the time used for leases. The clocks of nodes that share a PostgreSQL differ, so the database's clock
/// counts; with SQLite, everything runs on this machine.
async fn database_time(tx: &Tx, node_time: Millis) -> Result<Millis> {
    let backend = tx.raw().get_database_backend();
    if backend != DbBackend::Postgres {
        return Ok(node_time);
    }
    let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now";
    let row = tx.raw().query_one_raw(Statement::from_string(backend, sql)).await?;
    let now: i64 = match row {
        Some(row) => row.try_get("", "now")?,
        None => return Ok(node_time),
    };
    Ok(chrono::DateTime::from_timestamp_millis(now).map_or(node_time, Millis::from))
}

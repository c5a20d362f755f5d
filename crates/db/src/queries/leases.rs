//! Leases: who may run what, until when.

use crate::boxed;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, Set,
    sea_query::{ExprTrait, OnConflict},
};

use crate::{Conn, Millis, Result, Tx, entities::lease};

/// Takes or extends the lease `name` for `holder` until `until`. False when somebody else holds it at `now`.
#[boxed]
pub async fn acquire(tx: &Tx, name: &str, holder: &str, until: Millis, now: Millis) -> Result<bool> {
    let row = lease::ActiveModel {
        name: Set(name.to_owned()),
        holder: Set(holder.to_owned()),
        expires_at: Set(until),
    };
    let free = lease::Column::Holder.eq(holder).or(lease::Column::ExpiresAt.lte(now));
    let take_over = OnConflict::column(lease::Column::Name)
        .update_columns([lease::Column::Holder, lease::Column::ExpiresAt])
        .action_and_where(free)
        .to_owned();
    let taken = lease::Entity::insert(row).on_conflict(take_over).exec_without_returning(&tx.raw()).await?;
    Ok(taken > 0)
}

/// Gives the lease back, if `holder` still has it.
#[boxed]
pub async fn release(tx: &Tx, name: &str, holder: &str) -> Result<()> {
    let own = lease::Column::Holder.eq(holder);
    lease::Entity::delete_by_id(name.to_owned()).filter(own).exec(&tx.raw()).await?;
    Ok(())
}

//! Sign-ins.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DeriveIntoActiveModel, EntityTrait, IntoActiveModel, QueryFilter, Set,
    sea_query::Expr,
};

use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{session, user},
    ids::{SessionId, UserId},
    rows::{Session, User},
};

/// A sign-in to add. The cookie itself is never stored.
#[derive(Clone, DeriveIntoActiveModel)]
#[sea_orm(active_model = "session::ActiveModel")]
pub struct NewSession {
    /// The user who signed in.
    pub user_id: UserId,
    /// SHA-256 of the cookie in hexadecimal.
    pub token_hash: String,
    /// The browser's user agent.
    pub user_agent: Option<String>,
    /// When it expires unless it is used.
    pub expires_at: Millis,
}

/// Adds a sign-in.
#[boxed]
pub async fn insert(tx: &Tx, new: NewSession, now: Millis) -> Result<Session> {
    let row =
        session::ActiveModel { created_at: Set(now), last_seen_at: Set(now), ..new.into_active_model() };
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns the sign-in with this hash and its user; expired ones are not returned.
#[boxed]
pub async fn find_valid(conn: &dyn Conn, token_hash: &str, now: Millis) -> Result<Option<(Session, User)>> {
    let found = session::Entity::find()
        .find_also_related(user::Entity)
        .filter(session::Column::TokenHash.eq(token_hash))
        .filter(session::Column::ExpiresAt.gt(now))
        .one(&conn.raw())
        .await?;
    Ok(found.and_then(|(session, user)| Some((session, user?))))
}

/// Returns whether the sign-in exists and has not expired.
#[boxed]
pub async fn exists(conn: &dyn Conn, id: SessionId, now: Millis) -> Result<bool> {
    let found = session::Entity::find_by_id(id).filter(session::Column::ExpiresAt.gt(now));
    Ok(found.one(&conn.raw()).await?.is_some())
}

/// Records that the sign-in was used, and extends it.
#[boxed]
pub async fn touch(tx: &Tx, id: SessionId, expires_at: Millis, now: Millis) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(session::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes a sign-in.
#[boxed]
pub async fn delete(tx: &Tx, id: SessionId) -> Result<()> {
    session::Entity::delete_by_id(id).run(tx).await?;
    Ok(())
}

/// Signs a user out everywhere, except for the sign-in `except`.
#[boxed]
pub async fn delete_for_user(tx: &Tx, user_id: UserId, except: Option<SessionId>) -> Result<()> {
    let mut delete = session::Entity::delete_many().filter(session::Column::UserId.eq(user_id));
    if let Some(kept) = except {
        delete = delete.filter(session::Column::Id.ne(kept));
    }
    delete.run(tx).await?;
    Ok(())
}

/// Deletes expired sign-ins, and returns their number.
#[boxed]
pub async fn delete_expired(tx: &Tx, now: Millis) -> Result<u64> {
    let ended = session::Column::ExpiresAt.lte(now);
    session::Entity::delete_many().filter(ended).run(tx).await
}

//! Sign-ins.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DeriveIntoActiveModel, EntityTrait, IntoActiveModel, QueryFilter, Set,
    sea_query::Expr,
};

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
    /// Who signed in.
    pub user_id: UserId,
    /// SHA-256 of the cookie in hexadecimal.
    pub token_hash: String,
    /// The browser, as it names itself.
    pub user_agent: Option<String>,
    /// When it ends unless it is used.
    pub expires_at: Millis,
}

/// Adds a sign-in.
#[boxed]
pub async fn insert(tx: &Tx, new: NewSession, now: Millis) -> Result<Session> {
    let row =
        session::ActiveModel { created_at: Set(now), last_seen_at: Set(now), ..new.into_active_model() };
    Ok(row.insert(&tx.raw()).await?)
}

/// The sign-in with this hash and its person; expired ones are not found.
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

/// Whether this sign-in is there and has not ended.
#[boxed]
pub async fn exists(conn: &dyn Conn, id: SessionId, now: Millis) -> Result<bool> {
    let found = session::Entity::find_by_id(id).filter(session::Column::ExpiresAt.gt(now));
    Ok(found.one(&conn.raw()).await?.is_some())
}

/// Notes that the sign-in was used, and puts its end off.
#[boxed]
pub async fn touch(tx: &Tx, id: SessionId, expires_at: Millis, now: Millis) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, Expr::value(now))
        .col_expr(session::Column::ExpiresAt, Expr::value(expires_at))
        .filter(session::Column::Id.eq(id))
        .exec(&tx.raw())
        .await?;
    Ok(())
}

/// Signs out.
#[boxed]
pub async fn delete(tx: &Tx, id: SessionId) -> Result<()> {
    session::Entity::delete_by_id(id).exec(&tx.raw()).await?;
    Ok(())
}

/// Signs a person out everywhere, but for the sign-in `except`.
#[boxed]
pub async fn delete_for_user(tx: &Tx, user_id: UserId, except: Option<SessionId>) -> Result<()> {
    let mut delete = session::Entity::delete_many().filter(session::Column::UserId.eq(user_id));
    if let Some(kept) = except {
        delete = delete.filter(session::Column::Id.ne(kept));
    }
    delete.exec(&tx.raw()).await?;
    Ok(())
}

/// Forgets the sign-ins that ended; how many there were.
#[boxed]
pub async fn delete_expired(tx: &Tx, now: Millis) -> Result<u64> {
    let ended = session::Column::ExpiresAt.lte(now);
    Ok(session::Entity::delete_many().filter(ended).exec(&tx.raw()).await?.rows_affected)
}

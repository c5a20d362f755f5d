//! API tokens for scripts.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DeriveIntoActiveModel, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, Set, sea_query::Expr,
};

use super::run::Run as _;
use crate::{
    Conn, Millis, Result, Tx,
    entities::{api_token, user},
    ids::{ApiTokenId, UserId},
    rows::{ApiToken, User},
};

/// A token to add. The token itself is never stored.
#[derive(Clone, DeriveIntoActiveModel)]
#[sea_orm(active_model = "api_token::ActiveModel")]
pub struct NewApiToken {
    /// The user it belongs to.
    pub user_id: UserId,
    /// What it is for, as entered by the user.
    pub name: String,
    /// SHA-256 of the token in hexadecimal.
    pub token_hash: String,
    /// Its first characters, to tell tokens apart.
    pub prefix: String,
}

/// Adds a token.
#[boxed]
pub async fn insert(tx: &Tx, new: NewApiToken, now: Millis) -> Result<ApiToken> {
    let row = api_token::ActiveModel { created_at: Set(now), ..new.into_active_model() };
    Ok(row.insert(&tx.raw()).await?)
}

/// Returns a user's tokens, newest first.
#[boxed]
pub async fn list(conn: &dyn Conn, user_id: UserId) -> Result<Vec<ApiToken>> {
    let own = api_token::Column::UserId.eq(user_id);
    Ok(api_token::Entity::find().filter(own).order_by_desc(api_token::Column::Id).all(&conn.raw()).await?)
}

/// Returns the token with this hash, and its user.
#[boxed]
pub async fn find(conn: &dyn Conn, token_hash: &str) -> Result<Option<(ApiToken, User)>> {
    let found = api_token::Entity::find()
        .find_also_related(user::Entity)
        .filter(api_token::Column::TokenHash.eq(token_hash))
        .one(&conn.raw())
        .await?;
    Ok(found.and_then(|(token, user)| Some((token, user?))))
}

/// Returns whether the token exists.
#[boxed]
pub async fn exists(conn: &dyn Conn, id: ApiTokenId) -> Result<bool> {
    Ok(api_token::Entity::find_by_id(id).one(&conn.raw()).await?.is_some())
}

/// Records that the token was used.
#[boxed]
pub async fn touch(tx: &Tx, id: ApiTokenId, now: Millis) -> Result<()> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::value(now))
        .filter(api_token::Column::Id.eq(id))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes a user's token; returns whether it existed.
#[boxed]
pub async fn delete(tx: &Tx, user_id: UserId, id: ApiTokenId) -> Result<bool> {
    let own = api_token::Column::UserId.eq(user_id);
    Ok(api_token::Entity::delete_by_id(id).filter(own).run(tx).await? > 0)
}

/// Deletes all tokens of a user.
#[boxed]
pub async fn delete_for_user(tx: &Tx, user_id: UserId) -> Result<()> {
    api_token::Entity::delete_many().filter(api_token::Column::UserId.eq(user_id)).run(tx).await?;
    Ok(())
}

//! Users' connections to Trakt.

use crate::boxed;
use sea_orm::{
    ActiveValue::NotSet,
    ColumnTrait, EntityTrait, QueryFilter, Set, UpdateMany,
    sea_query::{Expr, OnConflict},
};

use super::run::Run as _;
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::trakt_account::{ActiveModel, Column, Entity},
    ids::UserId,
    kinds::AccountState,
    queries::lists,
    rows::TraktAccount,
};

/// The data of a new connection.
#[derive(Clone)]
pub struct Connection {
    /// The user.
    pub user_id: UserId,
    /// The encrypted token pair.
    pub token: Vec<u8>,
    /// The profile on Trakt.
    pub profile: Profile,
}

/// The profile and the limits of an account on Trakt.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// User name.
    pub username: String,
    /// User name as used in URLs.
    pub slug: String,
    /// Full name, if set.
    pub name: Option<String>,
    /// Address of the avatar.
    pub avatar_url: Option<String>,
    /// Whether it is a VIP account.
    pub is_vip: bool,
    /// `limits` of `/users/settings`, as Trakt sent it.
    pub limits: Json,
}

/// Returns a user's connection, in any state.
#[boxed]
pub async fn find(conn: &dyn Conn, user_id: UserId) -> Result<Option<TraktAccount>> {
    Ok(Entity::find().filter(Column::UserId.eq(user_id)).one(&conn.raw()).await?)
}

/// Returns all connections that have a token.
#[boxed]
pub async fn list_with_token(conn: &dyn Conn) -> Result<Vec<TraktAccount>> {
    Ok(Entity::find().filter(Column::Token.is_not_null()).all(&conn.raw()).await?)
}

/// Stores a new connection, replacing the user's previous one. The account's watchlist becomes one of the user's lists.
#[boxed]
pub async fn connect(tx: &Tx, new: Connection, now: Millis) -> Result<()> {
    let row = ActiveModel {
        id: NotSet,
        user_id: Set(new.user_id),
        state: Set(AccountState::Connected),
        token: Set(Some(new.token)),
        username: Set(Some(new.profile.username)),
        slug: Set(Some(new.profile.slug)),
        name: Set(new.profile.name),
        avatar_url: Set(new.profile.avatar_url),
        is_vip: Set(new.profile.is_vip),
        limits: Set(new.profile.limits),
        connected_at: Set(Some(now)),
        last_ok_at: Set(Some(now)),
        updated_at: Set(now),
    };
    let replace = OnConflict::column(Column::UserId)
        .update_columns([
            Column::State,
            Column::Token,
            Column::Username,
            Column::Slug,
            Column::Name,
            Column::AvatarUrl,
            Column::IsVip,
            Column::Limits,
            Column::ConnectedAt,
            Column::LastOkAt,
            Column::UpdatedAt,
        ])
        .to_owned();
    let user_id = new.user_id;
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.raw()).await?;
    lists::add_watchlist(tx, user_id, now).await
}

/// Replaces the token pair of a connection that has one; returns `false` if the user has disconnected in the meantime.
#[boxed]
pub async fn set_token(tx: &Tx, user_id: UserId, token: Vec<u8>, now: Millis) -> Result<bool> {
    let update = of_user(user_id)
        .col_expr(Column::Token, Expr::value(token))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Token.is_not_null());
    Ok(update.run(tx).await? > 0)
}

/// Records the state of a connection. A disconnected account stays disconnected.
#[boxed]
pub async fn set_state(tx: &Tx, user_id: UserId, state: AccountState, now: Millis) -> Result<()> {
    of_user(user_id)
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::Token.is_not_null())
        .run(tx)
        .await?;
    Ok(())
}

/// Records that Trakt responded.
#[boxed]
pub async fn set_ok(tx: &Tx, user_id: UserId, now: Millis) -> Result<()> {
    of_user(user_id).col_expr(Column::LastOkAt, Expr::value(now)).run(tx).await?;
    Ok(())
}

/// Writes to the row without changing its content, to see whether it can be written.
#[boxed]
pub async fn touch(tx: &Tx, user_id: UserId, now: Millis) -> Result<()> {
    of_user(user_id).col_expr(Column::UpdatedAt, Expr::value(now)).run(tx).await?;
    Ok(())
}

/// Replaces the profile of a connected account.
#[boxed]
pub async fn set_profile(tx: &Tx, user_id: UserId, profile: Profile, now: Millis) -> Result<()> {
    of_user(user_id)
        .col_expr(Column::Username, Expr::value(profile.username))
        .col_expr(Column::Slug, Expr::value(profile.slug))
        .col_expr(Column::Name, Expr::value(profile.name))
        .col_expr(Column::AvatarUrl, Expr::value(profile.avatar_url))
        .col_expr(Column::IsVip, Expr::value(profile.is_vip))
        .col_expr(Column::Limits, Expr::value(profile.limits))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes the token and removes the account's watchlist from the lists; profile, timeline and queue are kept.
#[boxed]
pub async fn disconnect(tx: &Tx, user_id: UserId, now: Millis) -> Result<()> {
    of_user(user_id)
        .col_expr(Column::State, Expr::value(AccountState::Disconnected))
        .col_expr(Column::Token, Expr::value(Option::<Vec<u8>>::None))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .run(tx)
        .await?;
    lists::remove_watchlist(tx, user_id).await
}

/// Reactivates accounts stopped by the previous application, because a new one was configured; returns their users.
#[boxed]
pub async fn rearm(tx: &Tx, now: Millis) -> Result<Vec<UserId>> {
    let stopped = Column::State.eq(AccountState::ApplicationNotAllowed);
    let accounts = Entity::find().filter(stopped).all(&tx.raw()).await?;
    for account in &accounts {
        set_state(tx, account.user_id, AccountState::Connected, now).await?;
    }
    Ok(accounts.into_iter().map(|account| account.user_id).collect())
}

/// Reactivates an account because the user has confirmed that Trakt unlocked it.
#[boxed]
pub async fn unlock(tx: &Tx, user_id: UserId, now: Millis) -> Result<()> {
    of_user(user_id)
        .col_expr(Column::State, Expr::value(AccountState::Connected))
        .col_expr(Column::UpdatedAt, Expr::value(now))
        .filter(Column::State.is_in([AccountState::Locked, AccountState::Deactivated]))
        .run(tx)
        .await?;
    Ok(())
}

fn of_user(user_id: UserId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::UserId.eq(user_id))
}

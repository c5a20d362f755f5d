//! Users of this server.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::OnConflict,
};

use super::run::Run as _;
use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::{setting, user},
    ids::UserId,
    rows::User,
};

/// The setting that records that the first user was created.
const SET_UP: &str = "set_up";

/// A user to add.
#[derive(Clone)]
pub struct NewUser {
    /// User name as typed.
    pub username: String,
    /// Display name.
    pub display_name: String,
    /// Argon2id as a PHC string.
    pub password_hash: String,
    /// Whether the user may manage the server.
    pub is_admin: bool,
}

/// Returns the key by which user names are compared.
pub fn username_key(username: &str) -> String {
    username.trim().to_lowercase()
}

/// Adds a user; returns [`Conflict::Username`](crate::Conflict::Username) if the name is taken.
#[boxed]
pub async fn insert(tx: &Tx, new: NewUser, now: Millis) -> Result<User> {
    let row = user::ActiveModel {
        id: NotSet,
        username_key: Set(username_key(&new.username)),
        username: Set(new.username.trim().to_owned()),
        display_name: Set(new.display_name),
        password_hash: Set(new.password_hash),
        is_admin: Set(new.is_admin),
        preferences: Set(Json::Object(serde_json::Map::new())),
        created_at: Set(now),
    };
    Ok(row.insert(&tx.raw()).await?)
}

/// Adds the first user; returns `None` if there is one already. Of several simultaneous calls exactly one succeeds, on
/// all nodes: they compete for the primary key of a setting.
#[boxed]
pub async fn insert_first(tx: &Tx, new: NewUser, now: Millis) -> Result<Option<User>> {
    let mark = setting::ActiveModel { key: Set(SET_UP.to_owned()), value: Set(Json::Bool(true)) };
    let nothing = OnConflict::column(setting::Column::Key).do_nothing().to_owned();
    let marked = setting::Entity::insert(mark).on_conflict(nothing).exec_without_returning(&tx.raw()).await?;
    if marked == 0 || user::Entity::find().one(&tx.raw()).await?.is_some() {
        return Ok(None);
    }
    insert(tx, new, now).await.map(Some)
}

/// Returns all users, by name.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<User>> {
    Ok(user::Entity::find().order_by_asc(user::Column::UsernameKey).all(&conn.raw()).await?)
}

/// Returns a user.
#[boxed]
pub async fn find(conn: &dyn Conn, id: UserId) -> Result<Option<User>> {
    Ok(user::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// Returns a user by user name, case-insensitively.
#[boxed]
pub async fn find_by_username(conn: &dyn Conn, username: &str) -> Result<Option<User>> {
    let key = user::Column::UsernameKey.eq(username_key(username));
    Ok(user::Entity::find().filter(key).one(&conn.raw()).await?)
}

/// Returns a user, locked until the transaction ends.
#[boxed]
pub async fn lock(tx: &Tx, id: UserId) -> Result<Option<User>> {
    Ok(user::Entity::find_by_id(id).lock_exclusive().one(&tx.raw()).await?)
}

/// Returns the administrators, locked until the transaction ends, so that the last one cannot be removed.
#[boxed]
pub async fn lock_administrators(tx: &Tx) -> Result<Vec<UserId>> {
    let administrators = user::Entity::find()
        .filter(user::Column::IsAdmin.eq(true))
        .order_by_asc(user::Column::Id)
        .lock_exclusive()
        .all(&tx.raw())
        .await?;
    Ok(administrators.into_iter().map(|user| user.id).collect())
}

/// Saves a user. Take the row from [`lock`], so that no change in between is lost.
#[boxed]
pub async fn update(tx: &Tx, user: User) -> Result<User> {
    let row = user::ActiveModel {
        id: Unchanged(user.id),
        username: Unchanged(user.username),
        username_key: Unchanged(user.username_key),
        display_name: Set(user.display_name),
        password_hash: Set(user.password_hash),
        is_admin: Set(user.is_admin),
        preferences: Set(user.preferences),
        created_at: Unchanged(user.created_at),
    };
    Ok(row.update(&tx.raw()).await?)
}

/// Deletes a user with all their data; returns whether the user existed.
#[boxed]
pub async fn delete(tx: &Tx, id: UserId) -> Result<bool> {
    Ok(user::Entity::delete_by_id(id).run(tx).await? > 0)
}

//! People.

use crate::boxed;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Unchanged},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Set,
    sea_query::OnConflict,
};

use crate::{
    Conn, Json, Millis, Result, Tx,
    entities::{setting, user},
    ids::UserId,
    rows::User,
};

/// Setting that says that the first person was made.
const SET_UP: &str = "set_up";

/// A person to add.
#[derive(Clone)]
pub struct NewUser {
    /// Sign-in name, as typed.
    pub username: String,
    /// Shown name.
    pub display_name: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// May manage the server.
    pub is_admin: bool,
}

/// What makes two sign-in names the same.
pub fn username_key(username: &str) -> String {
    username.trim().to_lowercase()
}

/// Adds a person; [`Conflict::Username`](crate::Conflict::Username) when the name is taken.
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

/// Adds the first person; nothing when there is somebody already. Of several at once exactly one wins, on every node:
/// they meet at the primary key of a setting.
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

/// Everybody, by name.
#[boxed]
pub async fn list(conn: &dyn Conn) -> Result<Vec<User>> {
    Ok(user::Entity::find().order_by_asc(user::Column::UsernameKey).all(&conn.raw()).await?)
}

/// One person.
#[boxed]
pub async fn find(conn: &dyn Conn, id: UserId) -> Result<Option<User>> {
    Ok(user::Entity::find_by_id(id).one(&conn.raw()).await?)
}

/// One person by sign-in name, in any case.
#[boxed]
pub async fn find_by_username(conn: &dyn Conn, username: &str) -> Result<Option<User>> {
    let key = user::Column::UsernameKey.eq(username_key(username));
    Ok(user::Entity::find().filter(key).one(&conn.raw()).await?)
}

/// One person, whom no other transaction changes until this one ends.
#[boxed]
pub async fn lock(tx: &Tx, id: UserId) -> Result<Option<User>> {
    Ok(user::Entity::find_by_id(id).lock_exclusive().one(&tx.raw()).await?)
}

/// The administrators, whom no other transaction changes until this one ends: for "the last one stays".
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

/// Writes a person back. Take the row from [`lock`], so that no change in between is lost.
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

/// Removes a person with everything that is theirs; whether there was one.
#[boxed]
pub async fn delete(tx: &Tx, id: UserId) -> Result<bool> {
    Ok(user::Entity::delete_by_id(id).exec(&tx.raw()).await?.rows_affected > 0)
}

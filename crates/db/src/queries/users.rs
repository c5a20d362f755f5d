//! People.

use sea_orm::{
    ActiveModelTrait, ActiveValue::NotSet, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set,
};

use crate::{Conn, Json, Millis, Result, Tx, entities::user, rows::User};

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
    Ok(row.insert(tx.raw()).await?)
}

/// Everybody, by name.
pub async fn list(conn: &impl Conn) -> Result<Vec<User>> {
    Ok(user::Entity::find().order_by_asc(user::Column::UsernameKey).all(conn.raw()).await?)
}

/// One person.
pub async fn find(conn: &impl Conn, id: i64) -> Result<Option<User>> {
    Ok(user::Entity::find_by_id(id).one(conn.raw()).await?)
}

/// One person by sign-in name, in any case.
pub async fn find_by_username(conn: &impl Conn, username: &str) -> Result<Option<User>> {
    let key = user::Column::UsernameKey.eq(username_key(username));
    Ok(user::Entity::find().filter(key).one(conn.raw()).await?)
}

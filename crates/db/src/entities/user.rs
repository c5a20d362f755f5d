//! People of this server.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::UserId;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: UserId,
    /// As the person typed it.
    pub username: String,
    /// [`username_key`](crate::queries::users::username_key): lower case, unique.
    pub username_key: String,
    pub display_name: String,
    /// Argon2id, PHC string.
    pub password_hash: String,
    pub is_admin: bool,
    /// What the web client keeps: theme, volume, languages.
    pub preferences: Json,
    pub created_at: Millis,
}

/// Leaves out `password_hash`: secrets never reach a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("username", &self.username)
            .field("is_admin", &self.is_admin)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

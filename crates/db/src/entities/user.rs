//! Users of this server.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::UserId;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: UserId,
    /// As typed by the user.
    pub username: String,
    /// [`username_key`](crate::queries::users::username_key): lowercase, unique.
    pub username_key: String,
    pub display_name: String,
    /// Argon2id as a PHC string.
    pub password_hash: String,
    pub is_admin: bool,
    /// Settings of the web client: theme, volume, languages.
    pub preferences: Json,
    pub created_at: Millis,
}

/// Omits `password_hash`: secrets must never reach a log.
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

//! A user's connection to Trakt.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{TraktAccountId, UserId};
use crate::kinds::AccountState;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trakt_account")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: TraktAccountId,
    pub user_id: UserId,
    pub state: AccountState,
    /// Encrypted by `sync::secrets`.
    pub token: Option<Vec<u8>>,
    pub username: Option<String>,
    pub slug: Option<String>,
    pub name: Option<String>,
    pub avatar_url: Option<String>,
    pub is_vip: bool,
    pub limits: Json,
    pub connected_at: Option<Millis>,
    pub last_ok_at: Option<Millis>,
    pub updated_at: Millis,
}

/// Omits `token`: secrets must never reach a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TraktAccount")
            .field("user_id", &self.user_id)
            .field("state", &self.state)
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

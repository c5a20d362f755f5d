//! Lists that a user follows here.

use sea_orm::entity::prelude::*;

use crate::ids::{ListId, UserId};
use crate::kinds::{ListKind, ListState};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: ListId,
    pub user_id: UserId,
    pub kind: ListKind,
    /// Where the list is on Trakt; unique per user.
    pub source: String,
    pub name: String,
    pub description: Option<String>,
    /// The slug of the member who owns the list; `None` for Trakt's own lists.
    pub owner: Option<String>,
    /// The display name of that member.
    pub owner_name: Option<String>,
    /// The sort order chosen by the owner.
    pub sort_by: Option<String>,
    /// `asc` or `desc`.
    pub sort_how: Option<String>,
    pub state: ListState,
    /// Why the last read failed.
    pub failure: Option<Json>,
    /// The number of consecutive failures.
    pub failures: i32,
    /// The number of entries that are not titles: people and unknown kinds.
    pub others: i64,
    /// Trakt's time of the last change that was read completely; `None` forces a read.
    pub revision: Option<Millis>,
    /// When it was pinned as a row on Home.
    pub pinned_at: Option<Millis>,
    pub followed_at: Millis,
    /// When Trakt last responded to a request for it.
    pub read_at: Option<Millis>,
    /// When it was last read completely.
    pub full_at: Option<Millis>,
    /// When it is due to be read next.
    pub next_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

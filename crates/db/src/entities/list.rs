//! Lists that a person sees here.

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
    /// Where it is on Trakt: unique among the lists of a person.
    pub source: String,
    pub name: String,
    pub description: Option<String>,
    /// The slug of the member whose list it is; None: Trakt's.
    pub owner: Option<String>,
    /// The name of that member for people.
    pub owner_name: Option<String>,
    /// The order that its owner chose.
    pub sort_by: Option<String>,
    /// `asc` or `desc`.
    pub sort_how: Option<String>,
    pub state: ListState,
    /// Why it could not be read the last time.
    pub failure: Option<Json>,
    /// How often in a row it could not.
    pub failures: i32,
    /// Entries that are no titles: people, and kinds that are not known.
    pub others: i64,
    /// Trakt's time of the last change that was read completely; None: read it whatever Trakt says.
    pub revision: Option<Millis>,
    /// Since when it is a row on Home.
    pub pinned_at: Option<Millis>,
    pub followed_at: Millis,
    /// When Trakt last answered for it.
    pub read_at: Option<Millis>,
    /// When all of it was last read.
    pub full_at: Option<Millis>,
    /// When it is read next.
    pub next_at: Millis,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A folder or name in a library and the title it was matched with. Manual matches survive rescans.

use sea_orm::entity::prelude::*;

use crate::Millis;
use crate::ids::{LibraryId, MatchGroupId, TitleId};
use crate::kinds::{GroupKind, MatchState};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "match_group")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: MatchGroupId,
    pub library_id: LibraryId,
    pub key: String,
    pub kind: GroupKind,
    pub parsed_title: String,
    pub parsed_year: Option<i32>,
    pub state: MatchState,
    pub title_id: Option<TitleId>,
    pub candidates: Json,
    pub created_at: Millis,
    pub decided_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! The collection on Trakt, as sent from here.

use sea_orm::entity::prelude::*;

use crate::ids::{TitleId, UserId};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trakt_collection_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The account's slug on Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// The item and its quality as sent, in the format of `sync::push`.
    pub sent: Json,
    /// Why Trakt rejected it: a stable code.
    pub refused: Option<String>,
    /// The quality with which it is kept on Trakt although no file exists here, in the format of `sync::push`.
    pub kept: Option<Json>,
    /// It is not added again although there is a file, because the user has undone its addition.
    pub left_out: bool,
    /// `run_at` of the log entry that counts it among the additions of an import.
    pub run_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

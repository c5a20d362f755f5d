//! The collection on Trakt as it was sent.

use sea_orm::entity::prelude::*;

use crate::ids::{TitleId, UserId};
use crate::{Json, Millis};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trakt_collection_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The slug of the account at Trakt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub title_id: TitleId,
    /// How it was named, and its quality, in the format of `sync::push`.
    pub sent: Json,
    /// Why Trakt did not take it: a stable code.
    pub refused: Option<String>,
    /// With which quality it stays there although no file is here, in the format of `sync::push`.
    pub kept: Option<Json>,
    /// It stays out although there is a file: the person has undone that it was added.
    pub left_out: bool,
    /// `run_at` of the line in the log that counts it among what one import has added.
    pub run_at: Option<Millis>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

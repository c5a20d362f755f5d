//! How a user's viewings are synced with Trakt.

use sea_orm::entity::prelude::*;

use crate::ids::{PlayId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// The percentage from which a viewing counts; `None` for Trakt's threshold.
    pub watched_percent: Option<i32>,
    /// Withheld plays after this one have to be checked again; `None` if there are none to check.
    pub catch_up_after: Option<PlayId>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

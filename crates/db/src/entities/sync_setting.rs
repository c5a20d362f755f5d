//! How a person's watching is told to Trakt.

use sea_orm::entity::prelude::*;

use crate::ids::{PlayId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sync_setting")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// From where a viewing counts, in percent; None: Trakt's own mark.
    pub watched_percent: Option<i32>,
    /// The withheld plays beyond this one are to be looked at; None: there is nothing to look at.
    pub catch_up_after: Option<PlayId>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

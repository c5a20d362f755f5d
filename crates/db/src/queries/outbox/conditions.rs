//! Conditions that select rows.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, UpdateMany};

use crate::entities::outbox::{Column, Entity};
use crate::ids::{OutboxId, UserId};
use crate::kinds::OutboxState;

/// The states of a waiting row.
pub(super) const OPEN: [OutboxState; 3] = [OutboxState::Pending, OutboxState::InFlight, OutboxState::Unknown];

/// Selects a user's waiting rows.
pub(super) fn open(user_id: UserId) -> Condition {
    Condition::all().add(Column::UserId.eq(user_id)).add(Column::State.is_in(OPEN))
}

/// Selects a user's waiting and failed rows.
pub(super) fn shown(user_id: UserId) -> Condition {
    let states = OPEN.into_iter().chain([OutboxState::Failed]);
    Condition::all().add(Column::UserId.eq(user_id)).add(Column::State.is_in(states))
}

/// Updates a single row.
pub(in crate::queries) fn one(id: OutboxId) -> UpdateMany<Entity> {
    Entity::update_many().filter(Column::Id.eq(id))
}

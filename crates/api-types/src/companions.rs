//! Watching together.

use db::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// Who can watch together with the person at a player.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Companions {
    /// Everybody who allows it.
    pub people: Vec<Companion>,
}

/// Somebody who can watch together with others.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Companion {
    /// Who.
    #[schema(value_type = i64)]
    pub id: UserId,
    /// Their name.
    pub display_name: String,
    /// Whether they are watching.
    pub watching: bool,
}

/// Whether the others may say that this person watches together with them.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WatchingTogether {
    /// They may.
    pub allowed: bool,
}

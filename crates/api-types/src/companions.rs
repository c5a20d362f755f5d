//! Watching together.

use db::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// The users who can watch together with the user at a player.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Companions {
    /// Everyone who allows it.
    pub people: Vec<Companion>,
}

/// A user who can watch together with others.
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

/// Whether other users may add this user when watching together.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WatchingTogether {
    /// Whether it is allowed.
    pub allowed: bool,
}

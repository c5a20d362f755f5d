//! Watching together.

use db::ids::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// The users who can be added to a playback, to watch together.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Companions {
    /// All users who allow it.
    pub people: Vec<Companion>,
}

/// A user who can watch together with others.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Companion {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: UserId,
    /// Their name.
    pub display_name: String,
    /// Whether they have been added to this playback.
    pub watching: bool,
}

/// Whether other users may add this user when watching together.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct WatchingTogether {
    /// Whether it is allowed.
    pub allowed: bool,
}

//! What people do with each other: follow and comment.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::item::Item;

/// Somebody follows somebody, or waits for their approval.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Follow {
    pub id: u64,
    /// Username of the follower.
    pub from: String,
    /// Username of the followed.
    pub to: String,
    pub at: DateTime<Utc>,
    pub approved: bool,
}

/// A comment on an item, or a reply to one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Comment {
    pub id: u64,
    /// The comment that it answers; 0 when it is none.
    pub parent: u64,
    /// Username of the author.
    pub author: String,
    pub item: Item,
    pub text: String,
    pub spoiler: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Usernames and when they liked it.
    pub likes: Vec<(String, DateTime<Utc>)>,
}

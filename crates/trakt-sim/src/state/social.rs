//! Interactions between users: following and commenting.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::item::Item;

/// A user who follows another, or is waiting for approval.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Follow {
    pub id: u64,
    /// The follower's username.
    pub from: String,
    /// The followed user's username.
    pub to: String,
    pub at: DateTime<Utc>,
    pub approved: bool,
}

/// A comment on an item, or a reply to one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Comment {
    pub id: u64,
    /// The comment it replies to; 0 if it is not a reply.
    pub parent: u64,
    /// The author's username.
    pub author: String,
    pub item: Item,
    pub text: String,
    pub spoiler: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Usernames and when they liked it.
    pub likes: Vec<(String, DateTime<Utc>)>,
}

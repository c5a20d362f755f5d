//! Lists of members and of Trakt.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::lenient::{invalid_is_none, null_is_default};
use super::{Images, ListItemId, Media, PathId, Privacy, SortBy, SortHow, TraktId, User};

/// A list of a member or of Trakt.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct UserList {
    #[serde(default, deserialize_with = "null_is_default")]
    pub name: String,
    pub ids: ListIds,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub description: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub privacy: Option<Privacy>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub share_link: Option<String>,
    /// `personal`, `official`, `watchlist`, `favorites` or `recommendations`.
    #[serde(rename = "type", default, deserialize_with = "invalid_is_none")]
    pub kind: Option<String>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub display_numbers: bool,
    #[serde(default, deserialize_with = "null_is_default")]
    pub allow_comments: bool,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub sort_by: Option<SortBy>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub sort_how: Option<SortHow>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub created_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub updated_at: Option<DateTime<Utc>>,
    #[serde(default, deserialize_with = "null_is_default")]
    pub item_count: u64,
    #[serde(default, deserialize_with = "null_is_default")]
    pub comment_count: u64,
    #[serde(default, deserialize_with = "null_is_default")]
    pub likes: u64,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub user: Option<User>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub images: Option<Images>,
}

/// A list's ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct ListIds {
    /// Trakt's id; it stays the same if the list is renamed.
    pub trakt: TraktId,
    /// Derived from the name.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub slug: Option<String>,
}

impl From<&ListIds> for PathId {
    fn from(ids: &ListIds) -> Self {
        ids.trakt.into()
    }
}

/// An entry on a list, the watchlist or the favorites.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ListEntry {
    /// The entry's own id, for reordering and notes.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub id: Option<ListItemId>,
    /// Its position, from 1.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub rank: Option<u64>,
    /// When it was added.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub listed_at: Option<DateTime<Utc>>,
    /// The owner's notes.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub notes: Option<String>,
    /// The item.
    #[serde(flatten)]
    pub media: Media,
}

/// A list among the popular or trending ones.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct ChartedList {
    #[serde(default, deserialize_with = "null_is_default")]
    pub like_count: u64,
    #[serde(default, deserialize_with = "null_is_default")]
    pub comment_count: u64,
    pub list: UserList,
}

/// A list that a member likes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct LikedList {
    /// Since when.
    pub liked_at: DateTime<Utc>,
    /// The list.
    pub list: UserList,
}

/// A member who likes a list.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ListLike {
    /// Since when.
    pub liked_at: DateTime<Utc>,
    /// The member.
    pub user: User,
}

/// A new list.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct NewList {
    pub name: String,
    pub description: Option<String>,
    /// Trakt makes a list private by default.
    pub privacy: Option<Privacy>,
    pub display_numbers: Option<bool>,
    pub allow_comments: Option<bool>,
    pub sort_by: Option<SortBy>,
    pub sort_how: Option<SortHow>,
}

impl NewList {
    /// A list with this name and Trakt's defaults.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A change to a list; `None` leaves a field unchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct ListChange {
    pub name: Option<String>,
    pub description: Option<String>,
    pub privacy: Option<Privacy>,
    pub display_numbers: Option<bool>,
    pub allow_comments: Option<bool>,
    pub sort_by: Option<SortBy>,
    pub sort_how: Option<SortHow>,
}

/// A change to one entry.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EntryChange {
    /// New notes; an empty text removes them.
    pub notes: Option<String>,
    /// New position, from 1.
    pub rank: Option<u64>,
}

/// The response to reordering.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Reordered {
    /// How many entries moved.
    pub updated: u64,
    /// Ids that are not on the list.
    pub skipped_ids: Vec<u64>,
}

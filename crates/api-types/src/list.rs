//! Lists from Trakt: the watchlist of the connected account, and lists that the user follows.

use chrono::{DateTime, Utc};
use db::ids::{ListId, TitleId};
use db::kinds::{ListKind, ListState, TitleKind};
use serde::Serialize;
use utoipa::ToSchema;

use super::title::{Image, TitleCard};

/// A list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List {
    /// Identity.
    #[schema(value_type = i64)]
    pub id: ListId,
    /// What it is on Trakt.
    pub kind: ListKind,
    /// Whether it is part of the Trakt connection and cannot be unfollowed.
    pub system: bool,
    /// Its name. Watchlists, favorites and collections have no name of their own: see `kind`.
    pub name: String,
    /// The owner's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ListOwner>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it can still be read on Trakt. Its contents are kept in any case.
    pub state: ListState,
    /// Why it is not up to date, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<NotCurrent>,
    /// The order chosen for it on Trakt, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<ListOrder>,
    /// The number of titles on it.
    pub item_count: i64,
    /// How many of them are in the library.
    pub in_library_count: i64,
    /// How many of them the user has watched.
    pub watched_count: i64,
    /// How many entries are not titles (for example people) and are not shown.
    pub other_count: i64,
    /// Whether it is pinned to the home page.
    pub pinned: bool,
    /// Posters of its first titles, at most four.
    pub posters: Vec<Image>,
    /// When it was added here.
    pub followed_at: DateTime<Utc>,
    /// When it was last read from Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_at: Option<DateTime<Utc>>,
    /// When it is read next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_refresh_at: Option<DateTime<Utc>>,
}

/// Why a list is not up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotCurrent {
    /// It is no longer on Trakt, or no longer public.
    Gone,
    /// Its owner no longer shares it.
    Private,
    /// Syncing the watchlist is switched off.
    SwitchedOff,
    /// The watchlist was not imported.
    NotImported,
    /// Trakt is not connected.
    NotConnected,
    /// Trakt asked to slow down.
    RateLimited,
    /// Trakt's network blocks this server's address.
    EdgeBlocked,
    /// Trakt's last response was incomplete.
    Incomplete,
    /// Trakt shows it only to VIP members.
    VipNeeded,
    /// It could not be refreshed.
    NotRefreshed,
}

/// The order of a list on Trakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListOrder {
    /// The sort key in Trakt's notation: `rank`, `added`, `title`, `my_rating` and so on.
    pub by: String,
    /// `asc` or `desc`.
    pub how: String,
    /// Whether the titles are shown here in this order. Orders that change on their own or differ between users are
    /// not reproduced: such lists are sorted by rank.
    pub kept: bool,
}

/// A Trakt user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListOwner {
    /// The name in URLs.
    pub slug: String,
    /// The display name.
    pub name: String,
}

/// A title on a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListItem {
    /// The title, including whether it is watched and on the watchlist.
    pub title: TitleCard,
    /// Whether it has files.
    pub in_library: bool,
}

/// A list and part of its contents, in order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListDetail {
    /// The list.
    pub list: List,
    /// The titles.
    pub items: Vec<ListItem>,
    /// How many titles match the filter.
    pub total: i64,
    /// The offset of this part.
    pub offset: i64,
}

/// A list before it is followed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListPreview {
    /// What it is on Trakt.
    pub kind: ListKind,
    /// Its name.
    pub name: String,
    /// The owner's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ListOwner>,
    /// The number of entries, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_count: Option<i64>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The first titles on it.
    pub titles: Vec<ListPreviewTitle>,
    /// The identity of the list on this server, if it is already followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub followed: Option<ListId>,
}

/// A title on a list that is not followed yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListPreviewTitle {
    /// What it is.
    pub kind: TitleKind,
    /// Its name; for a season or episode, the name of its show.
    pub name: String,
    /// Year of release or first broadcast.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// Season (seasons and episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season_number: Option<i64>,
    /// Number in the season (episodes).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub episode_number: Option<i64>,
    /// The identity of the title on this server, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub title_id: Option<TitleId>,
    /// Its poster, if known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Whether it has files.
    pub in_library: bool,
}

/// One of the connected account's own lists, or one that it likes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListChoice {
    /// What it is on Trakt.
    pub kind: ListKind,
    /// Whether it is one of the account's own.
    pub own: bool,
    /// Its name.
    pub name: String,
    /// Its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ListOwner>,
    /// The number of entries, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_count: Option<i64>,
    /// The address for following it.
    pub url: String,
    /// The identity of the list on this server, if it is already followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub followed: Option<ListId>,
}

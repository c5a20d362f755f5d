//! Lists from Trakt: the watchlist of the connected account, and lists that a person follows.

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
    /// It comes and goes with the Trakt connection, and cannot be unfollowed.
    pub system: bool,
    /// Its name. Watchlists, favorites and collections have none of their own: what they are is said by `kind`.
    pub name: String,
    /// What its owner says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The member whose list it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ListOwner>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether it can still be read on Trakt. What was on it is kept in any case.
    pub state: ListState,
    /// Why it is not up to date, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The same as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<NotCurrent>,
    /// The order that was chosen for it on Trakt, where Trakt says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<ListOrder>,
    /// How many titles are on it.
    pub item_count: i64,
    /// How many of them are in the library.
    pub in_library_count: i64,
    /// How many of them this person has watched.
    pub watched_count: i64,
    /// How many entries are no titles (people, say) and are not shown.
    pub other_count: i64,
    /// It is a row on the home page.
    pub pinned: bool,
    /// Posters of its first titles, at most four.
    pub posters: Vec<Image>,
    /// Since when it is here.
    pub followed_at: DateTime<Utc>,
    /// When Trakt last answered for it.
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
    /// Trakt shows it to VIP members only.
    VipNeeded,
    /// It could not be refreshed.
    NotRefreshed,
}

/// The order of a list on Trakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListOrder {
    /// By what, in Trakt's words: `rank`, `added`, `title`, `my_rating` and so on.
    pub by: String,
    /// `asc` or `desc`.
    pub how: String,
    /// Whether the titles are shown here in this order. Orders that change by themselves or are different for everybody are
    /// not kept up: then they are shown by rank.
    pub kept: bool,
}

/// A member of Trakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListOwner {
    /// The name in addresses.
    pub slug: String,
    /// The name for people.
    pub name: String,
}

/// A title on a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListItem {
    /// The title, with whether it is watched and on the watchlist.
    pub title: TitleCard,
    /// Whether there are files of it.
    pub in_library: bool,
}

/// A list and part of what is on it, in its order.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListDetail {
    /// The list.
    pub list: List,
    /// The titles.
    pub items: Vec<ListItem>,
    /// How many titles fit the filter.
    pub total: i64,
    /// Where this part begins.
    pub offset: i64,
}

/// A list before it is followed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListPreview {
    /// What it is on Trakt.
    pub kind: ListKind,
    /// Its name.
    pub name: String,
    /// What its owner says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The member whose list it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ListOwner>,
    /// How many entries it has, where Trakt says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_count: Option<i64>,
    /// Its page on Trakt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The first titles on it.
    pub titles: Vec<ListPreviewTitle>,
    /// The list here, when it is followed already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub followed: Option<ListId>,
}

/// A title on a list that is not followed yet.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListPreviewTitle {
    /// What it is.
    pub kind: TitleKind,
    /// Its name; of a season or an episode that of its show.
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
    /// The title here, when it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub title_id: Option<TitleId>,
    /// Its poster, when it is known here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub poster: Option<Image>,
    /// Whether there are files of it.
    pub in_library: bool,
}

/// A list of the connected account's own, or one that it likes.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ListChoice {
    /// What it is on Trakt.
    pub kind: ListKind,
    /// It is one of the account's own.
    pub own: bool,
    /// Its name.
    pub name: String,
    /// The member whose list it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<ListOwner>,
    /// How many entries it has, where Trakt says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item_count: Option<i64>,
    /// Its address, to follow it by.
    pub url: String,
    /// The list here, when it is followed already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<i64>)]
    pub followed: Option<ListId>,
}

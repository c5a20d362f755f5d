//! The settings of the connected account.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::User;
use super::lenient::{invalid_is_default, invalid_is_none};

/// `/users/settings`: the connected account, its settings and its limits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Settings {
    /// The member.
    pub user: User,
    /// Time zone and formats.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub account: Option<AccountSettings>,
    /// The account's limits. History, ratings and collection also have limits, but the only sign of them is a 420
    /// ([`Error::AccountLimit`](crate::Error::AccountLimit)).
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub limits: Option<AccountLimits>,
    /// Browsing settings.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub browsing: Option<Browsing>,
}

/// Time zone and formats.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct AccountSettings {
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub timezone: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub date_format: Option<String>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub time_24hr: Option<bool>,
}

/// The parts of the browsing settings that concern a player.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Browsing {
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub hide_watching_now: Option<bool>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub watch_only_once: Option<bool>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub show_rating_prompt: Option<bool>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub locale: Option<String>,
    /// Whether and when Trakt adds a play when an item is rated, in Trakt's notation.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub watch_after_rating: Option<String>,
    /// Spoiler settings.
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub spoilers: Option<Spoilers>,
    #[serde(default, deserialize_with = "invalid_is_none")]
    pub progress: Option<ProgressSettings>,
}

/// What to hide for unwatched items, in Trakt's notation; `None` means that nothing is hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct Spoilers {
    #[serde(deserialize_with = "invalid_is_none")]
    pub episodes: Option<String>,
    #[serde(deserialize_with = "invalid_is_none")]
    pub shows: Option<String>,
    #[serde(deserialize_with = "invalid_is_none")]
    pub movies: Option<String>,
    #[serde(deserialize_with = "invalid_is_none")]
    pub comments: Option<String>,
    #[serde(deserialize_with = "invalid_is_none")]
    pub ratings: Option<String>,
    #[serde(deserialize_with = "invalid_is_none")]
    pub actors: Option<String>,
}

/// How progress is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ProgressSettings {
    /// For watched shows.
    #[serde(deserialize_with = "invalid_is_default")]
    pub watched: WatchedProgressSettings,
}

/// How the progress of watched shows is counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct WatchedProgressSettings {
    /// Whether specials count.
    #[serde(deserialize_with = "invalid_is_none")]
    pub include_specials: Option<bool>,
}

/// `/users/settings/plex`: whether Trakt itself imports plays from a Plex server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PlexSettings {
    /// The connection to a Plex server.
    #[serde(deserialize_with = "invalid_is_default")]
    pub connection: PlexConnection,
    /// The address that Plex calls on every play.
    #[serde(deserialize_with = "invalid_is_default")]
    pub webhook: PlexWebhook,
}

/// The connection to a Plex server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PlexConnection {
    /// Whether it exists; `None` means unknown.
    #[serde(deserialize_with = "invalid_is_none")]
    pub connected: Option<bool>,
}

/// The webhook of a Plex server. Its address contains a secret of the account, so it does not appear in `Debug`.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PlexWebhook {
    /// The address; every account may have one, whether Plex uses it or not.
    #[serde(deserialize_with = "invalid_is_none")]
    pub url: Option<String>,
}

impl fmt::Debug for PlexWebhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlexWebhook").field("url", &self.url.as_ref().map(|_| "[redacted]")).finish()
    }
}

/// Limits of the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AccountLimits {
    /// Personal lists: how many, and how many items each.
    pub list: ListLimits,
    /// The watchlist.
    pub watchlist: ItemLimits,
    /// Favorites.
    pub favorites: ItemLimits,
}

/// Limits of personal lists.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListLimits {
    /// How many lists.
    pub count: Option<u64>,
    /// How many items on each.
    pub item_count: Option<u64>,
}

/// A limit of items.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ItemLimits {
    /// How many items.
    pub item_count: Option<u64>,
}

/// A change to settings; `None` leaves a field unchanged.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SettingsChange {
    /// About the member.
    pub user: Option<UserChange>,
    /// About browsing.
    pub browsing: Option<BrowsingChange>,
}

/// A change to the member's profile.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct UserChange {
    pub name: Option<String>,
    pub about: Option<String>,
    pub location: Option<String>,
    pub private: Option<bool>,
}

/// A change to the browsing settings.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the field names are the documentation")]
pub struct BrowsingChange {
    pub watch_only_once: Option<bool>,
    pub show_rating_prompt: Option<bool>,
    pub locale: Option<String>,
}

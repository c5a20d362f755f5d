//! When each category last changed.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::lenient::odd_is_none;

macro_rules! activity {
    ($(#[$meta:meta])* $name:ident { $($field:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
        #[serde(default)]
        #[allow(missing_docs, reason = "the field names are Trakt's")]
        pub struct $name {
            $(#[serde(deserialize_with = "odd_is_none")] pub $field: Option<DateTime<Utc>>,)+
        }
    };
}

/// `/sync/last_activities`: additions **and removals** move these times, so a category whose time stands still need not
/// be read. A time that Trakt does not give is `None`: unknown, not "never".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are Trakt's")]
pub struct LastActivities {
    #[serde(deserialize_with = "odd_is_none")]
    pub all: Option<DateTime<Utc>>,
    pub movies: MovieActivities,
    pub episodes: EpisodeActivities,
    pub shows: ShowActivities,
    pub seasons: SeasonActivities,
    pub lists: ListActivities,
    pub watchlist: Updated,
    pub favorites: Updated,
    pub account: AccountActivities,
}

activity! {
    /// For movies.
    MovieActivities {
        watched_at, collected_at, rated_at, watchlisted_at, favorited_at, commented_at, paused_at, hidden_at,
    }
}
activity! {
    /// For episodes.
    EpisodeActivities { watched_at, collected_at, rated_at, watchlisted_at, commented_at, paused_at }
}
activity! {
    /// For shows.
    ShowActivities { rated_at, watchlisted_at, favorited_at, commented_at, hidden_at, dropped_at }
}
activity! {
    /// For seasons.
    SeasonActivities { rated_at, watchlisted_at, commented_at, hidden_at }
}
activity! {
    /// For lists.
    ListActivities { liked_at, reacted_at, updated_at, commented_at }
}
activity! {
    /// For one list-like thing.
    Updated { updated_at }
}
activity! {
    /// For the account.
    AccountActivities { settings_at, followed_at, following_at, pending_at, requested_at }
}

//! When each category last changed.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::lenient::{invalid_is_default, invalid_is_none};

macro_rules! activity {
    ($(#[$meta:meta])* $name:ident { $($field:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
        #[serde(default)]
        #[allow(missing_docs, reason = "the field names are Trakt's")]
        pub struct $name {
            $(#[serde(deserialize_with = "invalid_is_none")] pub $field: Option<DateTime<Utc>>,)+
        }
    };
}

/// `/sync/last_activities`: additions **and removals** advance these times, so a category whose time has not changed need
/// not be read. `None` means "never": nothing has happened in this category, or Trakt does not report it.
///
/// Times are whole seconds, and several changes can share one. So read everything that is not older than the last known
/// time, and recognise changes that were already processed by their content.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the field names are Trakt's")]
pub struct LastActivities {
    #[serde(deserialize_with = "invalid_is_none")]
    pub all: Option<DateTime<Utc>>,
    #[serde(deserialize_with = "invalid_is_default")]
    pub movies: MovieActivities,
    #[serde(deserialize_with = "invalid_is_default")]
    pub episodes: EpisodeActivities,
    #[serde(deserialize_with = "invalid_is_default")]
    pub shows: ShowActivities,
    #[serde(deserialize_with = "invalid_is_default")]
    pub seasons: SeasonActivities,
    #[serde(deserialize_with = "invalid_is_default")]
    pub comments: CommentActivities,
    #[serde(deserialize_with = "invalid_is_default")]
    pub lists: ListActivities,
    #[serde(deserialize_with = "invalid_is_default")]
    pub watchlist: Updated,
    #[serde(deserialize_with = "invalid_is_default")]
    pub favorites: Updated,
    #[serde(deserialize_with = "invalid_is_default")]
    pub collaborations: Updated,
    #[serde(deserialize_with = "invalid_is_default")]
    pub saved_filters: Updated,
    #[serde(deserialize_with = "invalid_is_default")]
    pub notes: Updated,
    #[serde(deserialize_with = "invalid_is_default")]
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
    /// For comments.
    CommentActivities { liked_at, reacted_at, blocked_at }
}
activity! {
    /// For lists.
    ListActivities { liked_at, reacted_at, updated_at, commented_at }
}
activity! {
    /// For a category with a single time.
    Updated { updated_at }
}
activity! {
    /// For the account.
    AccountActivities { settings_at, followed_at, following_at, pending_at, requested_at }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn unknown_and_missing_categories_do_not_hide_the_others() {
        let answer = json!({
            "all": "2026-10-01T20:00:00.000Z",
            "holograms": {"watched_at": "2026-10-01T20:00:00.000Z"},
            "movies": {"watched_at": "2026-10-01T20:00:00.000Z", "rated_at": null},
            "shows": null,
            "notes": {"updated_at": "2026-10-01T20:00:01.000Z"},
        });
        let activities: LastActivities = serde_json::from_value(answer).unwrap();
        assert_eq!(activities.movies.watched_at, activities.all);
        assert!(activities.notes.updated_at > activities.all);
        assert_eq!(activities.movies.rated_at, None);
        assert_eq!(activities.shows, ShowActivities::default());
        assert_eq!(activities.comments, CommentActivities::default());
    }
}

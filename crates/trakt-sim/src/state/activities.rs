//! `/sync/last_activities`: when each category last changed. Additions and removals both update it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::clock::stamp;
use crate::item::Kind;

/// A timestamp in `/sync/last_activities`, named after its path there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Activity {
    Watched(Kind),
    Collected(Kind),
    Rated(Kind),
    Watchlisted(Kind),
    Favorited(Kind),
    Paused(Kind),
    Hidden(Kind),
    Dropped,
    Watchlist,
    Favorites,
    Lists,
    ListLiked,
    Settings,
    Commented(Kind),
    CommentLiked,
    Followed,
    Following,
    Pending,
    Requested,
}

impl Activity {
    fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Watched(kind) => (kind.plural(), "watched_at"),
            Self::Collected(kind) => (kind.plural(), "collected_at"),
            Self::Rated(kind) => (kind.plural(), "rated_at"),
            Self::Watchlisted(kind) => (kind.plural(), "watchlisted_at"),
            Self::Favorited(kind) => (kind.plural(), "favorited_at"),
            Self::Paused(kind) => (kind.plural(), "paused_at"),
            Self::Hidden(kind) => (kind.plural(), "hidden_at"),
            Self::Dropped => ("shows", "dropped_at"),
            Self::Watchlist => ("watchlist", "updated_at"),
            Self::Favorites => ("favorites", "updated_at"),
            Self::Lists => ("lists", "updated_at"),
            Self::ListLiked => ("lists", "liked_at"),
            Self::Settings => ("account", "settings_at"),
            Self::Commented(kind) => (kind.plural(), "commented_at"),
            Self::CommentLiked => ("comments", "liked_at"),
            Self::Followed => ("account", "followed_at"),
            Self::Following => ("account", "following_at"),
            Self::Pending => ("account", "pending_at"),
            Self::Requested => ("account", "requested_at"),
        }
    }
}

/// All parts of the response, in order.
const PLACES: [(&str, &[&str]); 13] = [
    (
        "movies",
        &[
            "watched_at",
            "collected_at",
            "rated_at",
            "watchlisted_at",
            "favorited_at",
            "commented_at",
            "paused_at",
            "hidden_at",
        ],
    ),
    ("episodes", &["watched_at", "collected_at", "rated_at", "watchlisted_at", "commented_at", "paused_at"]),
    ("shows", &["rated_at", "watchlisted_at", "favorited_at", "commented_at", "hidden_at", "dropped_at"]),
    ("seasons", &["rated_at", "watchlisted_at", "commented_at", "hidden_at"]),
    ("comments", &["liked_at", "reacted_at", "blocked_at"]),
    ("lists", &["liked_at", "reacted_at", "updated_at", "commented_at"]),
    ("watchlist", &["updated_at"]),
    ("favorites", &["updated_at"]),
    ("collaborations", &["updated_at"]),
    ("account", &["settings_at", "followed_at", "following_at", "pending_at", "requested_at"]),
    ("saved_filters", &["updated_at"]),
    ("notes", &["updated_at"]),
    ("recommendations", &["updated_at"]),
];

/// When a user's categories last changed; the default is the time at which the account was created.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(crate) struct Activities(BTreeMap<String, DateTime<Utc>>);

impl Activities {
    pub(crate) fn moved(&mut self, activity: Activity, now: DateTime<Utc>) {
        let (group, name) = activity.place();
        self.0.insert(format!("{group}.{name}"), now);
    }

    /// Returns the body of the response.
    pub(crate) fn view(&self, joined_at: DateTime<Utc>) -> Value {
        let newest = self.0.values().copied().max().unwrap_or(joined_at);
        let mut body = serde_json::Map::new();
        body.insert("all".into(), json!(stamp(newest)));
        for (group, names) in PLACES {
            let times = names.iter().map(|name| {
                let at = self.0.get(&format!("{group}.{name}")).copied().unwrap_or(joined_at);
                ((*name).to_owned(), json!(stamp(at)))
            });
            body.insert(group.into(), Value::Object(times.collect()));
        }
        Value::Object(body)
    }
}

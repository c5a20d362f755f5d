//! Users, their settings and their lists.

use serde::Serialize;
use serde_json::{Value, json};

use super::values::Stamp;
use super::view::Extended;
use crate::config::AccountLimits;
use crate::state::{List, Privacy, SmartList, User};

/// A profile. `full` adds the members for `extended=full`.
pub(crate) struct UserView;

impl UserView {
    pub(crate) fn short(user: &User) -> Value {
        json!({
            "username": user.username,
            "private": user.private,
            "deleted": false,
            "name": user.name,
            "vip": user.vip,
            "vip_ep": false,
            "director": false,
            "ids": {"slug": user.slug(), "trakt": user.id},
        })
    }

    pub(crate) fn full(user: &User, base_url: &str) -> Value {
        let mut profile = Self::short(user);
        let more = json!({
            "joined_at": Stamp(user.joined_at),
            "location": user.location,
            "about": user.about,
            "gender": null,
            "age": null,
            "images": {"avatar": {"full": format!("{base_url}/images/users/{}/avatar.jpg", user.id)}},
            "vip_og": false,
            "vip_years": i64::from(user.vip),
            "vip_cover_image": null,
        });
        merge(&mut profile, more);
        profile
    }

    /// Returns the owner of official lists.
    pub(crate) fn trakt() -> Value {
        json!({"username": "trakt", "private": false, "deleted": false, "name": "Trakt", "vip": true, "vip_ep": false,
               "director": false, "ids": {"slug": "trakt", "trakt": 1}})
    }
}

/// Merges the members of `more` into `into`, recursively for objects.
pub(crate) fn merge(into: &mut Value, more: Value) {
    match (into, more) {
        (Value::Object(into), Value::Object(more)) => {
            for (key, value) in more {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, more) => *into = more,
    }
}

/// `GET /users/settings`. The browsing settings are only included with `extended=browsing`.
pub(crate) fn settings(user: &User, limits: &AccountLimits, base_url: &str, extended: Extended) -> Value {
    let mut profile = UserView::full(user, base_url);
    merge(&mut profile, json!({"ids": {"uuid": user.uuid}, "dob": null}));
    let mut settings = json!({
        "user": profile,
        "account": {"timezone": "UTC", "date_format": "dmy", "time_24hr": true, "cover_image": null, "token": null,
                    "display_ads": !user.vip},
        "connections": {"facebook": false, "twitter": false, "mastodon": false, "google": false, "tumblr": false,
                        "medium": false, "slack": false, "apple": false, "dropbox": false, "microsoft": false},
        "sharing_text": {"watching": "I'm watching [item]", "watched": "I just watched [item]", "rated": null},
        "limits": {
            "list": {"count": limits.lists, "item_count": limits.list_items},
            "watchlist": {"item_count": limits.watchlist},
            "favorites": {"item_count": limits.favorites},
        },
        "permissions": {"commenting": true, "liking": true, "following": true},
    });
    if extended.browsing {
        let mut browsing = browsing();
        merge(&mut browsing, Value::Object(user.browsing.clone()));
        settings["browsing"] = browsing;
    }
    settings
}

fn browsing() -> Value {
    let progress = json!({"refresh": false, "simple_progress": false, "include_specials": false,
        "include_watchlisted": false, "include_collected": false, "include_watched": false, "sort": "activity",
        "sort_how": "desc", "use_last_activity": false, "grid_view": false});
    json!({
        "watch_popup_action": "ask", "hide_watching_now": false, "list_popup_action": "add", "week_start_day": "monday",
        "watch_after_rating": "ask", "watch_only_once": false, "show_rating_prompt": true, "locale": "en",
        "other_site_ratings": true, "release_date_ignore_runtime": false, "display_early_ratings": false,
        "hide_episode_type_tags": false, "hide_unsaved_filters_prompt": false,
        "spoilers": {"episodes": "show", "shows": "show", "movies": "show", "comments": "hide", "ratings": "show",
                     "actors": "show"},
        "calendar": {"period": "month", "start_day": "monday", "layout": "grid", "image_type": "posters",
                     "hide_specials": false, "autoscroll": true},
        "progress": {
            "on_deck": {"sort": "activity", "sort_how": "desc", "refresh": false, "simple_progress": false,
                        "only_favorites": false},
            "watched": progress,
            "collected": progress,
        },
        "watchnow": {"country": "gb", "favorites": [], "only_favorites": false},
        "dark_knight": "auto", "app_theme": null,
        "welcome": {"completed_at": null, "exit_step": null},
        "genres": {"favorites": [], "disliked": []},
        "comments": {"blocked_uids": []},
        "recommendations": {"ignore_collected": true, "ignore_watchlisted": false},
        "rewatching": {"adjust_percentage": false},
        "profile": {"favorites": {"sort_by": "rank", "sort_how": "asc"},
                    "most_watched_shows": {"sort_by": "plays", "tab": "all"},
                    "most_watched_movies": {"sort_by": "plays", "tab": "all"}},
        "search": {"image_type": "posters", "recent_queries": []},
    })
}

/// A list without its items.
#[derive(Serialize)]
pub(crate) struct ListView<'a> {
    name: &'a str,
    description: Option<&'a str>,
    privacy: Privacy,
    share_link: String,
    #[serde(rename = "type")]
    kind: &'static str,
    display_numbers: bool,
    allow_comments: bool,
    sort_by: &'a str,
    sort_how: &'a str,
    created_at: Stamp,
    updated_at: Stamp,
    item_count: usize,
    comment_count: usize,
    likes: usize,
    ids: ListIds<'a>,
    user: Value,
}

#[derive(Serialize)]
struct ListIds<'a> {
    trakt: u64,
    slug: &'a str,
}

impl<'a> ListView<'a> {
    pub(crate) fn new(list: &'a List, owner: Option<&User>) -> Self {
        Self {
            name: &list.name,
            description: list.description.as_deref(),
            privacy: list.privacy,
            share_link: format!("https://trakt.tv/lists/{}", list.id),
            kind: if list.owner.is_some() { "personal" } else { "official" },
            display_numbers: list.display_numbers,
            allow_comments: list.allow_comments,
            sort_by: &list.sort_by,
            sort_how: &list.sort_how,
            created_at: Stamp(list.created_at),
            updated_at: Stamp(list.listing.updated_at),
            item_count: list.listing.items.len() + list.people.len(),
            comment_count: 0,
            likes: list.likes.len(),
            ids: ListIds { trakt: list.id, slug: &list.slug },
            user: owner.map_or_else(UserView::trakt, UserView::short),
        }
    }
}

/// A smart list.
#[derive(Serialize)]
pub(crate) struct SmartListView<'a> {
    name: &'a str,
    privacy: &'a str,
    created_at: Stamp,
    updated_at: Stamp,
    ids: ListIds<'a>,
    images: Value,
    source: &'a str,
    media_type: &'a str,
    filters: &'a Value,
}

impl<'a> SmartListView<'a> {
    pub(crate) fn new(list: &'a SmartList) -> Self {
        Self {
            name: &list.name,
            privacy: &list.privacy,
            created_at: Stamp(list.created_at),
            updated_at: Stamp(list.updated_at),
            ids: ListIds { trakt: list.id, slug: &list.slug },
            images: json!({"posters": []}),
            source: &list.source,
            media_type: &list.media_type,
            filters: &list.filters,
        }
    }
}

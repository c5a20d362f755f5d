use db::trakt_accounts::Profile;
use serde_json::json;
use trakt::models::{AccountLimits, Settings};

/// The parts of `/users/settings` that are kept.
pub(super) fn of(settings: Settings) -> Profile {
    let user = settings.user;
    let avatar = user.images.and_then(|images| images.avatar).and_then(|avatar| avatar.full);
    Profile {
        slug: user.ids.slug.unwrap_or_else(|| user.username.clone()),
        username: user.username,
        name: user.name.filter(|name| !name.is_empty()),
        avatar_url: avatar.and_then(|url| url.absolute()).map(String::from),
        is_vip: user.vip,
        limits: settings.limits.map_or(json!({}), limits),
    }
}

/// What is known without an answer.
pub(super) fn unknown() -> Profile {
    Profile {
        username: String::new(),
        slug: String::new(),
        name: None,
        avatar_url: None,
        is_vip: false,
        limits: json!({}),
    }
}

fn limits(limits: AccountLimits) -> db::Json {
    json!({
        "list": { "count": limits.list.count, "item_count": limits.list.item_count },
        "watchlist": { "item_count": limits.watchlist.item_count },
        "favorites": { "item_count": limits.favorites.item_count },
    })
}

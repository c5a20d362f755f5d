//! `/users/*`: settings, profiles, and data visible to other users.

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use super::watchlist::Which;
use super::{
    collection, comments, hidden, history, lists, ratings, saved_filters, smart_lists, social, watched,
    watchlist,
};
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Activity, User};
use crate::views::{ListView, Stamp, UserView, WatchingView, merge, settings};

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, ["settings"]) => read_settings(context),
        (Method::PUT, ["settings"]) => change_settings(context),
        (_, ["settings"]) => Err(Refusal::MethodNotAllowed),
        (Method::GET, ["settings", "plex"]) => plex_settings(context),
        (_, ["hidden", path @ ..]) => hidden::route(context, path),
        (_, ["requests", path @ ..]) => social::requests(context, path),
        (Method::GET, ["saved_filters", path @ ..]) => saved_filters::read(context, path),
        (Method::GET, ["likes", path @ ..]) => likes(context, "me", path),
        (_, [name, "follow"]) => social::follow(context, name),
        (_, [name, "lists", path @ ..]) => lists::of_user(context, name, path),
        (_, [name, "smart-lists", path @ ..]) => smart_lists::route(context, name, path),
        (Method::GET, [name, path @ ..]) => {
            let reply = of_person(context, name, path)?;
            let private = match context.person(name) {
                Ok(user) => user.private,
                Err(refusal) => refusal == Refusal::PrivateUser,
            };
            Ok(reply.header("X-Private-User", private.to_string()))
        }
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// Handles read-only resources.
fn of_person(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    match path {
        [] => profile(context, name),
        ["stats"] => stats(context, name),
        ["watching"] => watching(context, name),
        ["history", path @ ..] => history::read(context, name, path),
        ["watched", path @ ..] => watched::of_user(context, name, path),
        ["ratings", path @ ..] => ratings::read(context, name, path),
        ["collection", path @ ..] => collection::read(context, name, path),
        ["watchlist", path @ ..] => watchlist::read(context, Which::Watchlist, name, path),
        ["favorites" | "recommendations", path @ ..] => {
            watchlist::read(context, Which::Favorites, name, path)
        }
        ["likes", path @ ..] => likes(context, name, path),
        [which @ ("followers" | "following" | "friends")] => social::read(context, name, which),
        ["comments", path @ ..] => comments::of_author(context, name, path),
        ["notes"] | ["notes", _] => {
            context.person(name)?;
            context.paged_nothing()
        }
        _ => Err(Refusal::NotFound),
    }
}

fn read_settings(context: &mut Context<'_>) -> Answer {
    let config = context.store.config.clone();
    let base_url = context.store.base_url.clone();
    let extended = context.extended();
    let me = context.my()?;
    Ok(Reply::json(200, &settings(me, me.limits(&config), &base_url, extended)))
}

fn change_settings(context: &mut Context<'_>) -> Answer {
    let body = context.body()?;
    let now = context.now;
    let me = context.my()?;
    if let Some(user) = body.get("user") {
        let text = |name: &str| user.get(name).and_then(Value::as_str).map(str::to_owned);
        me.name = text("name").or(me.name.take());
        me.about = text("about").or(me.about.take());
        me.location = text("location").or(me.location.take());
        me.private = user.get("private").and_then(Value::as_bool).unwrap_or(me.private);
    }
    if let Some(browsing) = body.get("browsing").filter(|browsing| browsing.is_object()) {
        let mut merged = Value::Object(std::mem::take(&mut me.browsing));
        merge(&mut merged, browsing.clone());
        me.browsing = merged.as_object().cloned().unwrap_or_default();
    }
    me.activities.moved(Activity::Settings, now);
    Ok(Reply::json(201, &json!({})))
}

fn profile(context: &Context<'_>, name: &str) -> Answer {
    // A private user's name is public, the rest is not.
    let user = match context.person(name) {
        Err(Refusal::PrivateUser) => context.store.user(name).ok_or(Refusal::NotFound)?,
        other => return other.map(|user| full_profile(context, user)),
    };
    Ok(Reply::json(200, &UserView::short(user)))
}

fn full_profile(context: &Context<'_>, user: &User) -> Reply {
    match context.extended().full {
        true => Reply::json(200, &UserView::full(user, &context.store.base_url)),
        false => Reply::json(200, &UserView::short(user)),
    }
}

fn watching(context: &Context<'_>, name: &str) -> Answer {
    let user = context.person(name)?;
    let views = context.views();
    let watching =
        user.watching_at(context.now).and_then(|watching| WatchingView::new(views.view(), watching));
    Ok(watching.map_or_else(|| Reply::empty(204), |watching| Reply::json(200, &watching)))
}

fn stats(context: &Context<'_>, name: &str) -> Answer {
    let user = context.person(name)?;
    let catalogue = &context.store.catalogue;
    let runtime = |item: Item| super::scrobble::runtime(item, catalogue) as u64;
    let plays = |kind: Kind| {
        let of_kind = user.history.watched().filter(|(item, _)| item.kind() == kind);
        of_kind.fold((0_u64, 0_u64, 0_u64), |(items, plays, minutes), (item, sum)| {
            (items + 1, plays + u64::from(sum.plays), minutes + u64::from(sum.plays) * runtime(item))
        })
    };
    let rated = |kind: Kind| user.ratings.keys().filter(|item| item.kind() == kind).count();
    let collected = |kind: Kind| user.collection.keys().filter(|item| item.kind() == kind).count();
    let part = |kind: Kind| {
        let (watched, plays, minutes) = plays(kind);
        json!({"plays": plays, "watched": watched, "minutes": minutes, "collected": collected(kind),
               "ratings": rated(kind), "comments": 0})
    };
    let distinct = |items: &mut dyn Iterator<Item = Item>| {
        items.filter_map(Item::show).collect::<std::collections::BTreeSet<u64>>().len()
    };
    let stars = |star: u8| user.ratings.values().filter(|rated| rated.rating == star).count();
    let distribution: serde_json::Map<String, Value> =
        (1..=10).map(|star| (star.to_string(), json!(stars(star)))).collect();
    Ok(Reply::json(
        200,
        &json!({
            "movies": part(Kind::Movie),
            "episodes": part(Kind::Episode),
            "shows": {"watched": distinct(&mut user.history.watched().map(|(item, _)| item)),
                      "collected": distinct(&mut user.collection.keys().copied()),
                      "ratings": rated(Kind::Show), "comments": 0},
            "seasons": {"ratings": rated(Kind::Season), "comments": 0},
            "network": {"friends": 0, "followers": 0, "following": 0},
            "ratings": {"total": user.ratings.len(), "distribution": distribution},
        }),
    ))
}

/// Returns liked lists and comments, newest first.
fn likes(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    let username = &context.person(name)?.username;
    let kinds: &[&str] = match path {
        [] => &["lists", "comments"],
        ["lists"] => &["lists"],
        ["comments"] => &["comments"],
        _ => return Err(Refusal::NotFound),
    };
    let mut liked: Vec<(DateTime<Utc>, Value)> = Vec::new();
    if kinds.contains(&"lists") {
        liked.extend(context.store.lists.iter().filter_map(|list| {
            let (_, at) = list.likes.iter().find(|(name, _)| name == username)?;
            let owner = list.owner.as_deref().and_then(|owner| context.store.user(owner));
            Some((*at, json!({"liked_at": Stamp(*at), "type": "list", "list": ListView::new(list, owner)})))
        }));
    }
    if kinds.contains(&"comments") {
        liked.extend(
            comments::liked_by(context, username)
                .into_iter()
                .filter_map(|(comment, at)| Some((at, comments::liked_entry(context, comment, at)?))),
        );
    }
    liked.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    context.paged(&liked, |(_, entry)| Some(entry.clone()))
}

/// `GET /users/settings/plex`: whether Trakt itself imports from a Plex server.
fn plex_settings(context: &mut Context<'_>) -> Answer {
    let me = context.my()?;
    let scrobbled = json!({"watching": true, "watched": true, "rated": false, "collected": false});
    let rated = json!({"rated": false});
    let url = me.vip.then(|| format!("https://webhooks.trakt.tv/{}", me.uuid));
    Ok(Reply::json(
        200,
        &json!({
            "connection": {"connected": me.plex_connected, "username": null},
            "webhook": {"url": url, "last_event_at": null, "event_count": 0, "home_users": null},
            "sync": {
                "configured": me.plex_connected, "error": false,
                "selection": {"server_ids": [], "library_ids": [], "user_ids": []},
                "toggles": {
                    "movie": {"watching": false, "watched": me.plex_connected, "rated": false, "collected": false,
                              "watchlist": false},
                    "show": {"rated": false, "watchlist": false}, "season": rated,
                    "episode": {"watching": false, "watched": me.plex_connected, "rated": false, "collected": false},
                },
            },
            "scrobbler": {"toggles": {"movie": scrobbled, "show": rated, "season": rated, "episode": scrobbled}},
        }),
    ))
}

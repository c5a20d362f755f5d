//! `/sync/history` and `/users/{id}/history`.

use chrono::{DateTime, Duration, Utc};
use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use super::resolve::Named;
use crate::catalogue::Catalogue;
use crate::clock::parse_time;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Action, Activity, Play, User};
use crate::views::PlayView;

pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, path) => read(context, "me", path),
        (Method::POST, []) => add(context),
        (Method::POST, ["remove"]) => remove(context),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// Returns plays, newest first: all, of a type, or of one item by its Trakt number.
pub(super) fn read(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    let user = context.person(name)?;
    let wanted = wanted(&context.store.catalogue, path)?;
    let time = |name| {
        context
            .request
            .query(name)
            .map(|text| parse_time(text).ok_or(Refusal::BadRequest("a bad date")))
            .transpose()
    };
    let (start, end) = (time("start_at")?, time("end_at")?);
    let plays: Vec<&Play> = user
        .history
        .newest()
        .skip_while(|play| end.is_some_and(|end| play.watched_at > end))
        .take_while(|play| start.is_none_or(|start| play.watched_at >= start))
        .filter(|play| wanted.takes(play.item))
        .collect();
    let views = context.views();
    context.paged(&plays, |play| PlayView::new(views.view(), play))
}

/// The plays requested by a path.
enum Wanted {
    All,
    Movies,
    Episodes,
    Of(Item),
}

impl Wanted {
    fn takes(&self, item: Item) -> bool {
        match self {
            Self::All => true,
            Self::Movies => item.kind() == Kind::Movie,
            Self::Episodes => item.kind() == Kind::Episode,
            Self::Of(one) => one.holds(item),
        }
    }
}

fn wanted(catalogue: &Catalogue, path: &[&str]) -> Result<Wanted, Refusal> {
    let kind = |text| Kind::parse(text).ok_or(Refusal::NotFound);
    match path {
        [] | ["all"] => Ok(Wanted::All),
        [one] => Ok(if kind(one)? == Kind::Movie { Wanted::Movies } else { Wanted::Episodes }),
        [one, id] => {
            let ids = serde_json::Map::from_iter([("ids".to_owned(), ids_of(id))]);
            super::resolve::find(kind(one)?, &ids, catalogue).map(Wanted::Of).ok_or(Refusal::NotFound)
        }
        _ => Err(Refusal::NotFound),
    }
}

/// Returns the IDs for a path segment: a Trakt number, an IMDb ID or a slug.
fn ids_of(segment: &str) -> Value {
    match segment.parse::<u64>() {
        Ok(number) => json!({"trakt": number}),
        Err(_) if segment.starts_with("tt") => json!({"imdb": segment}),
        Err(_) => json!({"slug": segment}),
    }
}

fn add(context: &mut Context<'_>) -> Answer {
    let catalogue = context.store.catalogue.clone();
    let resolved = context.resolved()?;
    let not_found = resolved.not_found();
    let named = resolved.into_plays(&catalogue, context.now);
    let plays: Vec<(Item, DateTime<Utc>)> =
        named.iter().map(|named| (named.item, watched_at(named, &catalogue, context.now))).collect();
    let me = context.me()?;
    let added = add_plays(context.store, &me, &plays, Action::Watch, context.now)?;
    let body = json!({
        "added": counts(added.iter().map(|play| play.item)),
        "updated": {"movies": 0, "episodes": 0},
        "not_found": not_found,
    });
    Ok(Reply::json(context.store.config.created_status, &body))
}

/// Stores plays for a user and removes watched items from the watchlist, as Trakt does.
pub(crate) fn add_plays(
    store: &mut crate::state::Store,
    username: &str,
    plays: &[(Item, DateTime<Utc>)],
    action: Action,
    now: DateTime<Utc>,
) -> Result<Vec<Play>, Refusal> {
    let first = store.take_ids(plays.len());
    let config = store.config.clone();
    let user = store.user_mut(username).ok_or(Refusal::NotFound)?;
    let limit = user.limits(&config).history;
    if user.history.len() + plays.len() > limit {
        return Err(Refusal::AccountLimit { limit, vip: user.vip });
    }
    let plays: Vec<Play> = (first..)
        .zip(plays)
        .map(|(id, (item, watched_at))| Play { id, item: *item, watched_at: *watched_at, action })
        .collect();
    user.history.add(plays.iter().copied(), now);
    for play in &plays {
        user.activities.moved(Activity::Watched(play.item.kind()), now);
        leave_watchlist(user, play.item, now);
    }
    Ok(plays)
}

fn leave_watchlist(user: &mut User, watched: Item, now: DateTime<Utc>) {
    if user.watchlist.items.is_empty() {
        return;
    }
    let show = watched.show().map(Item::Show);
    for item in std::iter::once(watched).chain(show) {
        if user.watchlist.remove(item, now) {
            user.activities.moved(Activity::Watchlisted(item.kind()), now);
            user.activities.moved(Activity::Watchlist, now);
        }
    }
}

/// Returns the time of a play. `released` is the first broadcast plus the runtime, `unknown` the beginning of time;
/// anything that is not a time (such as a Unix timestamp) counts as now (trakt-api issue 310).
fn watched_at(named: &Named, catalogue: &Catalogue, now: DateTime<Utc>) -> DateTime<Utc> {
    match named.text("watched_at") {
        Some("released") => released(named.item, catalogue).unwrap_or(now),
        Some("unknown") => DateTime::UNIX_EPOCH,
        Some(text) => parse_time(text).unwrap_or(now),
        None => now,
    }
}

fn released(item: Item, catalogue: &Catalogue) -> Option<DateTime<Utc>> {
    match item {
        Item::Movie(movie) => {
            Some(catalogue.movie(movie)?.released.and_time(chrono::NaiveTime::MIN).and_utc())
        }
        Item::Episode { show, season, number } => {
            let show = catalogue.show(show)?;
            let aired = show.season(season)?.aired_at(number);
            Some(aired + Duration::minutes(i64::from(show.facts.runtime)))
        }
        Item::Show(_) | Item::Season { .. } => None,
    }
}

fn remove(context: &mut Context<'_>) -> Answer {
    let body = context.body()?;
    let resolved = context.resolved()?;
    let mut not_found = resolved.not_found();
    let mut ids: Vec<u64> = body
        .get("ids")
        .and_then(Value::as_array)
        .map(|ids| ids.iter().filter_map(Value::as_u64).collect())
        .unwrap_or_default();
    if let Some(keep) = context.taken_of_write() {
        ids.truncate(keep);
    }
    let items: Vec<Item> = resolved.named.iter().map(|named| named.item).collect();
    let now = context.now;
    let user = context.my()?;
    let removed = remove_plays(user, &ids, &items, now);
    let missing: Vec<u64> = ids.into_iter().filter(|id| !removed.iter().any(|play| play.id == *id)).collect();
    not_found["ids"] = json!(missing);
    let body = json!({"deleted": counts(removed.iter().map(|play| play.item)), "not_found": not_found});
    Ok(Reply::json(200, &body))
}

/// Removes single plays by ID, and all plays of items.
pub(crate) fn remove_plays(user: &mut User, ids: &[u64], items: &[Item], now: DateTime<Utc>) -> Vec<Play> {
    let removed =
        user.history.remove(|play| ids.contains(&play.id) || items.iter().any(|item| item.holds(play.item)));
    for play in &removed {
        user.activities.moved(Activity::Watched(play.item.kind()), now);
    }
    removed
}

fn counts(items: impl Iterator<Item = Item>) -> Value {
    let (mut movies, mut episodes) = (0, 0);
    for item in items {
        if item.kind() == Kind::Movie { movies += 1 } else { episodes += 1 }
    }
    json!({"movies": movies, "episodes": episodes})
}

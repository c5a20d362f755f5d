//! The watchlist and the favourites, under `/sync` and `/users/{id}`.

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::{Map, Value, json};

use super::context::{Answer, Context};
use super::listing::{Allowed, change, listed, put, rank, rearrange, sort_out, summary, take};
use super::refusal::Refusal;
use super::resolve::{Resolved, counts};
use crate::item::Kind;
use crate::message::Reply;
use crate::state::{Activity, Listing, Store, User};

/// Which of a user's two built-in lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Watchlist,
    Favorites,
}

impl Which {
    fn of(self, user: &User) -> &Listing {
        match self {
            Self::Watchlist => &user.watchlist,
            Self::Favorites => &user.favorites,
        }
    }

    fn of_mut(self, user: &mut User) -> &mut Listing {
        match self {
            Self::Watchlist => &mut user.watchlist,
            Self::Favorites => &mut user.favorites,
        }
    }

    fn limit(self, user: &User, store: &Store) -> usize {
        let limits = user.limits(&store.config);
        match self {
            Self::Watchlist => limits.watchlist,
            Self::Favorites => limits.favorites,
        }
    }

    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Watchlist => &Kind::ALL,
            Self::Favorites => &[Kind::Movie, Kind::Show],
        }
    }

    fn moved(self, user: &mut User, kinds: impl IntoIterator<Item = Kind>, now: DateTime<Utc>) {
        for kind in kinds {
            let (of_kind, of_list) = match self {
                Self::Watchlist => (Activity::Watchlisted(kind), Activity::Watchlist),
                Self::Favorites => (Activity::Favorited(kind), Activity::Favorites),
            };
            user.activities.moved(of_kind, now);
            user.activities.moved(of_list, now);
        }
    }
}

pub(super) fn route(context: &mut Context<'_>, which: Which, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, path) => read(context, which, "me", path),
        (Method::POST, []) => add(context, which),
        (Method::POST, ["remove"]) => remove(context, which),
        (Method::POST, ["reorder"]) => reorder(context, which),
        // The list's own sort order; its description is not simulated.
        (Method::PUT, []) => rewrite(context, which),
        (Method::PUT, [id]) => change_item(context, which, id),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// `[/{type}[/{sort_by}[/{sort_how}]]]`
pub(super) fn read(context: &Context<'_>, which: Which, name: &str, path: &[&str]) -> Answer {
    let user = context.person(name)?;
    let listing = which.of(user);
    let chosen = listing.sort.as_ref().map_or(("rank", "asc"), |(by, how)| (by.as_str(), how.as_str()));
    listed(context, listing, path, chosen)
}

fn resolved(context: &Context<'_>, which: Which) -> Result<(Resolved, Value), Refusal> {
    let mut resolved = context.resolved()?;
    resolved.named.retain(|named| which.kinds().contains(&named.item.kind()));
    let not_found = resolved.not_found();
    let not_found: Map<String, Value> = which
        .kinds()
        .iter()
        .map(|kind| (kind.plural().to_owned(), not_found[kind.plural()].clone()))
        .collect();
    Ok((resolved, Value::Object(not_found)))
}

fn add(context: &mut Context<'_>, which: Which) -> Answer {
    let (resolved, not_found) = resolved(context, which)?;
    let (me, now) = (context.me()?, context.now);
    let first_id = context.store.take_list_ids(resolved.named.len());
    let user = context.store.user(&me).ok_or(Refusal::Unauthorized)?;
    let allowed = Allowed { vip: user.vip, items: which.limit(user, context.store) };
    let added = sort_out(which.of(user), &resolved.named, allowed, first_id, now)?;
    let kinds = added.kinds();
    let user = context.my()?;
    let body = put(which.of_mut(user), added, which.kinds(), not_found, now);
    which.moved(user, kinds, now);
    Ok(Reply::json(201, &body))
}

fn remove(context: &mut Context<'_>, which: Which) -> Answer {
    let (resolved, not_found) = resolved(context, which)?;
    let now = context.now;
    let user = context.my()?;
    let (kinds, body) = take(which.of_mut(user), &resolved.named, which.kinds(), not_found, now);
    which.moved(user, kinds, now);
    Ok(Reply::json(200, &body))
}

fn reorder(context: &mut Context<'_>, which: Which) -> Answer {
    let (ids, now) = (rank(context)?, context.now);
    let user = context.my()?;
    let body = rearrange(which.of_mut(user), &ids, now);
    let activity = if which == Which::Watchlist { Activity::Watchlist } else { Activity::Favorites };
    user.activities.moved(activity, now);
    Ok(Reply::json(200, &body))
}

fn rewrite(context: &mut Context<'_>, which: Which) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    if let Some(by) = text("sort_by") {
        let user = context.my()?;
        which.of_mut(user).sort = Some((by, text("sort_how").unwrap_or_else(|| "asc".to_owned())));
        which.moved(user, [], now);
        let activity = if which == Which::Watchlist { Activity::Watchlist } else { Activity::Favorites };
        user.activities.moved(activity, now);
    }
    let none = counts(which.kinds(), std::iter::empty());
    let not_found: Map<String, Value> =
        which.kinds().iter().map(|kind| (kind.plural().to_owned(), json!([]))).collect();
    let user = context.my()?;
    let body =
        json!({"added": none, "existing": none, "not_found": not_found, "list": summary(which.of(user))});
    Ok(Reply::json(200, &body))
}

fn change_item(context: &mut Context<'_>, which: Which, id: &str) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let user = context.my()?;
    let vip = user.vip;
    change(which.of_mut(user), id, &body, vip, now)?;
    which.moved(user, [], now);
    Ok(Reply::empty(204))
}

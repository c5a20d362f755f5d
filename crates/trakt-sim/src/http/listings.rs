//! The watchlist and the favourites, under `/sync` and under `/users/{id}`.

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::{Map, Value, json};

use super::filters::{Filters, Title};
use super::resolve::{Named, Resolved};
use super::sort::Order;
use super::{Answer, Context, Refusal, Reply};
use crate::state::{Activity, Kind, Listed, Listing, User, World};
use crate::views::{ListedView, Stamp};

/// Longest note on an item.
const NOTES_LIMIT: usize = 500;

/// Which of a person's two own lists.
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

    fn limit(self, user: &User, world: &World) -> usize {
        let limits = user.limits(&world.config);
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
        // Only the list's own order and description, which are not simulated, can be changed here.
        (Method::PUT, []) => rewrite(context, which),
        (Method::PUT, [id]) => change_item(context, which, id),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// `[/{type}[/{sort_by}[/{sort_how}]]]`
pub(super) fn read(context: &Context<'_>, which: Which, name: &str, path: &[&str]) -> Answer {
    let user = context.person(name)?;
    listed(context, which.of(user), path, ("rank", "asc"))
}

/// The items of a list that a request asks for, sorted, filtered and cut into pages.
pub(super) fn listed(context: &Context<'_>, listing: &Listing, path: &[&str], own: (&str, &str)) -> Answer {
    let (kinds, order) = match path {
        [] => (Kind::ALL.to_vec(), Order::asked(context, &[], own)),
        [kinds, order @ ..] => {
            let kinds = Kind::parse_many(kinds).ok_or(Refusal::NotFound)?;
            (kinds, Order::asked(context, order, own))
        }
    };
    let filters = Filters::read(context)?;
    let me = context.caller.as_deref().and_then(|me| context.world.user(me));
    let catalogue = &context.world.catalogue;
    let mut items: Vec<(usize, &Listed)> = listing
        .items
        .iter()
        .enumerate()
        .map(|(at, listed)| (at + 1, listed))
        .filter(|(_, listed)| kinds.contains(&listed.item.kind()))
        .filter(|(_, listed)| Title::of(listed.item, catalogue).is_some_and(|title| filters.allow(title, me)))
        .collect();
    order.sort(&mut items, me, catalogue);
    let views = context.views();
    let reply = context.paged(&items, |(rank, listed)| ListedView::new(views.view(), *rank, listed))?;
    Ok(reply.header("X-Sort-By", order.by.clone()).header("X-Sort-How", order.how()))
}

/// What became of the items of an addition.
#[derive(Default)]
pub(super) struct Added {
    pub items: Vec<Listed>,
    pub existing: Vec<Kind>,
}

/// Sorts out what is new, and checks the notes, which only VIPs may write.
pub(super) fn sort_out(
    listing: &Listing,
    named: &[Named],
    vip: bool,
    first_id: u64,
    now: DateTime<Utc>,
) -> Result<Added, Refusal> {
    let mut added = Added::default();
    for named in named {
        let notes = named.text("notes").map(str::to_owned);
        if notes.is_some() && !vip {
            return Err(Refusal::VipOnly);
        }
        if notes.as_ref().is_some_and(|notes| notes.chars().count() > NOTES_LIMIT) {
            return Err(Refusal::Validation("notes are too long (500 characters)".into()));
        }
        if listing.has(named.item) || added.items.iter().any(|listed| listed.item == named.item) {
            added.existing.push(named.item.kind());
        } else {
            let id = first_id + added.items.len() as u64;
            added.items.push(Listed { id, item: named.item, listed_at: now, notes });
        }
    }
    Ok(added)
}

/// `{movies: n, shows: n ...}`
pub(super) fn counts(all: &[Kind], counted: impl Iterator<Item = Kind> + Clone) -> Value {
    let count = |kind: &Kind| counted.clone().filter(|other| other == kind).count();
    Value::Object(all.iter().map(|kind| (kind.plural().to_owned(), json!(count(kind)))).collect())
}

/// `{updated_at, item_count}`
pub(super) fn summary(listing: &Listing) -> Value {
    json!({"updated_at": Stamp(listing.updated_at), "item_count": listing.items.len()})
}

fn resolved(context: &Context<'_>, which: Which) -> Result<(Resolved, Value), Refusal> {
    let mut resolved = Resolved::read(&context.body()?, &context.world.catalogue)?;
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
    let first_id = context.world.take_list_ids(resolved.named.len());
    let user = context.world.user(&me).ok_or(Refusal::Unauthorized)?;
    let limit = which.limit(user, context.world);
    let added = sort_out(which.of(user), &resolved.named, user.vip, first_id, now)?;
    if !added.items.is_empty() && which.of(user).items.len() + added.items.len() > limit {
        return Err(Refusal::AccountLimit { limit, vip: user.vip });
    }
    let kinds: Vec<Kind> = added.items.iter().map(|listed| listed.item.kind()).collect();
    let user = context.my()?;
    let listing = which.of_mut(user);
    if !added.items.is_empty() {
        listing.items.extend(added.items);
        listing.updated_at = now;
    }
    let body = json!({
        "added": counts(which.kinds(), kinds.iter().copied()),
        "existing": counts(which.kinds(), added.existing.iter().copied()),
        "not_found": not_found,
        "list": summary(which.of(user)),
    });
    which.moved(user, kinds, now);
    Ok(Reply::json(201, &body))
}

fn remove(context: &mut Context<'_>, which: Which) -> Answer {
    let (resolved, not_found) = resolved(context, which)?;
    let now = context.now;
    let user = context.my()?;
    let listing = which.of_mut(user);
    let removed = resolved.named.iter().map(|named| named.item).filter(|item| listing.remove(*item, now));
    let kinds: Vec<Kind> = removed.map(|item| item.kind()).collect();
    let body = json!({
        "deleted": counts(which.kinds(), kinds.iter().copied()),
        "not_found": not_found,
        "list": summary(which.of(user)),
    });
    which.moved(user, kinds, now);
    Ok(Reply::json(200, &body))
}

/// The ids of a `rank` member.
pub(super) fn rank(context: &Context<'_>) -> Result<Vec<u64>, Refusal> {
    let body = context.body()?;
    let rank =
        body.get("rank").and_then(Value::as_array).ok_or(Refusal::BadRequest("rank is an array of ids"))?;
    Ok(rank.iter().filter_map(Value::as_u64).collect())
}

fn reorder(context: &mut Context<'_>, which: Which) -> Answer {
    let (ids, now) = (rank(context)?, context.now);
    let user = context.my()?;
    let skipped = which.of_mut(user).reorder(&ids, now);
    let body = json!({
        "updated": ids.len() - skipped.len(),
        "skipped_ids": skipped,
        "list": summary(which.of(user)),
    });
    let activity = if which == Which::Watchlist { Activity::Watchlist } else { Activity::Favorites };
    user.activities.moved(activity, now);
    Ok(Reply::json(200, &body))
}

fn rewrite(context: &mut Context<'_>, which: Which) -> Answer {
    context.body()?;
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

/// Changes the notes or the rank of one item.
pub(super) fn change(
    listing: &mut Listing,
    id: &str,
    body: &Value,
    vip: bool,
    now: DateTime<Utc>,
) -> Result<(), Refusal> {
    let at = listing.items.iter().position(|listed| listed.id.to_string() == id).ok_or(Refusal::NotFound)?;
    if let Some(notes) = body.get("notes").and_then(Value::as_str) {
        if !vip {
            return Err(Refusal::VipOnly);
        }
        if notes.chars().count() > NOTES_LIMIT {
            return Err(Refusal::Validation("notes are too long (500 characters)".into()));
        }
        listing.items[at].notes = Some(notes.to_owned());
    }
    if let Some(rank) = body.get("rank").and_then(Value::as_u64) {
        let listed = listing.items.remove(at);
        let to = (rank.max(1) as usize - 1).min(listing.items.len());
        listing.items.insert(to, listed);
    }
    listing.updated_at = now;
    Ok(())
}

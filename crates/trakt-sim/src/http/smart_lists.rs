//! `/users/{id}/smart-lists`: lists that Trakt fills automatically.

use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::filters::Title;
use super::listing::listed;
use super::refusal::Refusal;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Activity, Listed, Listing, SmartList, User};
use crate::views::SmartListView;

const SOURCES: [&str; 7] =
    ["trending", "popular", "anticipated", "recommendations", "discover", "watchlist", "library"];
/// Maximum length of a smart list.
const SMART_ITEMS: usize = 500;

const MEDIA_TYPES: [&str; 3] = ["movies", "shows", "media"];

pub(super) fn route(context: &mut Context<'_>, name: &str, path: &[&str]) -> Answer {
    let owner = context.person(name)?.username.clone();
    let own = context.caller.as_deref() == Some(owner.as_str());
    match (context.request.method.clone(), path) {
        (Method::GET, []) => {
            let user = context.person(name)?;
            let lists: Vec<_> =
                user.smart_lists.iter().filter(|list| own || list.privacy == "public").collect();
            context.paged(&lists, |list| Some(SmartListView::new(list)))
        }
        (Method::GET, [id]) => {
            let user = context.person(name)?;
            let list = user.smart_lists.iter().find(|list| is(list, id) && (own || list.privacy == "public"));
            list.map(|list| Reply::json(200, &SmartListView::new(list))).ok_or(Refusal::NotFound)
        }
        (Method::GET, [id, "items", path @ ..]) => {
            let user = context.person(name)?;
            let list = user.smart_lists.iter().find(|list| is(list, id) && visible(context, user, list));
            items(context, user, list.ok_or(Refusal::NotFound)?, path)
        }
        _ if !own => Err(if context.caller.is_some() { Refusal::Forbidden } else { Refusal::Unauthorized }),
        (Method::POST, []) => create(context),
        (Method::PUT, [id]) => update(context, id),
        (Method::DELETE, [id]) => delete(context, id),
        (_, path) => Err(Refusal::unanswered(matches!(path, [] | [_] | [_, "items", ..]))),
    }
}

/// `/smart-lists/{id}` and its items.
pub(super) fn public(context: &Context<'_>, path: &[&str]) -> Answer {
    if context.request.method != Method::GET {
        return Err(Refusal::MethodNotAllowed);
    }
    let (id, path) = path.split_first().ok_or(Refusal::NotFound)?;
    let (owner, list) = context
        .store
        .users
        .values()
        .flat_map(|user| user.smart_lists.iter().map(move |list| (user, list)))
        .find(|(user, list)| is(list, id) && visible(context, user, list))
        .ok_or(Refusal::NotFound)?;
    match path {
        [] => Ok(Reply::json(200, &SmartListView::new(list))),
        ["items", path @ ..] => items(context, owner, list, path),
        _ => Err(Refusal::NotFound),
    }
}

fn visible(context: &Context<'_>, owner: &User, list: &SmartList) -> bool {
    list.privacy == "public" || context.caller.as_deref() == Some(owner.username.as_str())
}

/// `items[/{type}[/{sort_by}[/{sort_how}]]]`: the current items of the source.
fn items(context: &Context<'_>, owner: &User, list: &SmartList, path: &[&str]) -> Answer {
    let wanted = match list.media_type.as_str() {
        "movies" => vec![Kind::Movie],
        "shows" => vec![Kind::Show],
        _ => vec![Kind::Movie, Kind::Show],
    };
    let mut listing = Listing::new(list.updated_at);
    listing.items = (1..)
        .zip(sourced(context, owner, list))
        .map(|(id, item)| Listed { id, item, listed_at: list.updated_at, notes: None })
        .filter(|listed| wanted.contains(&listed.item.kind()))
        .take(SMART_ITEMS)
        .collect();
    listed(context, &listing, path, ("rank", "asc"))
}

/// Returns the items of a source, in its order: the watchlist, the collected movies and shows, or the titles with the
/// most votes.
fn sourced(context: &Context<'_>, owner: &User, list: &SmartList) -> Vec<Item> {
    match list.source.as_str() {
        "watchlist" => owner.watchlist.items.iter().map(|listed| listed.item).collect(),
        "library" => owner.collection.keys().map(|item| item.show().map_or(*item, Item::Show)).collect(),
        source => {
            let today = context.now.date_naive();
            let catalogue = &context.store.catalogue;
            let movies = catalogue.movies().iter().map(Title::Movie);
            let mut titles: Vec<Title<'_>> = movies
                .chain(catalogue.shows().iter().map(Title::Show))
                .filter(|title| (title.released() > today) == (source == "anticipated"))
                .collect();
            titles.sort_by_key(|title| std::cmp::Reverse(title.facts().votes));
            titles.into_iter().map(Title::item).collect()
        }
    }
}

fn is(list: &SmartList, id: &str) -> bool {
    list.slug == id || list.id.to_string() == id
}

fn create(context: &mut Context<'_>) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let id = context.store.take_list_ids(1);
    let user = context.my()?;
    let mut list = SmartList {
        id,
        slug: String::new(),
        name: String::new(),
        privacy: "private".into(),
        source: String::new(),
        media_type: String::new(),
        filters: json!({}),
        created_at: now,
        updated_at: now,
    };
    for member in ["name", "source", "media_type"] {
        if !body[member].is_string() {
            return Err(Refusal::Validation(format!("{member} is missing")));
        }
    }
    write(&mut list, &body)?;
    list.slug = format!("{}-{id}", list.name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-"));
    let ids = json!({"ids": {"trakt": list.id, "slug": list.slug}});
    user.smart_lists.push(list);
    user.activities.moved(Activity::Lists, now);
    Ok(Reply::json(201, &ids))
}

fn write(list: &mut SmartList, body: &Value) -> Result<(), Refusal> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let one_of = |name: &str, known: &[&str]| match text(name) {
        Some(text) if !known.contains(&text.as_str()) => {
            Err(Refusal::Validation(format!("{name} is not known")))
        }
        other => Ok(other),
    };
    list.source = one_of("source", &SOURCES)?.unwrap_or(std::mem::take(&mut list.source));
    list.media_type = one_of("media_type", &MEDIA_TYPES)?.unwrap_or(std::mem::take(&mut list.media_type));
    list.name = text("name").unwrap_or(std::mem::take(&mut list.name));
    list.privacy = text("privacy").unwrap_or(std::mem::take(&mut list.privacy));
    if let Some(filters) = body.get("filters").filter(|filters| filters.is_object()) {
        list.filters = filters.clone();
    }
    Ok(())
}

fn update(context: &mut Context<'_>, id: &str) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let user = context.my()?;
    let list = user.smart_lists.iter_mut().find(|list| is(list, id)).ok_or(Refusal::NotFound)?;
    write(list, &body)?;
    list.updated_at = now;
    let reply = Reply::json(200, &SmartListView::new(list));
    user.activities.moved(Activity::Lists, now);
    Ok(reply)
}

fn delete(context: &mut Context<'_>, id: &str) -> Answer {
    let now = context.now;
    let user = context.my()?;
    let at = user.smart_lists.iter().position(|list| is(list, id)).ok_or(Refusal::NotFound)?;
    user.smart_lists.remove(at);
    user.activities.moved(Activity::Lists, now);
    Ok(Reply::empty(204))
}

//! Lists: a person's own, and public ones by their number.

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::{Value, json};

use super::listings::{change, counts, listed, rank, sort_out, summary};
use super::resolve::Resolved;
use super::{Answer, Context, Refusal, Reply};
use crate::state::{Activity, Kind, List, Listing, Privacy, World};
use crate::views::{ListView, Stamp, UserView};

/// `/lists/{id}` and the public charts of lists.
pub(super) fn public(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, ["trending" | "popular", ..]) => chart(context),
        (Method::GET, [id]) => {
            let at = find_public(context, id)?;
            view(context, at)
        }
        (Method::GET, [id, "items", path @ ..]) => {
            let at = find_public(context, id)?;
            items(context, at, path)
        }
        (Method::GET, [id, "likes"]) => {
            let at = find_public(context, id)?;
            likes(context, at)
        }
        (Method::GET, [_, "comments", ..]) => Ok(Reply::json(200, &json!([]))),
        (method, [id, "like"]) => {
            let at = find_public(context, id)?;
            like(context, &method, at)
        }
        _ => Err(Refusal::NotFound),
    }
}

/// `/users/{id}/lists/...`
pub(super) fn of_user(context: &mut Context<'_>, name: &str, path: &[&str]) -> Answer {
    let owner = context.person(name)?.username.clone();
    let method = context.request.method.clone();
    if let Some(answer) = collection(context, &method, &owner, path) {
        return answer;
    }
    let (id, path) = path.split_first().ok_or(Refusal::MethodNotAllowed)?;
    let at = find_of_user(context, &owner, id)?;
    match (method, path) {
        (Method::GET, []) => view(context, at),
        (Method::GET, ["items", path @ ..]) => items(context, at, path),
        (Method::GET, ["likes"]) => likes(context, at),
        (Method::GET, ["comments", ..]) => Ok(Reply::json(200, &json!([]))),
        (method @ (Method::POST | Method::DELETE), ["like"]) => like(context, &method, at),
        (method, path) => own(context, &method, at, path),
    }
}

/// Calls on all lists of a person together.
fn collection(context: &mut Context<'_>, method: &Method, owner: &str, path: &[&str]) -> Option<Answer> {
    match (method, path) {
        (&Method::GET, []) => Some(all(context, owner)),
        (&Method::GET, ["collaborations"]) => Some(Ok(Reply::json(200, &json!([])))),
        (&Method::POST, []) => Some(mine(context, owner).and_then(|()| create(context, owner))),
        (&Method::POST, ["reorder"]) => Some(mine(context, owner).and_then(|()| reorder_all(context, owner))),
        _ => None,
    }
}

fn own(context: &mut Context<'_>, method: &Method, at: usize, path: &[&str]) -> Answer {
    let owner = context.world.lists[at].owner.clone().unwrap_or_default();
    mine(context, &owner)?;
    match (method, path) {
        (&Method::PUT, []) => update(context, at),
        (&Method::DELETE, []) => delete(context, at),
        (&Method::POST, ["items"]) => add(context, at),
        (&Method::POST, ["items", "remove"]) => remove(context, at),
        (&Method::POST, ["reorder"] | ["items", "reorder"]) => reorder(context, at),
        (&Method::PUT, ["items", id]) => change_item(context, at, id),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

fn mine(context: &Context<'_>, owner: &str) -> Result<(), Refusal> {
    if context.me()? == owner { Ok(()) } else { Err(Refusal::Forbidden) }
}

fn may_see(context: &Context<'_>, list: &List) -> bool {
    let own = list.owner.is_some() && list.owner == context.caller;
    own || matches!(list.privacy, Privacy::Public | Privacy::Link)
}

/// By number only; what is not public does not exist for others.
fn find_public(context: &Context<'_>, id: &str) -> Result<usize, Refusal> {
    let id: u64 = id.parse().map_err(|_| Refusal::NotFound)?;
    let at = context.world.lists.iter().position(|list| list.id == id).ok_or(Refusal::NotFound)?;
    if may_see(context, &context.world.lists[at]) { Ok(at) } else { Err(Refusal::NotFound) }
}

/// By number or slug.
fn find_of_user(context: &Context<'_>, owner: &str, id: &str) -> Result<usize, Refusal> {
    let is =
        |list: &List| list.owner.as_deref() == Some(owner) && (list.slug == id || list.id.to_string() == id);
    let at = context.world.lists.iter().position(is).ok_or(Refusal::NotFound)?;
    if may_see(context, &context.world.lists[at]) { Ok(at) } else { Err(Refusal::NotFound) }
}

fn shown<'a>(world: &'a World, list: &'a List) -> ListView<'a> {
    ListView::new(list, list.owner.as_deref().and_then(|owner| world.user(owner)))
}

fn view(context: &Context<'_>, at: usize) -> Answer {
    Ok(Reply::json(200, &shown(context.world, &context.world.lists[at])))
}

fn items(context: &Context<'_>, at: usize, path: &[&str]) -> Answer {
    let list = &context.world.lists[at];
    listed(context, &list.listing, path, (&list.sort_by, &list.sort_how))
}

fn all(context: &Context<'_>, owner: &str) -> Answer {
    let lists: Vec<&List> = context
        .world
        .lists
        .iter()
        .filter(|list| list.owner.as_deref() == Some(owner) && may_see(context, list))
        .collect();
    context.paged(&lists, |list| Some(shown(context.world, list)))
}

fn chart(context: &Context<'_>) -> Answer {
    let mut lists: Vec<&List> =
        context.world.lists.iter().filter(|list| list.privacy == Privacy::Public).collect();
    lists.sort_by_key(|list| std::cmp::Reverse(list.likes.len()));
    context.paged(&lists, |list| {
        Some(json!({"like_count": list.likes.len(), "comment_count": 0, "list": shown(context.world, list)}))
    })
}

fn likes(context: &Context<'_>, at: usize) -> Answer {
    context.paged(&context.world.lists[at].likes, |(name, liked_at)| {
        Some(json!({"liked_at": Stamp(*liked_at), "user": UserView::short(context.world.user(name)?)}))
    })
}

fn like(context: &mut Context<'_>, method: &Method, at: usize) -> Answer {
    let (me, now) = (context.me()?, context.now);
    let likes = &mut context.world.lists[at].likes;
    likes.retain(|(name, _)| *name != me);
    match *method {
        Method::POST => likes.push((me, now)),
        Method::DELETE => {}
        _ => return Err(Refusal::MethodNotAllowed),
    }
    context.my()?.activities.moved(Activity::ListLiked, now);
    Ok(Reply::empty(204))
}

fn create(context: &mut Context<'_>, owner: &str) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let config = context.world.config.clone();
    let owned = context.world.lists.iter().filter(|list| list.owner.as_deref() == Some(owner)).count();
    let user = context.my()?;
    let limit = user.limits(&config).lists;
    if owned >= limit {
        return Err(Refusal::AccountLimit { limit, vip: user.vip });
    }
    let name = body.get("name").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
    let name = name.ok_or_else(|| Refusal::Validation("name is missing".into()))?;
    let mut list = List {
        id: context.world.take_list_ids(1),
        slug: free_slug(context.world, owner, name),
        owner: Some(owner.to_owned()),
        name: String::new(),
        description: None,
        privacy: Privacy::Private,
        display_numbers: false,
        allow_comments: true,
        sort_by: "rank".into(),
        sort_how: "asc".into(),
        created_at: now,
        listing: Listing::new(now),
        likes: Vec::new(),
    };
    write(&mut list, &body, now)?;
    context.world.lists.push(list);
    context.my()?.activities.moved(Activity::Lists, now);
    let list = context.world.lists.last().ok_or(Refusal::NotFound)?;
    Ok(Reply::json(201, &shown(context.world, list)))
}

/// Trakt numbers the second list with the same name.
fn free_slug(world: &World, owner: &str, name: &str) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let base = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let taken =
        |slug: &str| world.lists.iter().any(|list| list.owner.as_deref() == Some(owner) && list.slug == slug);
    let numbered = (1..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|slug| !taken(slug)).unwrap_or(base)
}

/// Takes over what the body names; the slug stays.
fn write(list: &mut List, body: &Value, now: DateTime<Utc>) -> Result<(), Refusal> {
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let flag = |name: &str| body.get(name).and_then(Value::as_bool);
    if let Some(privacy) = text("privacy") {
        list.privacy = serde_json::from_value(json!(privacy))
            .map_err(|_| Refusal::Validation("privacy is private, link, friends or public".into()))?;
    }
    list.name = text("name").unwrap_or(std::mem::take(&mut list.name));
    list.description = text("description").or(list.description.take());
    list.display_numbers = flag("display_numbers").unwrap_or(list.display_numbers);
    list.allow_comments = flag("allow_comments").unwrap_or(list.allow_comments);
    list.sort_by = text("sort_by").unwrap_or(std::mem::take(&mut list.sort_by));
    list.sort_how = text("sort_how").unwrap_or(std::mem::take(&mut list.sort_how));
    list.listing.updated_at = now;
    Ok(())
}

fn touched(context: &mut Context<'_>) -> Result<(), Refusal> {
    let now = context.now;
    context.my()?.activities.moved(Activity::Lists, now);
    Ok(())
}

/// The contract answers an update with an array.
fn update(context: &mut Context<'_>, at: usize) -> Answer {
    let (body, now) = (context.body()?, context.now);
    write(&mut context.world.lists[at], &body, now)?;
    touched(context)?;
    Ok(Reply::json(200, &[shown(context.world, &context.world.lists[at])]))
}

fn delete(context: &mut Context<'_>, at: usize) -> Answer {
    context.world.lists.remove(at);
    touched(context)?;
    Ok(Reply::empty(204))
}

fn reorder_all(context: &mut Context<'_>, owner: &str) -> Answer {
    let ids = rank(context)?;
    let owned = |list: &List| list.owner.as_deref() == Some(owner);
    let (known, skipped): (Vec<u64>, Vec<u64>) =
        ids.iter().partition(|id| context.world.lists.iter().any(|list| list.id == **id && owned(list)));
    context.world.lists.sort_by_key(|list| known.iter().position(|id| *id == list.id).unwrap_or(usize::MAX));
    touched(context)?;
    Ok(Reply::json(200, &json!({"updated": known.len(), "skipped_ids": skipped})))
}

fn add(context: &mut Context<'_>, at: usize) -> Answer {
    let resolved = Resolved::read(&context.body()?, &context.world.catalogue)?;
    let (me, now) = (context.me()?, context.now);
    let first_id = context.world.take_list_ids(resolved.named.len());
    let user = context.world.user(&me).ok_or(Refusal::Unauthorized)?;
    let listing = &context.world.lists[at].listing;
    let added = sort_out(listing, &resolved.named, user.vip, first_id, now)?;
    let limit = user.limits(&context.world.config).list_items;
    if !added.items.is_empty() && listing.items.len() + added.items.len() > limit {
        return Err(Refusal::AccountLimit { limit, vip: user.vip });
    }
    let kinds: Vec<Kind> = added.items.iter().map(|listed| listed.item.kind()).collect();
    let listing = &mut context.world.lists[at].listing;
    if !added.items.is_empty() {
        listing.items.extend(added.items);
        listing.updated_at = now;
    }
    let body = json!({
        "added": counts(&Kind::ALL, kinds.iter().copied()),
        "existing": counts(&Kind::ALL, added.existing.iter().copied()),
        "not_found": resolved.not_found(),
        "list": summary(listing),
    });
    touched(context)?;
    Ok(Reply::json(201, &body))
}

fn remove(context: &mut Context<'_>, at: usize) -> Answer {
    let resolved = Resolved::read(&context.body()?, &context.world.catalogue)?;
    let now = context.now;
    let listing = &mut context.world.lists[at].listing;
    let removed = resolved.named.iter().map(|named| named.item).filter(|item| listing.remove(*item, now));
    let kinds: Vec<Kind> = removed.map(|item| item.kind()).collect();
    let body = json!({
        "deleted": counts(&Kind::ALL, kinds.iter().copied()),
        "not_found": resolved.not_found(),
        "list": summary(listing),
    });
    touched(context)?;
    Ok(Reply::json(200, &body))
}

fn reorder(context: &mut Context<'_>, at: usize) -> Answer {
    let (ids, now) = (rank(context)?, context.now);
    let listing = &mut context.world.lists[at].listing;
    let skipped = listing.reorder(&ids, now);
    let body =
        json!({"updated": ids.len() - skipped.len(), "skipped_ids": skipped, "list": summary(listing)});
    touched(context)?;
    Ok(Reply::json(200, &body))
}

fn change_item(context: &mut Context<'_>, at: usize, id: &str) -> Answer {
    let (body, now) = (context.body()?, context.now);
    let vip = context.my()?.vip;
    change(&mut context.world.lists[at].listing, id, &body, vip, now)?;
    touched(context)?;
    Ok(Reply::empty(204))
}

//! Lists as shown to others and their owners, and likes.

use hyper::Method;
use serde_json::{Value, json};

use crate::catalogue::people::actor;
use crate::http::context::{Answer, Context};
use crate::http::listing::{listed, listed_with};
use crate::http::people::ActorView;
use crate::http::refusal::Refusal;
use crate::message::Reply;
use crate::state::{Activity, List, Privacy, Store};
use crate::views::{ListView, Stamp, UserView};

/// The first ID of a person's entry on a list, far from the IDs of titles' entries.
const FIRST_PERSON_ITEM: u64 = 5_000_000_000;

fn may_see(context: &Context<'_>, list: &List) -> bool {
    let own = list.owner.is_some() && list.owner == context.caller;
    own || matches!(list.privacy, Privacy::Public | Privacy::Link)
}

/// Finds a list by number, or an official list by slug. A list that is not public does not exist for others.
pub(super) fn find_public(context: &Context<'_>, id: &str) -> Result<usize, Refusal> {
    let is = |list: &List| list.id.to_string() == id || (list.owner.is_none() && list.slug == id);
    let at = context.store.lists.iter().position(is).ok_or(Refusal::NotFound)?;
    if may_see(context, &context.store.lists[at]) { Ok(at) } else { Err(Refusal::NotFound) }
}

/// Finds a list by number or slug.
pub(super) fn find_of_user(context: &Context<'_>, owner: &str, id: &str) -> Result<usize, Refusal> {
    let is =
        |list: &List| list.owner.as_deref() == Some(owner) && (list.slug == id || list.id.to_string() == id);
    let at = context.store.lists.iter().position(is).ok_or(Refusal::NotFound)?;
    if may_see(context, &context.store.lists[at]) { Ok(at) } else { Err(Refusal::NotFound) }
}

pub(super) fn shown<'a>(store: &'a Store, list: &'a List) -> ListView<'a> {
    ListView::new(list, list.owner.as_deref().and_then(|owner| store.user(owner)))
}

pub(super) fn view(context: &Context<'_>, at: usize) -> Answer {
    Ok(Reply::json(200, &shown(context.store, &context.store.lists[at])))
}

/// Returns titles, and also people if `person` is among the requested types.
pub(super) fn items(context: &Context<'_>, at: usize, path: &[&str]) -> Answer {
    let list = &context.store.lists[at];
    let own = (list.sort_by.as_str(), list.sort_how.as_str());
    let Some((types, order)) = path.split_first() else {
        return listed(context, &list.listing, path, own);
    };
    let (people, titles): (Vec<&str>, Vec<&str>) = types.split(',').partition(|one| *one == "person");
    if people.is_empty() {
        return listed(context, &list.listing, path, own);
    }
    let views = context.views();
    let people = list.people.iter().filter_map(|id| actor(*id)).enumerate().map(|(nth, actor)| {
        json!({"rank": list.listing.items.len() + nth + 1, "id": FIRST_PERSON_ITEM + actor.id,
            "listed_at": Stamp(list.listing.updated_at), "notes": null, "type": "person",
            "person": ActorView { view: &views.view(), actor: &actor }})
    });
    let people: Vec<Value> = people.collect();
    let titles = titles.join(",");
    let path: Vec<&str> = std::iter::once(titles.as_str()).chain(order.iter().copied()).collect();
    listed_with(context, &list.listing, &people, &path, own)
}

pub(super) fn all(context: &Context<'_>, owner: &str) -> Answer {
    let lists: Vec<&List> = context
        .store
        .lists
        .iter()
        .filter(|list| list.owner.as_deref() == Some(owner) && may_see(context, list))
        .collect();
    context.paged(&lists, |list| Some(shown(context.store, list)))
}

/// Returns the most liked lists: of users, official ones or, without a type, both.
pub(super) fn chart(context: &Context<'_>, of: &[&str]) -> Answer {
    let official = match of {
        [] | ["all"] => None,
        ["official"] => Some(true),
        ["personal"] => Some(false),
        _ => return Err(Refusal::NotFound),
    };
    let wanted = |list: &&List| official.is_none_or(|official| list.owner.is_none() == official);
    let public = context.store.lists.iter().filter(|list| list.privacy == Privacy::Public);
    let mut lists: Vec<&List> = public.filter(wanted).collect();
    lists.sort_by_key(|list| std::cmp::Reverse(list.likes.len()));
    context.paged(&lists, |list| {
        Some(json!({"like_count": list.likes.len(), "comment_count": 0, "list": shown(context.store, list)}))
    })
}

pub(super) fn likes(context: &Context<'_>, at: usize) -> Answer {
    context.paged(&context.store.lists[at].likes, |(name, liked_at)| {
        Some(json!({"liked_at": Stamp(*liked_at), "user": UserView::short(context.store.user(name)?)}))
    })
}

pub(super) fn like(context: &mut Context<'_>, method: &Method, at: usize) -> Answer {
    let (me, now) = (context.me()?, context.now);
    let likes = &mut context.store.lists[at].likes;
    likes.retain(|(name, _)| *name != me);
    match *method {
        Method::POST => likes.push((me, now)),
        Method::DELETE => {}
        _ => return Err(Refusal::MethodNotAllowed),
    }
    context.my()?.activities.moved(Activity::ListLiked, now);
    Ok(Reply::empty(204))
}

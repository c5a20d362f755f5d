//! Lists: a user's own, and public ones by number.

mod edit;
mod items;
mod read;

use hyper::Method;

use super::context::{Answer, Context};
use super::refusal::Refusal;
use edit::{create, delete, reorder_all, update};
use read::{all, chart, find_of_user, find_public, like, likes, view};

/// `/lists/{id}` and the public charts of lists.
pub(super) fn public(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::GET, ["trending" | "popular", of @ ..]) => chart(context, of),
        (Method::GET, [id]) => {
            let at = find_public(context, id)?;
            view(context, at)
        }
        (Method::GET, [id, "items", path @ ..]) => {
            let at = find_public(context, id)?;
            read::items(context, at, path)
        }
        (Method::GET, [id, "likes"]) => {
            let at = find_public(context, id)?;
            likes(context, at)
        }
        (Method::GET, [id, "comments", path @ ..]) => {
            find_public(context, id)?;
            no_comments(context, path)
        }
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
        (Method::GET, ["items", path @ ..]) => read::items(context, at, path),
        (Method::GET, ["likes"]) => likes(context, at),
        (Method::GET, ["comments", path @ ..]) => no_comments(context, path),
        (method @ (Method::POST | Method::DELETE), ["like"]) => like(context, &method, at),
        (method, path) => own(context, &method, at, path),
    }
}

/// There are no comments on lists here.
fn no_comments(context: &Context<'_>, path: &[&str]) -> Answer {
    super::comments::check_order(path)?;
    context.paged_nothing()
}

/// Handles calls for all lists of a user.
fn collection(context: &mut Context<'_>, method: &Method, owner: &str, path: &[&str]) -> Option<Answer> {
    match (method, path) {
        (&Method::GET, []) => Some(all(context, owner)),
        (&Method::GET, ["collaborations"]) => Some(context.paged_nothing()),
        (&Method::POST, []) => Some(check_owner(context, owner).and_then(|()| create(context, owner))),
        (&Method::POST, ["reorder"]) => {
            Some(check_owner(context, owner).and_then(|()| reorder_all(context, owner)))
        }
        _ => None,
    }
}

fn own(context: &mut Context<'_>, method: &Method, at: usize, path: &[&str]) -> Answer {
    let owner = context.store.lists[at].owner.clone().unwrap_or_default();
    check_owner(context, &owner)?;
    match (method, path) {
        (&Method::PUT, []) => update(context, at),
        (&Method::DELETE, []) => delete(context, at),
        (&Method::POST, ["items"]) => items::add(context, at),
        (&Method::POST, ["items", "remove"]) => items::remove(context, at),
        (&Method::POST, ["reorder"] | ["items", "reorder"]) => items::reorder(context, at),
        (&Method::PUT, ["items", id]) => items::change_item(context, at, id),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

fn check_owner(context: &Context<'_>, owner: &str) -> Result<(), Refusal> {
    if context.me()? == owner { Ok(()) } else { Err(Refusal::Forbidden) }
}

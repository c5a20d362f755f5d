//! Comments: writing, replying, liking, and reading by item, by author or overall.

mod edit;
mod read;

use hyper::Method;
use serde_json::json;

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::message::Reply;
pub(super) use read::{check_order, liked_by, liked_entry, of_author, of_item};

/// `/comments/...`
pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::POST, []) => edit::create(context),
        (Method::GET, ["trending" | "recent" | "updates", about @ ..]) => read::all(context, about),
        (Method::GET, [id]) => read::one(context, find(context, id)?),
        (Method::PUT, [id]) => edit::update(context, find(context, id)?),
        (Method::DELETE, [id]) => edit::delete(context, find(context, id)?),
        (Method::GET, [id, "replies"]) => read::replies(context, find(context, id)?),
        (Method::POST, [id, "replies"]) => edit::reply(context, find(context, id)?),
        (Method::GET, [id, "item"]) => read::item(context, find(context, id)?),
        (Method::GET, [id, "likes"]) => read::likes(context, find(context, id)?),
        (Method::POST | Method::DELETE, [id, "like"]) => edit::like(context, find(context, id)?),
        (Method::GET, [id, "reactions", path @ ..]) => {
            find(context, id)?;
            reactions(context, path)
        }
        (_, path) => Err(Refusal::unanswered(matches!(
            path,
            [] | [_] | [_, "replies" | "item" | "likes" | "like" | "reactions"]
        ))),
    }
}

/// `/comments/{id}/reactions[/summary]`: there are no reactions here.
fn reactions(context: &Context<'_>, path: &[&str]) -> Answer {
    match path {
        [] => context.paged_nothing(),
        ["summary"] => {
            Ok(Reply::json(200, &json!({"reaction_count": 0, "user_count": 0, "distribution": {}})))
        }
        _ => Err(Refusal::NotFound),
    }
}

/// Returns the position of a comment.
fn find(context: &Context<'_>, id: &str) -> Result<usize, Refusal> {
    let is = |comment: &crate::state::Comment| comment.id.to_string() == id;
    context.store.comments.iter().position(is).ok_or(Refusal::NotFound)
}

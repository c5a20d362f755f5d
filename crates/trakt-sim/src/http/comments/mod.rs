//! Comments: written, answered, liked, and read by item, by author and all together.

mod edit;
mod read;

use hyper::Method;

use super::context::{Answer, Context};
use super::refusal::Refusal;
pub(super) use read::{liked_by, liked_entry, of_author, of_item};

/// `/comments/...`
pub(super) fn route(context: &mut Context<'_>, path: &[&str]) -> Answer {
    match (context.request.method.clone(), path) {
        (Method::POST, []) => edit::create(context),
        (Method::GET, ["trending" | "recent" | "updates", ..]) => read::all(context),
        (Method::GET, [id]) => read::one(context, find(context, id)?),
        (Method::PUT, [id]) => edit::update(context, find(context, id)?),
        (Method::DELETE, [id]) => edit::delete(context, find(context, id)?),
        (Method::GET, [id, "replies"]) => read::replies(context, find(context, id)?),
        (Method::POST, [id, "replies"]) => edit::reply(context, find(context, id)?),
        (Method::GET, [id, "item"]) => read::item(context, find(context, id)?),
        (Method::GET, [id, "likes"]) => read::likes(context, find(context, id)?),
        (Method::POST | Method::DELETE, [id, "like"]) => edit::like(context, find(context, id)?),
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// The position of a comment.
fn find(context: &Context<'_>, id: &str) -> Result<usize, Refusal> {
    let is = |comment: &crate::state::Comment| comment.id.to_string() == id;
    context.store.comments.iter().position(is).ok_or(Refusal::NotFound)
}

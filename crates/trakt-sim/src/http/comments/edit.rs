//! Comments as written by their authors, and likes.

use hyper::Method;
use serde_json::Value;

use super::read::shown;
use crate::http::context::{Answer, Context};
use crate::http::refusal::Refusal;
use crate::http::resolve::find;
use crate::item::{Item, Kind};
use crate::message::Reply;
use crate::state::{Activity, Comment};

/// Comments with fewer words are rejected.
const LEAST_WORDS: usize = 5;

pub(super) fn create(context: &mut Context<'_>) -> Answer {
    context.me()?;
    let body = context.body()?;
    let item = Kind::ALL.into_iter().find_map(|kind| {
        let name = kind.plural().trim_end_matches('s');
        find(kind, body.get(name)?.as_object()?, &context.store.catalogue)
    });
    write(context, &body, item.ok_or(Refusal::NotFound)?, 0)
}

pub(super) fn reply(context: &mut Context<'_>, at: usize) -> Answer {
    let body = context.body()?;
    let (item, parent) = (context.store.comments[at].item, context.store.comments[at].id);
    write(context, &body, item, parent)
}

fn write(context: &mut Context<'_>, body: &Value, item: Item, parent: u64) -> Answer {
    let (author, now) = (context.me()?, context.now);
    let comment = Comment {
        id: context.store.take_list_ids(1),
        parent,
        author,
        item,
        text: text(body)?,
        spoiler: body.get("spoiler").and_then(Value::as_bool).unwrap_or(false),
        created_at: now,
        updated_at: now,
        likes: Vec::new(),
    };
    let reply = Reply::json(context.store.config.created_status, &shown(context, &comment));
    context.store.comments.push(comment);
    context.my()?.activities.moved(Activity::Commented(item.kind()), now);
    Ok(reply)
}

fn text(body: &Value) -> Result<String, Refusal> {
    let text = body.get("comment").and_then(Value::as_str).unwrap_or_default();
    if text.split_whitespace().count() < LEAST_WORDS {
        return Err(Refusal::Validation("comment must be at least 5 words".into()));
    }
    Ok(text.to_owned())
}

fn check_author(context: &Context<'_>, at: usize) -> Result<(), Refusal> {
    if context.me()? == context.store.comments[at].author { Ok(()) } else { Err(Refusal::Forbidden) }
}

pub(super) fn update(context: &mut Context<'_>, at: usize) -> Answer {
    check_author(context, at)?;
    let (body, now) = (context.body()?, context.now);
    let text = text(&body)?;
    let comment = &mut context.store.comments[at];
    (comment.text, comment.updated_at) = (text, now);
    comment.spoiler = body.get("spoiler").and_then(Value::as_bool).unwrap_or(comment.spoiler);
    Ok(Reply::json(200, &shown(context, &context.store.comments[at])))
}

pub(super) fn delete(context: &mut Context<'_>, at: usize) -> Answer {
    check_author(context, at)?;
    let (id, kind, now) =
        (context.store.comments[at].id, context.store.comments[at].item.kind(), context.now);
    context.store.comments.retain(|comment| comment.id != id && comment.parent != id);
    context.my()?.activities.moved(Activity::Commented(kind), now);
    Ok(Reply::empty(204))
}

pub(super) fn like(context: &mut Context<'_>, at: usize) -> Answer {
    let (me, now) = (context.me()?, context.now);
    let likes = &mut context.store.comments[at].likes;
    likes.retain(|(name, _)| *name != me);
    if context.request.method == Method::POST {
        likes.push((me, now));
    }
    context.my()?.activities.moved(Activity::CommentLiked, now);
    Ok(Reply::empty(204))
}

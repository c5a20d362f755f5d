//! Comments as shown to others.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use crate::http::context::{Answer, Context};
use crate::http::refusal::Refusal;
use crate::item::Item;
use crate::message::Reply;
use crate::state::Comment;
use crate::views::{Stamp, UserView, With};

/// A review has at least 200 words.
const REVIEW_WORDS: usize = 200;

pub(super) fn shown(context: &Context<'_>, comment: &Comment) -> Option<Value> {
    let author = context.store.user(&comment.author)?;
    let replies = context.store.comments.iter().filter(|other| other.parent == comment.id).count();
    let rating = author.ratings.get(&comment.item).map(|rated| rated.rating);
    Some(json!({
        "id": comment.id,
        "parent_id": comment.parent,
        "created_at": Stamp(comment.created_at),
        "updated_at": Stamp(comment.updated_at),
        "comment": comment.text,
        "spoiler": comment.spoiler,
        "review": comment.text.split_whitespace().count() >= REVIEW_WORDS,
        "replies": replies,
        "likes": comment.likes.len(),
        "user_rating": rating,
        "user": UserView::short(author),
    }))
}

/// Sort orders of comments on an item or a list.
const ORDERS: [&str; 9] =
    ["newest", "oldest", "likes", "likes_30", "replies", "highest", "lowest", "plays", "watched"];
/// Kinds of comments.
const COMMENT_TYPES: [&str; 3] = ["all", "reviews", "shouts"];
/// Types of items that can have comments.
const ABOUT: [&str; 6] = ["all", "movies", "shows", "seasons", "episodes", "lists"];

/// Checks that `.../comments{path}` specifies a sort order or nothing.
pub(in crate::http) fn check_order(path: &[&str]) -> Result<(), Refusal> {
    match path {
        [] => Ok(()),
        [order] if ORDERS.contains(order) => Ok(()),
        _ => Err(Refusal::NotFound),
    }
}

/// Checks that `path` is `[/{comment_type}[/{type}]]`.
fn check_selection(path: &[&str]) -> Result<(), Refusal> {
    let exists = match path {
        [] => true,
        [kind] => COMMENT_TYPES.contains(kind),
        [kind, about] => COMMENT_TYPES.contains(kind) && ABOUT.contains(about),
        _ => false,
    };
    if exists { Ok(()) } else { Err(Refusal::NotFound) }
}

/// `.../comments[/{sort}]` of a movie, show, season or episode, newest first.
pub(in crate::http) fn of_item(context: &Context<'_>, item: Item, path: &[&str]) -> Answer {
    check_order(path)?;
    page(context, |comment| comment.item == item && comment.parent == 0, |comment| shown(context, comment))
}

pub(super) fn replies(context: &Context<'_>, at: usize) -> Answer {
    let id = context.store.comments[at].id;
    page(context, |comment| comment.parent == id, |comment| shown(context, comment))
}

/// `/comments/{trending|recent|updates}/...`: comments by all users, with their items.
pub(super) fn all(context: &Context<'_>, path: &[&str]) -> Answer {
    check_selection(path)?;
    page(context, |comment| comment.parent == 0, |comment| with_item(context, comment))
}

/// `/users/{id}/comments/...`
pub(in crate::http) fn of_author(context: &Context<'_>, name: &str, path: &[&str]) -> Answer {
    check_selection(path)?;
    let author = &context.person(name)?.username;
    page(context, |comment| comment.author == *author, |comment| with_item(context, comment))
}

/// Returns the comments that a user likes, for `/users/{id}/likes`, each with the time.
pub(in crate::http) fn liked_by<'a>(
    context: &'a Context<'_>,
    username: &str,
) -> Vec<(&'a Comment, DateTime<Utc>)> {
    let comments = context.store.comments.iter();
    comments
        .filter_map(|comment| Some((comment, comment.likes.iter().find(|(name, _)| name == username)?.1)))
        .collect()
}

fn page(
    context: &Context<'_>,
    wanted: impl Fn(&Comment) -> bool,
    show: impl Fn(&Comment) -> Option<Value>,
) -> Answer {
    let comments: Vec<&Comment> =
        context.store.comments.iter().rev().filter(|comment| wanted(comment)).collect();
    let config = &context.store.config;
    context.paged_within(&comments, config.comments_limit, config.max_limit, |comment| show(comment))
}

/// `{type, movie | show ..., comment}`
fn with_item(context: &Context<'_>, comment: &Comment) -> Option<Value> {
    let mut entry = about(context, comment.item)?;
    entry["comment"] = shown(context, comment)?;
    Some(entry)
}

/// An entry of `/users/{id}/likes/comments`.
pub(in crate::http) fn liked_entry(
    context: &Context<'_>,
    comment: &Comment,
    at: DateTime<Utc>,
) -> Option<Value> {
    let mut entry = about(context, comment.item)?;
    entry["comment_type"] = entry["type"].take();
    entry["type"] = json!("comment");
    entry["liked_at"] = json!(Stamp(at));
    entry["comment"] = shown(context, comment)?;
    Some(entry)
}

fn about(context: &Context<'_>, item: Item) -> Option<Value> {
    let views = context.views();
    let members = Map::from_iter([("type".to_owned(), json!(item.kind()))]);
    serde_json::to_value(With { members, item: views.view().item(item)? }).ok()
}

pub(super) fn one(context: &Context<'_>, at: usize) -> Answer {
    let comment = shown(context, &context.store.comments[at]).ok_or(Refusal::NotFound)?;
    Ok(Reply::json(200, &comment))
}

pub(super) fn item(context: &Context<'_>, at: usize) -> Answer {
    let item = about(context, context.store.comments[at].item).ok_or(Refusal::NotFound)?;
    Ok(Reply::json(200, &item))
}

pub(super) fn likes(context: &Context<'_>, at: usize) -> Answer {
    context.paged(&context.store.comments[at].likes, |(name, liked_at)| {
        Some(json!({"liked_at": Stamp(*liked_at), "user": UserView::short(context.store.user(name)?)}))
    })
}

//! Followers: `/users/{id}/follow`, `followers`, `following`, `friends`, and `/users/requests`.

use chrono::{DateTime, Utc};
use hyper::Method;
use serde_json::{Value, json};

use super::context::{Answer, Context};
use super::refusal::Refusal;
use crate::message::Reply;
use crate::state::{Activity, Follow, Store};
use crate::views::{Stamp, UserView};

/// `/users/{id}/{followers|following|friends}`
pub(super) fn read(context: &Context<'_>, name: &str, which: &str) -> Answer {
    let who = &context.person(name)?.username;
    let follows = context.store.follows.iter().filter(|follow| follow.approved);
    let mut people: Vec<(&str, DateTime<Utc>)> = follows
        .filter_map(|follow| match which {
            "followers" if follow.to == *who => Some((follow.from.as_str(), follow.at)),
            "following" if follow.from == *who => Some((follow.to.as_str(), follow.at)),
            "friends" if follow.to == *who && follows_back(context.store, follow) => {
                Some((follow.from.as_str(), follow.at))
            }
            _ => None,
        })
        .collect();
    people.sort_by_key(|(_, at)| std::cmp::Reverse(*at));
    let member = if which == "friends" { "friends_at" } else { "followed_at" };
    context.paged(&people, |(name, at)| Some(json!({member: Stamp(*at), "user": shown(context, name)?})))
}

fn follows_back(store: &Store, follow: &Follow) -> bool {
    store.follows.iter().any(|other| other.approved && other.from == follow.to && other.to == follow.from)
}

/// Returns the profile of a user; `extended=full` adds members.
fn shown(context: &Context<'_>, name: &str) -> Option<Value> {
    let user = context.store.user(name)?;
    let full = context.extended().full;
    Some(if full { UserView::full(user, &context.store.base_url) } else { UserView::short(user) })
}

/// `/users/{id}/follow`. Private users have to approve.
pub(super) fn follow(context: &mut Context<'_>, name: &str) -> Answer {
    let (me, now) = (context.me()?, context.now);
    let target = context.store.user(name).ok_or(Refusal::NotFound)?;
    let (to, approved) = (target.username.clone(), !target.private);
    let is_this = |follow: &Follow| follow.from == me && follow.to == to;
    match context.request.method {
        Method::POST if context.store.follows.iter().any(is_this) => Err(Refusal::AlreadyFollowed),
        Method::POST if me == to => Err(Refusal::Validation("nobody can follow themselves".into())),
        Method::POST => {
            let id = context.store.take_list_ids(1);
            let follow = Follow { id, from: me.clone(), to: to.clone(), at: now, approved };
            context.store.follows.push(follow);
            moved(context, &me, if approved { Activity::Following } else { Activity::Pending });
            moved(context, &to, if approved { Activity::Followed } else { Activity::Requested });
            let approved_at = approved.then_some(Stamp(now));
            Ok(Reply::json(201, &json!({"approved_at": approved_at, "user": shown(context, &to)})))
        }
        Method::DELETE => {
            let before = context.store.follows.len();
            context.store.follows.retain(|follow| !is_this(follow));
            if context.store.follows.len() == before {
                return Err(Refusal::NotFound);
            }
            moved(context, &me, Activity::Following);
            Ok(Reply::empty(204))
        }
        _ => Err(Refusal::MethodNotAllowed),
    }
}

/// `/users/requests[/following]` and `/users/requests/{id}`.
pub(super) fn requests(context: &mut Context<'_>, path: &[&str]) -> Answer {
    let me = context.me()?;
    match (context.request.method.clone(), path) {
        (Method::GET, []) => pending(context, |follow| (follow.to == me).then_some(follow.from.as_str())),
        (Method::GET, ["following"]) => {
            pending(context, |follow| (follow.from == me).then_some(follow.to.as_str()))
        }
        (method @ (Method::POST | Method::DELETE), [id]) => decide(context, &me, id, &method),
        (_, path) => Err(Refusal::unanswered(path.len() <= 1)),
    }
}

fn pending<'a>(context: &'a Context<'_>, of: impl Fn(&'a Follow) -> Option<&'a str>) -> Answer {
    let waiting = context.store.follows.iter().filter(|follow| !follow.approved);
    let waiting: Vec<(&Follow, &str)> = waiting.filter_map(|follow| Some((follow, of(follow)?))).collect();
    context.paged(&waiting, |(follow, name)| {
        Some(json!({"id": follow.id, "requested_at": Stamp(follow.at), "user": shown(context, name)?}))
    })
}

/// Approves (POST) or denies (DELETE) a follow request.
fn decide(context: &mut Context<'_>, me: &str, id: &str, method: &Method) -> Answer {
    let now = context.now;
    let is_this = |follow: &Follow| follow.id.to_string() == id && follow.to == me && !follow.approved;
    let at = context.store.follows.iter().position(is_this).ok_or(Refusal::NotFound)?;
    if method == Method::DELETE {
        context.store.follows.remove(at);
        moved(context, me, Activity::Requested);
        return Ok(Reply::empty(204));
    }
    let follow = &mut context.store.follows[at];
    (follow.approved, follow.at) = (true, now);
    let from = follow.from.clone();
    moved(context, me, Activity::Followed);
    moved(context, &from, Activity::Following);
    Ok(Reply::json(200, &json!({"followed_at": Stamp(now), "user": shown(context, &from)})))
}

fn moved(context: &mut Context<'_>, name: &str, activity: Activity) {
    let now = context.now;
    if let Some(user) = context.store.user_mut(name) {
        user.activities.moved(activity, now);
    }
}
